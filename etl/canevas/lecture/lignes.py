"""The rows of one form: every input cell becomes a cell or an anomaly, and nothing written is passed over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ctg.formats import compter
from ctg.referentiel import Referentiel
from etl.adresse import adresse
from etl.canevas.grammaire import CLE_DECOR, REPONSES, Cle, analyser_cle, porte_une_cle
from etl.canevas.impression import Feuillet, est_une_boite
from etl.canevas.lecture.fusions import Fondue, cases_fondues
from etl.canevas.lecture.hors_saisie import HorsSaisie
from etl.canevas.lecture.journal import Journal
from etl.canevas.lecture.libelles_lus import Confrontation
from etl.canevas.lecture.ressemblance import memes_mots
from etl.canevas.modeles import Cellule
from etl.canevas.phrases.messages import attendu, lu_comme, origine_de_la_date
from etl.canevas.plan import SANS_QUARTIER, Ligne
from etl.canevas.reperes import Reperes
from etl.canevas.reponse.echelle import echelle_annoncee
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.petits_nombres import a_montrer, remarque_petite
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.canevas.reponse.valeurs import MANQUANT, Valeur, lire_valeur, texte_de
from etl.classeurs import Feuille
from etl.classeurs.passages import TexteBarre

_NOMMEES = 5  # missing questions named in the sentence that counts them
_REFUS = Valeur(None, None, "refuse")
# What every number of a .csv is: not worth a word. A date is: 04/05 may be in April.
_DE_TEXTE = frozenset({"nombre_en_texte"})


@dataclass(frozen=True, slots=True)
class Demande:
    """What is looked for in a sheet: `cles` by row (None for a row already told), the rows `attendues`.

    `imprime` is what the form of `annee` prints; `confrontation` what its words say against its keys.
    `ailleurs`: keys somebody will be asked about, missing from the rows but not from the form.
    `textes`: the format only knows texts (.csv).
    """

    cles: Sequence[object]
    attendues: dict[str, Ligne]
    imprime: Feuillet
    annee: int
    confrontation: Confrontation = field(default_factory=Confrontation)
    ailleurs: frozenset[str] = frozenset()
    textes: bool = False


class LecteurDeLignes:
    """Goes once through the rows of a form whose identity and columns are sound."""

    def __init__(
        self, feuille: Feuille, reperes: Reperes, demande: Demande, referentiel: Referentiel, journal: Journal
    ) -> None:
        self.rangees = feuille.rangees
        self.reperes = reperes
        self.trompeuses = dict(feuille.trompeuses)  # each is told once, then struck off
        self.cles = demande.cles
        self.attendues = demande.attendues
        self.ailleurs = demande.ailleurs
        self.tues = _DE_TEXTE if demande.textes else frozenset()
        self.referentiel = referentiel
        self.journal = journal
        self.seuil = referentiel.parametres.confidentialite.seuil_personnes
        self.cellules: list[Cellule] = []
        colonnes = reperes.colonnes
        self.codes, self.remarque = colonnes.get("codes"), colonnes.get("remarque")
        # Where a row is told: at its hidden key, else at its words.
        self.tete = colonnes.get("id", colonnes.get("libelle", 0))
        self.reponses = [colonnes[nom] for nom in REPONSES]
        largeur = len(self.rangees[0])
        self.vide = [""] * largeur
        self.dit = demande.confrontation
        self.deja = {desaccord.rang for desaccord in self.dit.desaccords}
        self.hors_saisie = HorsSaisie(
            reperes, largeur, demande.imprime, demande.annee, self.seuil, journal, demande.textes
        )
        self.fondues = self._fondues(feuille)

    def lire(self) -> list[Cellule]:
        comptes = Counter(self.cles)
        repetees = {cle for cle, nombre in comptes.items() if nombre > 1} - {"", CLE_DECOR, None}
        for rang, (cle, rangee) in enumerate(zip(self.cles, self.rangees, strict=True)):
            lue = rangee[self.tete]
            if cle is not lue and cle != "" and not self.reperes.sans_cles and not porte_une_cle(lue):
                self.hors_saisie.dire(rang, rangee, [self.tete])  # typed over the id of a row found again
            if cle is None:
                self.hors_saisie.non_chargee(rang, rangee)
                continue
            if cle == "":
                if rangee != self.vide:
                    self.hors_saisie.dire(rang, rangee, range(len(rangee)))
            elif cle in self.attendues:
                self._ligne(rang, rangee, self.attendues[cle], cle in repetees)
            elif rang == self.reperes.ligne and self.reperes.marquee:
                self.hors_saisie.dire(rang, rangee, self.hors_saisie.etrangeres)
            elif cle == CLE_DECOR:
                self.hors_saisie.decor(rang, rangee, rang in self.deja)
            elif str(cle).startswith("m:"):
                self.hors_saisie.identite(rang, rangee, str(cle))
            else:
                self._ligne_etrangere(rang, rangee, str(cle))
        for cle in repetees:
            rangs = [rang for rang, lue in enumerate(self.cles) if lue == cle]
            self._signaler_repetee(str(cle), rangs)
        for place, calcul in self.trompeuses.items():
            self.journal.noter(
                "hors_saisie",
                place,
                a_montrer(calcul.erreur or calcul.formule, self.seuil),
                adresses=adresse(*place),
            )
        presentes = comptes.keys() | self.ailleurs
        absentes = [ligne.nom for cle, ligne in self.attendues.items() if cle not in presentes]
        if absentes:
            suite = f" ; et {len(absentes) - _NOMMEES} de plus" if len(absentes) > _NOMMEES else ""
            noms = " ; ".join(f"« {nom} »" for nom in absentes[:_NOMMEES])
            combien = compter(len(absentes), "questions", feminin=True)
            self.journal.noter("lignes_absentes", combien=combien, questions=noms + suite)
        return self.cellules

    def _ligne(self, rang: int, rangee: list[object], ligne: Ligne, repetee: bool) -> None:
        ecartee = rang in self.dit.ecartees or not self.hors_saisie.contestees.isdisjoint(ligne.codes)
        sure = not repetee and self._codes_intacts(rang, rangee, ligne) and not ecartee
        boite = est_une_boite(ligne)
        remarque = None if boite or ecartee else self._lire_remarque(rang, rangee, ligne)
        a_relire = remarque is not None and bool(motifs_a_relire(remarque))
        a_cote = (
            self.hors_saisie.ligne(rang, rangee, ligne, not boite, rang in self.dit.ecartees)
            or rang in self.dit.a_cote
        )
        for code, nature, colonne in zip(ligne.codes, ligne.natures, self.reponses, strict=False):
            lu = rangee[colonne]
            if sure and not a_cote:
                lue = self._valeur(rang, colonne, lu, nature, ligne)
            else:
                lue = MANQUANT if lu == "" and not a_cote else _REFUS
            # the words beside the number may tell a small count: they then stay in the file
            petite = ligne.confidentielle and bool(
                lue.remarque and remarque_petite(lue.remarque, lue.valeur, self.seuil)
            )
            self.cellules.append(
                Cellule(
                    *ligne.cle,
                    code,
                    lue.valeur,
                    lue.texte,
                    lue.etat,
                    " ; ".join(filter(None, (remarque, lue.remarque))) or None,
                    adresse(rang, colonne),
                    a_relire or petite,
                    lue.estime,
                )
            )

    def _codes_intacts(self, rang: int, rangee: list[object], ligne: Ligne) -> bool:
        codes = "|".join(ligne.codes)
        # A row known by its words alone has none; neither has a sheet whose column of codes is gone.
        if self.codes is None or rangee[self.codes] == codes:
            return True
        if self.reperes.sans_cles and rangee[self.codes] == "":
            return True
        lus = str(rangee[self.codes])
        self.journal.noter("codes_modifies", (rang, self.codes), lus, question=ligne.nom, attendu=codes)
        return False

    def _fondues(self, feuille: Feuille) -> frozenset[tuple[int, int]]:
        """Tell the answers that a merged range covers together; returns their places."""
        fondues = list(cases_fondues(feuille, self._saisie, self.reperes.colonnes.get("libelle")))
        for fondue in fondues:
            self._signaler_fondue(fondue)
        return frozenset(place for fondue in fondues for place in fondue.cases)

    def _saisie(self, rang: int) -> tuple[Ligne, list[int]] | None:
        ligne = self.attendues.get(self.cles[rang])
        return None if ligne is None else (ligne, self.reponses[: len(ligne.codes)])

    def _signaler_fondue(self, fondue: Fondue) -> None:
        lu = a_montrer(fondue.lu, self.seuil) if fondue.confidentielle else fondue.lu
        self.journal.noter(
            "cases_fusionnees",
            fondue.place,
            lu,
            plage=f"{adresse(*fondue.place)}:{adresse(*fondue.fin)}",
            questions=" ; ".join(f"« {nom} »" for nom in fondue.questions[:_NOMMEES]),
        )

    def _valeur(self, rang: int, colonne: int, lu: object, nature: Nature, ligne: Ligne) -> Valeur:
        place = (rang, colonne)
        if self._calcul(place, nature, ligne) or place in self.fondues:
            return _REFUS
        valeur = lire_valeur(lu, nature)
        if valeur.regle == "nombre_avec_mots" and memes_mots(valeur.remarque or "", ligne.unite or "?"):
            valeur = valeur._replace(regle="nombre_en_texte", remarque=None)  # « 25 familles », of families
        if valeur.regle == "texte_a_relire":
            motifs = " et ".join(valeur.motifs)
            self.journal.noter("texte_a_relire", place, question=ligne.nom, motifs=motifs)
        elif valeur.regle and valeur.regle not in self.tues:
            self._noter_cellule(valeur.regle, place, lu, nature, ligne, valeur)
        return valeur

    def _calcul(self, place: tuple[int, int], nature: Nature, ligne: Ligne) -> bool:
        """Tell an error or a formula without result; each is told once, where it stands."""
        calcul = self.trompeuses.pop(place, None) if self.trompeuses else None
        if calcul is None:
            return False
        regle = "cellule_en_erreur" if calcul.erreur else "formule_non_calculee"
        self._noter_cellule(regle, place, calcul.erreur or calcul.formule, nature, ligne)
        return True

    def _noter_cellule(
        self,
        regle: str,
        place: tuple[int, int],
        lu: object,
        nature: Nature,
        ligne: Ligne,
        lue: Valeur = _REFUS,
    ) -> None:
        montre = a_montrer(lu, self.seuil, lue.valeur, lue.remarque) if ligne.confidentielle else lu
        self.journal.noter(
            regle,
            place,
            montre,
            question=ligne.nom,
            attendu=attendu(nature, lu),
            valeur=lu_comme(montre, lue.valeur),
            origine=origine_de_la_date(montre),
        )

    def _lire_remarque(self, rang: int, rangee: list[object], ligne: Ligne) -> str | None:
        if self.remarque is None:
            return None
        if self._calcul((rang, self.remarque), Nature.TEXTE, ligne) or rangee[self.remarque] == "":
            return None
        lue = rangee[self.remarque]
        if isinstance(lue, TexteBarre):  # what was struck is no part of it
            self.journal.noter("texte_barre", (rang, self.remarque), question=ligne.nom)
            lue = "" if lue.entier else str(lue)
        remarque = texte_de(lue)
        if motifs := motifs_a_relire(remarque):
            place = (rang, self.remarque)
            self.journal.noter("texte_a_relire", place, question=ligne.nom, motifs=" et ".join(motifs))
        if Nature.MONTANT in ligne.natures and (echelle := echelle_annoncee(remarque)):
            place = (rang, self.remarque)
            self.journal.noter("echelle_annoncee", place, echelle, adresses=adresse(*place))
        return remarque or None

    def _ligne_etrangere(self, rang: int, rangee: list[object], texte: str) -> None:
        cle = analyser_cle(texte)
        if cle is None or not _existe(cle, self.referentiel):
            lu = a_montrer(texte, self.seuil) if cle is None else texte  # a number pasted over the keys
            self.journal.refuser("ligne_inconnue", (rang, self.tete), lu)
            return
        self.journal.noter("ligne_non_demandee", (rang, self.tete), texte)
        codes = REPONSES if self.codes is None else str(rangee[self.codes]).split("|")
        for code, colonne in zip(codes, self.reponses, strict=False):
            if rangee[colonne] != "":
                ou = adresse(rang, colonne)
                self.cellules.append(Cellule(*cle, code, None, None, "refuse", None, ou))
        self.hors_saisie.dire(rang, rangee, self.reponses[len(codes) :])

    def _signaler_repetee(self, cle: str, rangs: list[int]) -> None:
        numeros = ", ".join(str(rang + 1) for rang in rangs)
        place = (rangs[1], self.tete)
        if cle.startswith("m:"):
            self.journal.refuser("reperes_repetes", place)
        elif cle in self.attendues:
            self.journal.noter("ligne_repetee", place, question=self.attendues[cle].nom, lignes=numeros)


def _existe(cle: Cle, referentiel: Referentiel) -> bool:
    """True when the convention knows what the key names, whoever is asked."""
    objets = {
        "i": referentiel.indicateurs,
        "c": referentiel.chiffres_clefs,
        "v": referentiel.vie_structure,
        "t": referentiel.rubriques,
    }[cle.rubrique]
    if cle.ventilation:
        ventilation = referentiel.ventilations.get(cle.ventilation)
        if ventilation is None or cle.modalite not in {m.modalite_id for m in ventilation.modalites}:
            return False
    lieu_connu = cle.quartier_id in (None, SANS_QUARTIER) or cle.quartier_id in referentiel.quartiers
    return cle.objet_id in objets and lieu_connu
