"""The parts of the members make a hundred: a hidden one does not stay beside the two that give it."""

import datetime as dt
from dataclasses import replace

import pytest

from etl.jugement.depots import Depot, departager
from etl.lecture.collecte import Fichier
from tests.exemples.attaque.voisin import attaquer
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

QF = ("adherents-qf-800", "adherents-qf-3000", "adherents-qf-plus")
TERRITOIRES = ("adherents-territoire", "adherents-autres-quartiers", "adherents-hors-ville")


class Renvoyee(CampagneMinuscule):
    """The form had come once before, with one part otherwise."""

    def collecte(self):
        lue = super().collecte()
        (dernier,) = (replace(d, recu_le=dt.datetime(2026, 2, 1)) for d in lue.depots)
        cellules = tuple(
            c._replace(valeur=39.0) if c.objet_id == QF[1] else c for c in dernier.formulaire.cellules
        )
        formulaire = replace(dernier.formulaire, cellules=cellules)
        lue.fichiers.append(Fichier("ancien.xlsx", "1" * 64, 1, "accepte", "canevas", "structure"))
        lue.depots = departager([dernier, Depot("ancien.xlsx", formulaire, recu_le=dt.datetime(2026, 1, 1))])
        return lue


def preparer(adherents, qf, territoires=(), campagne=CampagneMinuscule):
    campagne = campagne([indicateur("N")], [structure("a", "gresilles")])
    campagne.repondre("a", 2025, "v:adherents", valeur=adherents)
    for champ, part in zip(QF + TERRITOIRES, (*qf, *territoires), strict=False):
        campagne.repondre("a", 2025, f"v:{champ}", valeur=part)
    return campagne


def repondre(*reponses):
    return preparer(*reponses).construire()


def etats(base, champs=QF):
    return [base.une("publication.vie_structure", champ_id=champ)["etat"] for champ in champs]


@pytest.mark.parametrize(
    ("adherents", "parts", "attendus"),
    [
        (100, (57, 40, 3), ["secret", "secret", "secret"]),
        (100, (97, 0, 3), ["secret", "publie", "secret"]),
        (100, (57, 38, 5), ["publie", "publie", "publie"]),
        (200, (57, 41, 2), ["secret", "secret", "secret"]),
        (8, (50, 25, 25), ["secret", "secret", "secret"]),
    ],
)
def test_une_part_cachee_cache_celles_qui_la_donneraient(adherents, parts, attendus):
    base = repondre(adherents, parts)
    assert etats(base) == attendus
    assert not [f for f in attaquer(base.connexion) if f.genre == "part"]


def test_l_autre_repartition_se_lit_toujours():
    base = repondre(100, (57, 40, 3), (60, 30, 10))
    assert etats(base, TERRITOIRES) == ["publie"] * 3


@pytest.mark.parametrize(("parts", "montree"), [((57, 40, 3), False), ((55, 40, 5), True)])
def test_la_collecte_ne_cite_pas_non_plus_la_part_qui_en_donnerait_une_autre(parts, montree):
    base = preparer(100, parts, campagne=Renvoyee).construire()
    changee = base.une("collecte.difference", objet_id=QF[1])
    assert ("39" in changee["avant"], "40" in changee["apres"]) == (montree, montree)


def test_la_porte_ouverte_est_trouvee():
    base = repondre(100, (57, 40, 3))
    for champ, part in zip(QF, (57, 40), strict=False):
        base.connexion.execute(
            "UPDATE publication.vie_structure SET etat = 'publie', valeur = ? WHERE champ_id = ?",
            [part, champ],
        )
    assert [(f.genre, f.cle, f.valeur) for f in attaquer(base.connexion)] == [("part", ("a", 2025, QF[2]), 3)]
