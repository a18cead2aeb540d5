"""Who a form speaks for, and of which year: read in its own cells, then held against the convention."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ctg.referentiel import Referentiel
from etl.canevas.grammaire import BANDEAU_FICTIF, CLE_DECOR, LIBELLES_IDENTITE, LIBELLES_NOM, normaliser
from etl.canevas.lecture.journal import Journal
from etl.canevas.lecture.ressemblance import memes_mots
from etl.canevas.noms_feuilles import noms_de_feuilles
from etl.canevas.phrases.messages import exemple_de_date
from etl.canevas.plan import Section, plan_fiche, plan_structure
from etl.canevas.reperes import Manifeste, Reperes, lire_annee
from etl.canevas.reponse.valeurs import lire_date
from etl.classeurs.modele import Rangees

# The key of the row that holds the id, and of the one that shows the name, by kind of form.
CLES_IDENTITE = {"structure": ("m:structure_id", "m:nom"), "fiche": ("m:fiche_id", "m:nom")}
_RAPPEL = re.compile(r"rappel ([0-9]{4})")
_AUTRE_NOM = 88  # of 100: a name that close to another's may well be meant for it


@dataclass(frozen=True, slots=True)
class Identite:
    """`sections` is what this respondent is asked; empty when the form must be refused."""

    repondant_id: str | None
    annee: int | None
    fictif: bool
    rempli_le: dt.date | None
    sections: tuple[Section, ...] = ()


def identite_annoncee(feuille: str, manifeste: Manifeste | None) -> Identite:
    """What the manifest says of the form sent under this name of sheet: all that is left of a broken one."""
    if manifeste is None:
        return Identite(None, None, False, None)
    repondant_id = next((r for r, nom in manifeste.feuilles.items() if nom == feuille), None)
    return Identite(repondant_id, manifeste.annee, manifeste.fictif, None)


def lire_identite(
    rangees: Rangees,
    cles: Sequence[object],
    reperes: Reperes,
    manifeste: Manifeste | None,
    referentiel: Referentiel,
    journal: Journal,
) -> Identite:
    """Read and check the identity rows; every reason to refuse or to ask is written in `journal`.

    `cles` holds the key of each row, read or found again (`cles_imprimees`).
    """
    v1 = reperes.colonnes["v1"]
    champs = {cle: (rang, rangees[rang][v1]) for rang, cle in enumerate(cles) if str(cle).startswith("m:")}
    fictif = _est_fictif(rangees, reperes)
    if reperes.sans_cles or (fictif and "m:fictif" not in champs):
        champs["m:fictif"] = (0, "oui" if fictif else "non")
    lecteur = _Lecteur(champs, reperes, manifeste, referentiel, journal, _annee_rappelee(rangees, reperes))
    repondant_id = lecteur.repondant()
    annee = lecteur.annee()
    sections: tuple[Section, ...] = ()
    if not journal.fatal:
        cle_id, cle_nom = CLES_IDENTITE[reperes.genre]
        if not reperes.sans_cles and not lecteur.lu(cle_id):  # all the ids lost are told elsewhere
            journal.noter("identifiant_perdu", lecteur.situer(cle_nom), lecteur.lu(cle_nom))
        if reperes.genre == "structure":
            structure = referentiel.structures[repondant_id]
            sections = plan_structure(referentiel, structure, annee)
            if not structure.ouverte_en(annee):
                journal.refuser("structure_fermee", annee=annee)
        else:
            sections = plan_fiche(referentiel, repondant_id, annee)
    return Identite(repondant_id, annee, lecteur.fictif(), lecteur.rempli_le(), sections)


def cles_imprimees(rangees: Rangees, reperes: Reperes) -> list[str]:
    """The keys of a sheet that lost them: those of the identity rows, by their printed words.

    What stands above the headings is printed too (the title, the year); the rest has no key yet.
    """
    libelle = reperes.colonnes["libelle"]
    connus = {normaliser(mot): cle for cle, mot in LIBELLES_IDENTITE.items()}
    connus[normaliser(LIBELLES_NOM[reperes.genre])] = CLES_IDENTITE[reperes.genre][1]
    mots = [normaliser(str(rangee[libelle])) for rangee in rangees]
    nom = next((rang for rang, mot in enumerate(mots) if connus.get(mot) == "m:nom"), reperes.ligne)
    # Between the headings and the name stand the hidden rows of the identity, which have no words.
    return [
        CLE_DECOR if rang <= reperes.ligne or (rang < nom and not mot) else connus.get(mot, "")
        for rang, mot in enumerate(mots)
    ]


def _est_fictif(rangees: Rangees, reperes: Reperes) -> bool:
    bandeau = normaliser(BANDEAU_FICTIF.partition(":")[0])
    textes = (str(c) for rangee in rangees[: reperes.ligne] for c in rangee)
    return any(normaliser(texte).startswith(bandeau) for texte in textes)


def _est_le_nom(nom: str, repondant_id: str, connus: dict[str, str]) -> bool:
    """True for its own name, but for a slip of the fingers or of an encoding that makes it nobody else's."""
    if normaliser(nom) == normaliser(connus[repondant_id]):
        return True
    return [cle for cle, connu in connus.items() if memes_mots(nom, connu)] == [repondant_id]


def _annee_rappelee(rangees: Rangees, reperes: Reperes) -> int | None:
    """The year that the heading of the recalls implies (« Rappel 2024 »: 2025); None when it is gone."""
    if "precedent" not in reperes.colonnes:
        return None
    lus = (str(rangee[reperes.colonnes["precedent"]]).casefold() for rangee in rangees)
    annees = (_RAPPEL.fullmatch(normaliser(lu)) for lu in lus if "rappel" in lu)
    return next((int(trouvee[1]) + 1 for trouvee in annees if trouvee), None)


