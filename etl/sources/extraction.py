"""Turn a recognised table into observations: one rule for every source that prints places in lines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ctg.formats import compter
from etl.anomalie import Anomalie
from etl.sources.codes import lire_code
from etl.sources.correspondance import Correspondance, Valeurs, associer
from etl.sources.dictionnaire import verifier
from etl.sources.interpretation import DECALEE, Lue, interpreter
from etl.sources.modele import Contexte, LectureSource, Regle, ecarter
from etl.sources.nombres import date_du_texte, sans_signe
from etl.sources.noms import annee_des_noms, dire_sans_annee
from etl.sources.recueil import Recueil, abreger, information
from etl.sources.tables import FichierIllisible, Tri, normaliser, sans_fin_vide
from etl.sources.territoires import attendus, est_de_la_commune, inconnu, nommer
from etl.sources.vraisemblance import REGLES, douter, phrase

_ABSENTE = Regle("manquant", "territoire absent du fichier")


class Choix(NamedTuple):
    """Which variables a line feeds (None: all of them), or why nobody can say: (rule, sentence)."""

    variables: frozenset[str] | None = None
    refus: tuple[str, str] | None = None


Choisir = Callable[[str], Choix]


def extraire(contexte: Contexte, choisir: Choisir = lambda nom: Choix()) -> LectureSource:
    """Read the lines of our commune; lines elsewhere are counted, never listed.

    `choisir(nom)` tells which variables the line of a place feeds when two share one printed column.
    """
    famille = contexte.famille
    colonnes, doutes = verifier(associer(famille, contexte.tableau.entetes), contexte.dictionnaire)
    if not colonnes.valeurs:
        message = (
            f"{famille.titre} : aucune colonne de ce fichier n’est de celles que le tableau de bord lit."
        )
        return ecarter(famille.source_id, "ignore", "aucune_colonne", message)
    annee = _annee_du_fichier(contexte, colonnes)
    if annee is None and colonnes.annee is None:
        message = f"{famille.titre} : {dire_sans_annee(contexte.noms, famille.source_id)}"
        return ecarter(famille.source_id, "refuse", "annee_inconnue", message)
    if annee is not None and annee > contexte.derniere_annee:
        return ecarter(
            famille.source_id,
            "refuse",
            "annee_a_venir",
            f"{famille.titre} : ce fichier ne peut pas être de {annee}, une année à venir. Corrigez son nom "
            "ou ses entêtes.",
        )
    lecteur = _Lecteur(contexte, colonnes, annee, choisir)
    if any(lecteur.est_a_nous(cellules) for cellules in contexte.au_dessus):
        message = (
            f"{famille.titre} : des lignes de la commune précèdent les entêtes, elles ne seraient pas lues. "
            "Remettez les entêtes en premier, ou déposez le fichier du producteur tel quel."
        )
        return ecarter(famille.source_id, "refuse", "lignes_au_dessus", message)
    lecteur.recueil.anomalies += doutes
    for ligne, cellules in contexte.tableau.parcourir(colonnes.utiles, lecteur.tri()):
        lecteur.lire_ligne(ligne, cellules)
    return lecteur.conclure()


def _annee_du_fichier(contexte: Contexte, colonnes: Correspondance) -> int | None:
    """Year of the lines and columns that bear none: the year of the other columns, or of the file's name."""
    if colonnes.annee is not None:
        return None
    if contexte.famille.annee == "suffixe":
        return max((v.annee for v in colonnes.valeurs if v.annee is not None), default=None)
    return annee_des_noms(contexte.noms)


