"""A number hidden because it would give a small one away is hidden everywhere: the collection is silent too.

The adversary adds what the views of the collection and « Décider » show to what is published
(tests/exemples/attaque/collecte.py).
"""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from ctg.entrepot import Entrepot
from ctg.exports import suivi
from ctg.exports.recapitulatif.contexte import Selection
from ctg.exports.recapitulatif.document import produire
from etl.jugement.depots import Depot, departager
from etl.lecture.collecte import Fichier
from etl.saisies import ajouter
from etl.saisies.cases import cases
from tests.exemples.attaque.voisin import attaquer
from tests.exemples.campagne_minuscule import CONVENTION, FICHE, CampagneMinuscule, indicateur, structure
from tests.exemples.campagne_recapitulatif import construire
from tests.exemples.entrepots_compares import contenu
from tests.unitaires.test_fuites_de_la_saisie import Entrepot as EntrepotEnMemoire

GENS = {"unite": "jeunes", "unite_statistique": "personne"}
REFERENT = {"repondant": "R-JE", "types_repondants": (), "par_quartier": True}
MESURES = [
    indicateur("N", ordre=1, ventilations=("sexe",), **GENS),
    indicateur("T", "rapport", ordre=2, unite="%", unite_statistique="personne"),
    indicateur("A", ordre=3, **GENS, **REFERENT),
    indicateur("L", ordre=4, par_quartier=True, **GENS),
]
COMPTES = {"a": 3, "b": 12, "c": 20, "d": 30}
QUARTIERS = {"a": "gresilles", "b": "gresilles", "c": "gresilles", "d": "universite"}
ITINERANTE = structure("e", "ville", multisite=True)
SEXES = {"femmes": 0.5, "hommes": 0.25, "non-precise": 0.25}


class Renvoyee(CampagneMinuscule):
    """Every form had come once before, each number otherwise by one."""

    def collecte(self):
        lue, depots = super().collecte(), []
        for rang, depot in enumerate(lue.depots):
            avant = tuple(c._replace(valeur=c.valeur + 1) for c in depot.formulaire.cellules)
            ancien = Depot(
                f"ancien{rang}.xlsx",
                replace(depot.formulaire, cellules=avant),
                recu_le=dt.datetime(2026, 1, 1),
            )
            depots += [replace(depot, recu_le=dt.datetime(2026, 2, 1)), ancien]
            lue.fichiers.append(
                Fichier(ancien.fichier, "1" * 64, 1, "accepte", "canevas", depot.formulaire.genre)
            )
        lue.depots = departager(depots)
        return lue


def reponses():
    """(respondent, line, code, number): a small count, and those that stand beside it."""
    for qui, compte in COMPTES.items():
        yield qui, "i:N", "valeur", compte
        yield qui, "i:T", "numerateur", compte
        yield qui, "i:T", "denominateur", 2 * compte
    for sexe, part in SEXES.items():
        yield "c", f"i:N#sexe={sexe}", "valeur", part * 12 if sexe != "femmes" else 14
    for quartier, compte in (("gresilles", 4), ("universite", 15), ("ville", 25)):
        yield FICHE, f"i:A@{quartier}", "valeur", compte
    yield from (("a", "i:L", "valeur", 30), ("d", "i:L", "valeur", 2))
    yield from (("e", f"i:L@{lieu}", "valeur", n) for lieu, n in (("gresilles", 4), ("universite", 14)))


def deposer(tmp_path, porte):
    """The campaign, and its warehouse, where the answers came in by one of the doors."""
    campagne = (Renvoyee if porte == "renvoyé" else CampagneMinuscule)(
        MESURES, [*(structure(nom, quartier) for nom, quartier in QUARTIERS.items()), ITINERANTE]
    )
    for rang, (qui, cle, code, nombre) in enumerate(reponses()):
        recu = nombre + 1 if porte == "corrigé" else nombre
        campagne.repondre(qui, 2025, cle, **{code: recu})
        if porte == "extrait" and qui != FICHE:
            campagne.repondre(qui, 2025, cle, source="extrait:isaje", **{code: nombre + 1})
        if porte == "saut":
            campagne.repondre(qui, 2024, cle, **{code: 6 * nombre})
        # corrected once, or there and back
        valeurs = {"corrigé": (recu, nombre), "rétabli": (recu, nombre + 2, nombre)}.get(porte, ())
        for heure, (ancienne, nouvelle) in enumerate(pairwise(valeurs)):
            champs = {
                "repondant_id": qui,
                "annee": 2025,
                "cle": cle,
                "code": code,
                "ancienne": str(ancienne),
                "nouvelle": str(nouvelle),
                "fonction": next(iter(CONVENTION.fonctions)),
                "raison": "essai",
                "le": f"2026-03-01T1{heure}:00:{rang:02d}",
            }
            ajouter("valeurs", champs, campagne.referentiel, tmp_path)
    return campagne, campagne.construire(tmp_path)


def ce_que_dit_decider(campagne, base):
    """(answer, what the page shows of it), for every cell of every form."""
    for qui in (*COMPTES, "e", FICHE):
        sien = QUARTIERS.get(qui, "ville")
        for case in cases(EntrepotEnMemoire(base), campagne.referentiel, qui, 2025):
            cle = case.ligne.cle
            lieu = cle.quartier_id or sien
            detail = cle.ventilation or "total", cle.modalite or "total"
            yield {(cle.objet_id, qui, lieu, "2025", *detail, case.code): 1}, case.affichage


@pytest.mark.parametrize("porte", ["reçu", "renvoyé", "corrigé", "rétabli", "extrait", "saut"])
def test_la_collecte_ne_dit_pas_ce_qui_rendrait_un_petit_effectif(tmp_path, porte):
    campagne, base = deposer(tmp_path, porte)
    fuites = attaquer(base.connexion, ce_que_dit_decider(campagne, base))
    assert not [f for f in fuites if f.genre in {"effectif", "taux"}]


def exporter(chemin, petit, autre):
    """What anyone reads of a campaign where `petit` and `autre` make 14: its views, its workbooks."""
    campagne = CampagneMinuscule(MESURES, [structure(nom, quartier) for nom, quartier in QUARTIERS.items()])
    for annee in (2024, 2025):
        for qui, compte in (COMPTES | {"a": petit, "b": autre}).items():
            campagne.repondre(qui, annee, "i:N", valeur=compte)
        for lieu, compte in (("gresilles", petit), ("universite", autre), ("ville", 25)):
            campagne.repondre(FICHE, annee, f"i:A@{lieu}", valeur=compte)
    construire(chemin, campagne)
    vues = {nom: lignes for nom, lignes in contenu(chemin).items() if not nom.startswith("interne.")}
    entrepot = Entrepot(chemin)
    classeurs = [produire(entrepot, Selection(2025, quartier=lieu)).octets for lieu in (None, "gresilles")]
    return vues, classeurs, suivi.produire(entrepot)


def test_deux_campagnes_que_seul_le_secret_distingue_donnent_les_memes_classeurs(tmp_path):
    vues, *classeurs = exporter(tmp_path / "2.duckdb", 2, 12)
    autres, *leurs_classeurs = exporter(tmp_path / "3.duckdb", 3, 11)
    for nom, lignes in vues.items():
        assert lignes == autres[nom], nom
    assert classeurs == leurs_classeurs