@dataclass(frozen=True, slots=True)
class _Lecteur:
    champs: dict[str, tuple[int, object]]
    reperes: Reperes
    manifeste: Manifeste | None
    referentiel: Referentiel
    journal: Journal
    annee_rappelee: int | None

    def lu(self, cle: str) -> str:
        _, valeur = self.champs.get(cle, (0, ""))
        return str(valeur).strip()

    def situer(self, cle: str) -> tuple[int, int]:
        return self.champs[cle][0], self.reperes.colonnes["v1"]

    def repondant(self) -> str | None:
        cle_id, cle_nom = CLES_IDENTITE[self.reperes.genre]
        repondant_id, nom = self.lu(cle_id), self.lu(cle_nom)
        if self.reperes.genre == "structure":
            connus = {s.structure_id: s.nom for s in self.referentiel.structures.values()}
        else:
            connus = {f.fiche_id: f.titre for f in self.referentiel.fiches.values()}
        if self.reperes.sans_cles or (nom and not repondant_id):
            return self.repondant_par_son_nom(nom, connus)
        if not repondant_id:
            self.journal.refuser("identite_absente", manque="l’identifiant et le nom")
            return None
        if repondant_id not in connus:
            self.journal.refuser("identifiant_inconnu", self.situer(cle_id), repondant_id)
        elif not nom:
            self.journal.refuser("identite_absente", manque="le nom")
        elif not _est_le_nom(nom, repondant_id, connus):
            self.autre_nom(repondant_id, nom, connus)
        return repondant_id

    def autre_nom(self, repondant_id: str, nom: str, connus: dict[str, str]) -> None:
        """Who is renamed keeps its former forms: the hidden id says who answers, unless the name is, or is
        nearer to, that of another."""
        place = self.situer(CLES_IDENTITE[self.reperes.genre][1])
        _, score, autre = process.extractOne(nom, connus, scorer=fuzz.ratio, processor=normaliser)
        if autre != repondant_id and score >= _AUTRE_NOM:
            self.journal.refuser("identite_contredite", place, nom, nom=connus[repondant_id])
            return
        # a form as it was sent bears the same name in its cell and on its sheet: nobody wrote over it
        envoyee = self.manifeste.feuilles.get(repondant_id) if self.manifeste else None
        regle = (
            "nom_ancien" if noms_de_feuilles([nom]) == [self.journal.feuille] == [envoyee] else "nom_change"
        )
        self.journal.noter(regle, place, nom, nom=connus[repondant_id])

    def repondant_par_son_nom(self, nom: str, connus: dict[str, str]) -> str | None:
        """Without its id, a form speaks for whom its printed name says exactly, and nobody else bears."""
        if not nom:
            self.journal.refuser("identite_absente", manque="le nom")
            return None
        exacts = [cle for cle, connu in connus.items() if normaliser(connu) == normaliser(nom)]
        if len(exacts) != 1:
            self.journal.refuser("nom_inconnu", self.situer(CLES_IDENTITE[self.reperes.genre][1]), nom)
            return None
        annonce = identite_annoncee(self.journal.feuille, self.manifeste).repondant_id
        if annonce not in (None, exacts[0]):
            place = self.situer(CLES_IDENTITE[self.reperes.genre][1])
            self.journal.refuser("identite_contredite", place, nom, nom=connus.get(annonce, annonce))
        return exacts[0]

    def annee(self) -> int | None:
        """The year it answers for; when it is refused for its year, that of its blank form if this one says
        it, and None when the two differ: nobody knows which of them is right."""
        envoyee = self.manifeste.annee if self.manifeste else None
        if not self.lu("m:annee"):
            if "m:annee" in self.champs:
                self.journal.refuser("annee_absente", self.situer("m:annee"))
            elif not any(a.regle == "identite_absente" for a in self.journal.anomalies):  # said once
                self.journal.refuser("identite_absente", manque="l’année")
            return self.possible(envoyee or self.annee_rappelee)
        lue = self.champs["m:annee"][1]
        annee = self.possible(lire_annee(lue))
        if annee is None:
            debut, fin = self.bornes()
            self.journal.refuser("annee_hors_convention", self.situer("m:annee"), lue, debut=debut, fin=fin)
            return self.possible(envoyee or self.annee_rappelee)
        # the heading was printed with the year: who retypes one leaves the other
        autre = next((a for a in (envoyee, self.annee_rappelee) if a not in (None, annee)), None)
        if autre is None:
            return annee
        entiere = self.annee_rappelee == annee
        regle = "feuille_d_une_autre_annee" if entiere else "annee_contredite"
        self.journal.refuser(regle, self.situer("m:annee"), lue, attendue=autre)
        return annee if entiere else None

    def bornes(self) -> tuple[int, int]:
        """The first and the last year of the convention."""
        parametres = self.referentiel.parametres
        return parametres.annee_reference, parametres.convention.fin

    def possible(self, annee: int | None) -> int | None:
        """A year of the convention; None for any other."""
        debut, fin = self.bornes()
        return annee if annee is not None and debut <= annee <= fin else None

    def fictif(self) -> bool:
        if self.manifeste and self.manifeste.fictif:
            return True
        if self.lu("m:fictif") not in ("oui", "non") and not self.manifeste:
            self.journal.noter("fictif_inconnu")
        return self.lu("m:fictif") == "oui"

    def rempli_le(self) -> dt.date | None:
        if not self.lu("m:rempli_le"):
            return None
        lu = self.champs["m:rempli_le"][1]
        date = lire_date(lu)
        if date is None:
            self.journal.noter(
                "date_de_saisie_illisible", self.situer("m:rempli_le"), lu, exemple=exemple_de_date(lu)
            )
        return date
