"""Two campaigns that differ only by what must stay hidden: every view of the collection reads the same.

What differs is a leak, wherever it stands and however it is worded: nobody has to think of the door first.
"""

import datetime as dt
from dataclasses import replace

import pytest

from etl.jugement.depots import Depot, departager
from etl.lecture.collecte import Fichier
from etl.saisies import ajouter
from tests.exemples.campagne_minuscule import CONVENTION, CampagneMinuscule, indicateur, structure

FONCTION = next(iter(CONVENTION.fonctions))
MESURES = [
    indicateur("N", "nombre", unite="jeunes", unite_statistique="personne"),
    indicateur("B", "nombre", unite="€", unite_statistique="euro", secret_avec="N"),
    indicateur("R", "rapport", unite_statistique="personne"),
    indicateur("S", "satisfaction"),
]
GRANDS = {
    ("N", "valeur"): 44,
    ("B", "valeur"): 22000,
    ("R", "numerateur"): 30,
    ("R", "denominateur"): 40,
    ("S", "proposes"): 70,
    ("S", "repondants"): 60,
    ("S", "satisfaits"): 50,
}
# the numerators stay: a count of six may be said, what it is over may not
PETITS, AUTRES = (
    {
        ("N", "valeur"): effectif,
        ("B", "valeur"): 500 * effectif,
        ("R", "numerateur"): 6,
        ("R", "denominateur"): dizaine,
        ("S", "repondants"): dizaine,
        ("S", "satisfaits"): 6,
    }
    for effectif, dizaine in ((3, 8), (4, 9))
)


class Campagne(CampagneMinuscule):
    """The same form received twice: the first time with `avant`, then with `apres`."""

    avant = apres = None

    def collecte(self):
        lue = super().collecte()
        depots = [Depot(d.fichier, d.formulaire, recu_le=dt.datetime(2026, 2, 1)) for d in lue.depots]
        if self.avant:
            sien = next(d for d in depots if d.fichier == "a_2025.xlsx")
            cellules = tuple(
                c._replace(valeur=float(self.avant[c.objet_id, c.code])) for c in sien.formulaire.cellules
            )
            formulaire = replace(sien.formulaire, cellules=cellules)
            depots.append(Depot("ancien.xlsx", formulaire, recu_le=dt.datetime(2026, 1, 1)))
            lue.fichiers.append(Fichier("ancien.xlsx", "1" * 64, 1, "accepte", "canevas", "structure"))
        lue.depots = departager(depots)
        return lue


def repondre(campagne, qui, annee, valeurs, source="formulaire"):
    for (objet, code), valeur in valeurs.items():
        campagne.repondre(qui, annee, f"i:{objet}", source=source, **{code: float(valeur)})


def base(tmp_path, petits, porte):
    """The warehouse of a campaign where `petits` came in by one of the doors."""
    caches, campagne = GRANDS | petits, Campagne(MESURES, [structure(x, "gresilles") for x in "abcdefgh"])
    repondre(campagne, "a", 2024, {cle: 2 * valeur for cle, valeur in GRANDS.items()})
    repondre(campagne, "a", 2025, GRANDS if porte in ("remplacé", "corrigé vers") else caches)
    if porte == "extrait":
        repondre(campagne, "a", 2025, GRANDS, source="extrait:isaje")
    for autre in "bcdefgh":
        repondre(campagne, autre, 2025, {("N", "valeur"): 40, ("B", "valeur"): 20000})
    campagne.avant = {"remplacé": caches, "remplaçant": GRANDS}.get(porte)
    if porte.startswith("corrigé"):
        for cle in petits:
            ancienne, nouvelle = (caches, GRANDS) if porte == "corrigé de" else (GRANDS, caches)
            champs = {
                "repondant_id": "a",
                "annee": 2025,
                "cle": f"i:{cle[0]}",
                "code": cle[1],
                "ancienne": str(ancienne[cle]),
                "nouvelle": str(nouvelle[cle]),
                "fonction": FONCTION,
                "raison": "essai",
                "le": "2026-03-01T10:00:00",
            }
            ajouter("valeurs", champs, campagne.referentiel, tmp_path)
    return campagne.construire(tmp_path)


def vues_de_la_collecte(base):
    noms = base.lignes("SELECT table_name FROM information_schema.tables WHERE table_schema = 'collecte'")
    return {
        nom["table_name"]: sorted(map(str, base.lignes(f'SELECT * FROM collecte."{nom["table_name"]}"')))
        for nom in noms
    }


@pytest.mark.parametrize("porte", ["reçu", "extrait", "remplacé", "remplaçant", "corrigé de", "corrigé vers"])
def test_aucune_vue_ne_dit_ce_qui_est_masque(tmp_path, porte):
    lues = []
    for rang, petits in enumerate((PETITS, AUTRES)):
        dossier = tmp_path / str(rang)
        dossier.mkdir()
        lues.append(vues_de_la_collecte(base(dossier, petits, porte)))
    assert lues[0] == lues[1]