class _Lecteur:
    """Reads the lines of one file, one after the other."""

    def __init__(
        self, contexte: Contexte, colonnes: Correspondance, annee: int | None, choisir: Choisir
    ) -> None:
        self.contexte = contexte
        self.famille = contexte.famille
        self.colonnes = colonnes
        self.annee = annee
        self.choisir = choisir
        self.recueil = Recueil(contexte)
        self.lus: dict[int, set[str]] = {}  # the places of each year
        entetes = contexte.tableau.entetes
        self.entete_cle = lire_code(self.famille.niveau, entetes[colonnes.cle])
        # the first column may be the row numbers that pandas adds
        self.sans_titre = tuple(i for i, entete in enumerate(entetes) if i and not normaliser(entete))
        self.perdues: dict[int, tuple[int, str]] = {}  # untitled column → its first line and figure
        self.derniere_remplie = False  # the column of the last header holds something

    def tri(self) -> Tri:
        """What places a line: its code, and its commune where the code does not say it."""
        places = (self.colonnes.cle, self.colonnes.commune)
        return Tri(tuple(p for p in places if p is not None), self._ailleurs, self.recueil.compter_ailleurs)

    def _ailleurs(self, lieu: Sequence[str]) -> str | None:
        code, *communes = (texte.strip() for texte in lieu)
        code = lire_code(self.famille.niveau, code)
        commune_lue = lire_code("commune", communes[0]) or "" if communes else ""
        if code in (None, self.entete_cle) or est_de_la_commune(
            self.contexte, self.famille.niveau, code, commune_lue
        ):
            return None
        return code

    def est_a_nous(self, cellules: Sequence[str]) -> bool:
        """Say whether a line above the headers is one of our commune, and no title that names it."""
        lieu = [cellule(cellules, place) for place in self.tri().places]
        large = 2 * sum(map(bool, cellules)) > len(self.contexte.tableau.entetes)
        return large and lieu[0] not in ("", self.entete_cle) and self._ailleurs(lieu) is None

    def lire_ligne(self, ligne: int, cellules: Sequence[str]) -> None:
        colonnes, niveau = self.colonnes, self.famille.niveau
        imprime = cellule(cellules, colonnes.cle)
        code = lire_code(niveau, imprime)
        if code is None:
            self.recueil.compter_abime(ligne, colonnes.cle, imprime)
            return
        if code == self.entete_cle:
            self._exiger_les_memes_entetes(ligne, cellules)
            return
        commune_lue = lire_code("commune", cellule(cellules, colonnes.commune)) or ""
        if not est_de_la_commune(self.contexte, niveau, code, commune_lue):
            self.recueil.compter_ailleurs(code)
            return
        if message := inconnu(self.contexte, niveau, code):
            self.recueil.signaler(ligne, colonnes.cle, "territoire_inconnu", code, message)
            return
        annee = self._annee(ligne, cellules)
        if annee is None:
            return
        nom = cellule(cellules, colonnes.nom)
        choix = self.choisir(nom)
        if choix.refus:
            regle, message = choix.refus
            self.recueil.signaler(ligne, colonnes.cle, regle, nom or code, message)
            return
        self.recueil.situer(niveau, code, nommer(niveau, code, nom))
        self.lus.setdefault(annee, set()).add(code)
        self.derniere_remplie |= bool(cellule(cellules, len(self.contexte.tableau.entetes) - 1))
        for index in self.sans_titre:
            if lu := cellule(cellules, index):
                self.perdues.setdefault(index, (ligne, lu))
        decalee = self._est_decalee(ligne, cellules, code)
        for valeurs in colonnes.valeurs:
            if choix.variables is None or valeurs.colonne.variable_id in choix.variables:
                lue = Lue(None, *DECALEE) if decalee else self._interpreter(ligne, cellules, valeurs)
                self._ranger(code, ligne, valeurs, valeurs.annee or annee, lue)

    def _exiger_les_memes_entetes(self, ligne: int, cellules: Sequence[str]) -> None:
        """Headers may stand again among the lines; others begin another table. Raises FichierIllisible."""
        entetes = map(normaliser, self.contexte.tableau.entetes)
        if list(entetes) != list(map(normaliser, sans_fin_vide(cellules))):
            raise FichierIllisible(
                "entetes_changent",
                f"{self.famille.titre} : d’autres entêtes commencent à la ligne {ligne}, et les chiffres qui "
                "les suivent ne sont plus ceux des premiers. Déposez chaque table dans son fichier.",
            )

    def _annee(self, ligne: int, cellules: Sequence[str]) -> int | None:
        """Year of a line, or None when it is not to be read (another month, or no year)."""
        if self.annee is not None:
            return self.annee
        texte = cellule(cellules, self.colonnes.annee)
        date = date_du_texte(texte, rentree=self.famille.rentree)
        if date is None or date[0] > self.contexte.derniere_annee + 1:  # a school year ends in the next one
            message = f"« {texte} » n’est pas une année possible : ligne non chargée."
            self.recueil.signaler(ligne, self.colonnes.annee, "annee_illisible", texte, message)
            return None
        annee, mois = date
        if self.famille.mois and mois not in (None, self.famille.mois):
            self.recueil.laisser("un autre mois que celui de la source")
            return None
        return annee

    def _est_decalee(self, ligne: int, cellules: Sequence[str], code: str) -> bool:
        decalee = self.contexte.tableau.decalee(cellules)
        if decalee:
            message = (
                f"{len(cellules)} cellules pour {self.contexte.tableau.largeur} colonnes : aucune valeur de "
                "la ligne n’est retenue."
            )
            self.recueil.signaler(ligne, self.colonnes.cle, "ligne_decalee", code, message)
        return decalee

    def _interpreter(self, ligne: int, cellules: Sequence[str], valeurs: Valeurs) -> Lue:
        texte = sans_signe(cellule(cellules, valeurs.index), valeurs.colonne.unite)
        note = cellule(cellules, valeurs.note)
        lue = interpreter(self.famille, texte, note)
        if lue.alerte:
            self.recueil.alerter(
                ligne, valeurs.index, lue.alerte, texte=texte, note=note, entete=valeurs.entete
            )
        if lue.valeur is None:
            return lue
        doute = douter(valeurs.colonne, self.famille.fractions, texte, lue.valeur, cellules)
        if doute is None:
            return lue
        message = phrase(doute, texte, valeurs.colonne, valeurs.entete)
        self.recueil.signaler(ligne, valeurs.index, doute, texte, message)
        return Lue(None, *REGLES[doute])

    def _ranger(self, code: str, ligne: int | None, valeurs: Valeurs, annee: int, lue: Lue) -> None:
        self.recueil.ranger(
            (self.famille.serie, valeurs.colonne.variable_id),
            (self.famille.niveau, code),
            annee,
            lue,
            ligne=ligne,
            index=valeurs.index,
            entete=valeurs.entete,
        )

    def conclure(self) -> LectureSource:
        if self.perdues and not self.derniere_remplie:  # a cell was put in among the headers
            message = (
                f"{self.famille.titre} : une colonne sans titre porte des valeurs, et la dernière est vide. "
                "Les entêtes sont sans doute décalés : rien n’en est lu. Déposez le fichier du producteur "
                "tel quel."
            )
            return ecarter(self.famille.source_id, "refuse", "entetes_decales", message)
        absents = {annee: self._ajouter_absents(annee, lus) for annee, lus in self.lus.items()}
        self._dire_sans_notes()
        for index, (ligne, lu) in self.perdues.items():
            message = (
                "Cette colonne porte des valeurs et n’a plus de titre : rien n’en est lu. Rendez-le-lui."
            )
            self.recueil.signaler(ligne, index, "colonne_sans_titre", lu, message)
        return self.recueil.conclure(tuple(self._informations(absents)))

    def _ajouter_absents(self, annee: int, lus: set[str]) -> tuple[str, ...]:
        """Give the expected places without any line the state their source declares for an absent line."""
        absents = tuple(code for code in attendus(self.contexte, lus) if code not in lus)
        lue = Lue(None, *(self.famille.absente or _ABSENTE))
        for code in absents:
            for valeurs in self.colonnes.valeurs:
                self._ranger(code, None, valeurs, valeurs.annee or annee, lue)
        return absents

    def _dire_sans_notes(self) -> None:
        """Say that the notes of some columns are missing: nobody can tell what their producer withholds."""
        masquent = any(regle.etat != "publie" for regle in self.famille.notes.values())
        seules = [v.entete for v in self.colonnes.valeurs if v.colonne.note and v.note is None]
        if self.lus and seules and masquent:
            message = (
                "Une colonne de notes manque : rien ne dit ce que le producteur ne diffuse pas de "
                f"{abreger(seules)}. Déposez le fichier du producteur tel quel."
            )
            self.recueil.anomalies.append(Anomalie(None, None, "a_confirmer", "notes_absentes", message))

    def _informations(self, absents: Mapping[int, Sequence[str]]) -> Iterator[Anomalie]:
        texte = (self.famille.absente or _ABSENTE).texte
        for annee, codes in absents.items():
            if codes:
                pour = f" en {annee}" if len(absents) > 1 else ""
                yield information(
                    "territoires_absents",
                    f"{compter(len(codes), 'territoires')} sans ligne{pour}, {abreger(codes)} : {texte}.",
                )
        non_declarees = self.colonnes.non_declarees
        if non_declarees:
            yield information(
                "colonnes_non_declarees",
                f"{compter(len(non_declarees), 'colonnes non lues', feminin=True)}, que cette source ne "
                f"déclare pas : {abreger(non_declarees)}.",
            )


def cellule(cellules: Sequence[str], index: int | None) -> str:
    """Give a cell without the blanks around it; nothing when the line is too short or has no such column."""
    return cellules[index].strip() if index is not None and index < len(cellules) else ""
