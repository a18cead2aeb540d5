"""The answers behind the published rows: who gave what, where, when; never how much.

Who was asked is in the convention, who answered in `collecte.provenance` and in the states of the published
rows: both are public, and read here in `interne.attendu` and in the keys of `interne.fait`. The values of
`interne.fait` only go to `Publie.verite`.
"""

from collections import defaultdict
from dataclasses import replace

import duckdb

from tests.exemples.attaque.algebre import Vecteur, ajouter, difference
from tests.exemples.attaque.mesures import TOTAL, Mesure, Publie, Reponse, exact

_ATTENDUS = """
    SELECT indicateur_id, repondant_id, annee, formulaire, type_structure, quartier_id, par_quartier
    FROM interne.attendu
"""
_FAITS = """
    SELECT indicateur_id, repondant_id, quartier_id, annee, periode_id, ventilation, modalite, etat,
           proposes IS NOT NULL, valeur, numerateur, denominateur
    FROM interne.fait
    ORDER BY ALL
"""
# {(respondent, year): {place it was asked about: state of its annual total}}
Demandes = dict[tuple[str, int], dict[str, str]]


class Reponses:
    """The answers of every measure, and who is in the « périmètre constant » of two years."""

    def __init__(self, connexion: duckdb.DuckDBPyConnection, publie: Publie):
        self._publie = publie
        self._toutes: dict[str, tuple[list[Reponse], Demandes]] = {}
        self._quartiers = [
            q for (q,) in connexion.execute("SELECT quartier_id FROM interne.quartier").fetchall()
        ]
        self._attendus, self._faits = defaultdict(dict), defaultdict(list)
        for nom, repondant, annee, *attendu in connexion.execute(_ATTENDUS).fetchall():
            self._attendus[nom][repondant, annee] = attendu
        for nom, *fait in connexion.execute(_FAITS).fetchall():
            self._faits[nom].append(fait)
        annuelles = "SELECT periode_id FROM publication.periode WHERE genre IN ('civile', 'scolaire')"
        self.annuelles = {p for (p,) in connexion.execute(annuelles).fetchall()}

    def de(self, nom: str) -> list[Reponse]:
        """The answers of a measure; a calculated one has those of its two terms."""
        return self._lues(nom)[0]

    def choisir(
        self, nom, niveau, territoire, type_structure, periode, ventilation, modalite
    ) -> list[Reponse]:
        """The answers that a row of this place, type, period and detail adds up."""

        def retenue(r: Reponse) -> bool:
            ici = niveau == "ville" or territoire == (r.lieu if niveau == "quartier" else r.repondant)
            du_type = niveau != "structure" and type_structure == "tous" or r.type_structure == type_structure
            return (
                ici and du_type and (r.periode, r.ventilation, r.modalite) == (periode, ventilation, modalite)
            )

        return [r for r in self.de(nom) if retenue(r)]

    def commune(self, nom: str, niveau: str, reponse: Reponse, annee: int) -> bool:
        """Did its respondent give the total of `annee` too, in the same places (docs/decisions/03)?"""
        _, demandes = self._lues(nom)
        ici, la = (demandes.get((reponse.repondant, a), {}) for a in (reponse.annee, annee))
        if la.get(reponse.lieu) == "publie":
            return True
        return niveau != "quartier" and "publie" in la.values() and _complete(ici) and _complete(la)

    def _lues(self, nom: str) -> tuple[list[Reponse], Demandes]:
        if nom not in self._toutes:
            mesure = self._publie.mesures[nom]
            calculee = mesure.operation in ("rapport", "difference")
            self._toutes[nom] = self._calculees(mesure) if calculee else self._donnees(mesure)
        return self._toutes[nom]

    def _donnees(self, mesure: Mesure) -> tuple[list[Reponse], Demandes]:
        faits, demandes = self._faits[mesure.nom], {}
        donnees: list[Reponse] = []
        sans_quartier = {(f[0], f[2]) for f in faits if f[1] == "ville" and (*f[4:7],) == (*TOTAL, "publie")}
        for qui, (*_, lieu, par_quartier) in self._attendus[mesure.nom].items():
            lieux = [*self._quartiers, *["ville"] * (qui in sans_quartier)] if par_quartier else [lieu]
            demandes[qui] = dict.fromkeys(lieux, "manquant")
        for repondant, lieu, annee, periode, *detail, etat, proposes, valeur, haut, bas in faits:
            if (repondant, annee) not in demandes:
                continue
            formulaire, type_structure, son_lieu, par_quartier = self._attendus[mesure.nom][repondant, annee]
            total = (*detail,) == TOTAL
            if lieu not in (
                demandes[repondant, annee] if total else ("ville" if par_quartier else son_lieu,)
            ):
                continue
            if total and periode in self.annuelles:
                demandes[repondant, annee][lieu] = etat
            if etat == "publie":
                nombres = {"valeur": valeur, "numerateur": haut, "denominateur": bas}
                cle = (mesure.nom, repondant, lieu, periode, *detail)
                self._publie.verite |= {(*cle, part): exact(nombres[part]) for part in mesure.parts}
                parts = {part: {(*cle, part): 1} for part in mesure.parts}
                type_structure = type_structure if formulaire == "structure" else None
                donnees.append(
                    Reponse(repondant, type_structure, lieu, annee, periode, *detail, parts, proposes)
                )
        if mesure.forme == "rapport":
            self._partager_les_denominateurs(donnees)
        return donnees, demandes

    def _partager_les_denominateurs(self, donnees: list[Reponse]) -> None:
        """A « dont » of a rate is over the same people as its total (etl/vues/10_faits.sql)."""
        totaux = {(r.repondant, r.lieu, r.periode): r.parts for r in donnees if r.ventilation == "total"}
        for r in donnees:
            total = totaux.get((r.repondant, r.lieu, r.periode))
            if total and r.ventilation not in self._publie.exclusives:
                ecart = difference(r.parts["denominateur"], total["denominateur"])
                self._publie.egaler("ventilations", ecart)

    def _calculees(self, mesure: Mesure) -> tuple[list[Reponse], Demandes]:
        (ceux_de_a, demandes_a), (ceux_de_b, demandes_b) = self._lues(mesure.a), self._lues(mesure.b)
        autres = {(r.repondant, r.lieu, r.periode): r for r in ceux_de_b if r.ventilation == "total"}
        donnees = []
        for r in ceux_de_a:
            b = autres.get((r.repondant, r.lieu, r.periode))
            if r.ventilation == "total" and b:
                un, deux = r.parts["valeur"], b.parts["valeur"]
                rapport = {"numerateur": un, "denominateur": deux}
                parts = rapport if mesure.operation == "rapport" else {"valeur": difference(un, deux)}
                donnees.append(replace(r, parts=parts))
        demandes = {
            qui: {
                lieu: _le_moins_dit(etat, demandes_b.get(qui, {}).get(lieu, "manquant"))
                for lieu, etat in lieux.items()
            }
            for qui, lieux in demandes_a.items()
        }
        return donnees, demandes


def somme(reponses: list[Reponse], part: str) -> Vecteur:
    """The sum of one part of these answers."""
    total: Vecteur = {}
    for reponse in reponses:
        ajouter(total, reponse.parts[part])
    return total


def _le_moins_dit(a: str, b: str) -> str:
    return next((etat for etat in ("manquant", "sans_objet") if etat in (a, b)), "publie")


def _complete(lieux: dict[str, str]) -> bool:
    if "manquant" not in lieux.values():
        return True
    repartis = [etat for lieu, etat in lieux.items() if lieu != "ville"]
    return lieux.get("ville") == "publie" and "publie" not in repartis
