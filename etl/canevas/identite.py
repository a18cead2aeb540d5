"""Who a form speaks for, and of which year: read in its own cells, then held against the convention."""

import datetime as dt
from dataclasses import dataclass

from ctg.referentiel import Referentiel
from etl.canevas.grammaire import normaliser
from etl.canevas.journal import Journal
from etl.canevas.plan import Ligne, lignes, plan_fiche, plan_structure
from etl.canevas.reperes import Manifeste, Rangees, Reperes, lire_annee
from etl.canevas.valeurs import lire_date

# The key of the row that holds the id, and of the one that shows the name, by kind of form.
CLES_IDENTITE = {"structure": ("m:structure_id", "m:nom"), "fiche": ("m:fiche_id", "m:nom")}


@dataclass(frozen=True, slots=True)
class Identite:
    """`attendues` holds the rows this respondent is asked; None when the form must be refused."""

    repondant_id: str | None
    annee: int | None
    fictif: bool
    rempli_le: dt.date | None
    attendues: dict[str, Ligne] | None


def identite_annoncee(feuille: str, manifeste: Manifeste | None) -> Identite:
    """What the manifest says of the form sent under this name of sheet: all that is left of a broken one."""
    if manifeste is None:
        return Identite(None, None, False, None, None)
    repondant_id = next((r for r, nom in manifeste.feuilles.items() if nom == feuille), None)
    return Identite(repondant_id, manifeste.annee, manifeste.fictif, None, None)


def lire_identite(
    rangees: Rangees,
    reperes: Reperes,
    manifeste: Manifeste | None,
    referentiel: Referentiel,
    journal: Journal,
) -> Identite:
    """Read and check the identity rows; every reason to refuse or to ask is written in `journal`."""
    champs = {
        rangee[reperes.colonnes["id"]]: (rang, rangee[reperes.colonnes["v1"]])
        for rang, rangee in enumerate(rangees)
        if str(rangee[reperes.colonnes["id"]]).startswith("m:")
    }
    lecteur = _Lecteur(champs, reperes, manifeste, referentiel, journal)
    repondant_id = lecteur.repondant()
    annee = lecteur.annee()
    attendues = None
    if not journal.fatal:
        if reperes.genre == "structure":
            structure = referentiel.structures[repondant_id]
            attendues = lignes(plan_structure(referentiel, structure, annee))
            if not structure.ouverte_en(annee):
                journal.noter("structure_fermee", annee=annee)
        else:
            attendues = lignes(plan_fiche(referentiel, repondant_id))
    return Identite(repondant_id, annee, lecteur.fictif(), lecteur.rempli_le(), attendues)


@dataclass(frozen=True, slots=True)
class _Lecteur:
    champs: dict[str, tuple[int, object]]
    reperes: Reperes
    manifeste: Manifeste | None
    referentiel: Referentiel
    journal: Journal

    def lu(self, cle: str) -> str:
        _, valeur = self.champs.get(cle, (0, ""))
        return str(valeur).strip()

    def situer(self, cle: str) -> tuple[int, int]:
        return self.champs[cle][0], self.reperes.colonnes["v1"]

    def repondant(self) -> str | None:
        cle_id, cle_nom = CLES_IDENTITE[self.reperes.genre]
        repondant_id, nom = self.lu(cle_id), self.lu(cle_nom)
        if not repondant_id:
            self.journal.refuser("identite_absente", manque="l’identifiant")
            return None
        if self.reperes.genre == "structure":
            connus = {s.structure_id: s.nom for s in self.referentiel.structures.values()}
        else:
            connus = {f.fiche_id: f.titre for f in self.referentiel.fiches.values()}
        if repondant_id not in connus:
            self.journal.refuser("identifiant_inconnu", self.situer(cle_id), repondant_id)
        elif not nom:
            self.journal.refuser("identite_absente", manque="le nom")
        elif normaliser(nom) != normaliser(connus[repondant_id]):
            self.journal.refuser("identite_contredite", self.situer(cle_nom), nom, nom=connus[repondant_id])
        return repondant_id

    def annee(self) -> int | None:
        if not self.lu("m:annee"):
            self.journal.refuser("identite_absente", manque="l’année")
            return None
        lue = self.champs["m:annee"][1]
        annee = lire_annee(lue)
        parametres = self.referentiel.parametres
        debut, fin = parametres.annee_reference, parametres.convention.fin
        if annee is None or not debut <= annee <= fin:
            self.journal.refuser("annee_hors_convention", self.situer("m:annee"), lue, debut=debut, fin=fin)
        elif self.manifeste and self.manifeste.annee not in (None, annee):
            self.journal.refuser(
                "annee_contredite", self.situer("m:annee"), lue, attendue=self.manifeste.annee
            )
        return annee

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
            self.journal.noter("date_de_saisie_illisible", self.situer("m:rempli_le"), lu)
        return date
