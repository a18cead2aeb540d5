"""Two campaigns that differ only by what must stay hidden, entered by hand: nothing tells them apart.

The same question as test_fuites_petits_nombres.py, asked of what « Décider » shows: the views and the cells.
"""

import pytest

from etl.saisies import ajouter
from etl.saisies.cases import cases
from etl.saisies.corrections import RECUE
from tests.exemples.campagne_minuscule import FICHE, CampagneMinuscule, indicateur, structure
from tests.unitaires.test_fuites_petits_nombres import (
    AUTRES,
    FONCTION,
    GRANDS,
    MESURES,
    PETITS,
    repondre,
    vues_de_la_collecte,
)

LES_DEUX = (PETITS, AUTRES)


class Entrepot:
    """The built base, read as the pages read a warehouse."""

    def __init__(self, base):
        self.base = base

    def executer(self, sql, **parametres):
        attendus = {nom: valeur for nom, valeur in parametres.items() if f"${nom}" in sql}
        return self.base.connexion.execute(sql, attendus).df()


def saisir(campagne, dossier, cle, code, nouvelle, ancienne="", qui="a", heure=10):
    champs = {
        "repondant_id": qui,
        "annee": 2025,
        "cle": cle,
        "code": code,
        "ancienne": str(ancienne),
        "nouvelle": str(nouvelle),
        "fonction": FONCTION,
        "raison": "essai",
        "le": f"2026-03-01T{heure}:00:00",
    }
    ajouter("valeurs", champs, campagne.referentiel, dossier)


def ce_que_la_page_dit(base, campagne, qui):
    """What « Décider » may show of each cell, and of a figure typed over it."""
    entrepot, dits = Entrepot(base), []
    for case in cases(entrepot, campagne.referentiel, qui, 2025):
        dits.append((case.cle, case.code, case.affichage, case.origine))
    return dits


def comparer(tmp_path, construire, qui="a"):
    lues = []
    for rang, petits in enumerate(LES_DEUX):
        dossier = tmp_path / str(rang)
        dossier.mkdir()
        campagne, base = construire(dossier, petits)
        lues.append(vues_de_la_collecte(base) | {"page": ce_que_la_page_dit(base, campagne, qui)})
    for nom in lues[0]:
        assert lues[0][nom] == lues[1][nom], nom


def ouvrir():
    campagne = CampagneMinuscule(MESURES, [structure(x, "gresilles") for x in "abcdefgh"])
    repondre(campagne, "a", 2024, {cle: 2 * valeur for cle, valeur in GRANDS.items()})
    for autre in "bcdefgh":
        repondre(campagne, autre, 2025, {("N", "valeur"): 40, ("B", "valeur"): 20000})
    return campagne


@pytest.mark.parametrize(
    "suite", ["saisi", "repris", "puis grand", "puis reçu", "puis reçu autre", "sur un vide"]
)
def test_ce_qui_est_saisi_a_la_main_ne_se_lit_nulle_part(tmp_path, suite):
    def construire(dossier, petits):
        campagne, caches = ouvrir(), GRANDS | petits
        if suite == "sur un vide":
            repondre(campagne, "a", 2025, {("S", "proposes"): 70})
        for (objet, code), valeur in caches.items():
            if suite == "sur un vide" and code == "proposes":
                continue
            saisir(campagne, dossier, f"i:{objet}", code, valeur)
            if suite == "repris":
                saisir(campagne, dossier, f"i:{objet}", code, RECUE, valeur, heure=11)
            if suite == "puis grand":
                saisir(campagne, dossier, f"i:{objet}", code, GRANDS[objet, code], valeur, heure=11)
        if suite == "puis reçu":
            repondre(campagne, "a", 2025, caches)
        if suite == "puis reçu autre":
            repondre(campagne, "a", 2025, GRANDS)
        return campagne, campagne.construire(dossier)

    comparer(tmp_path, construire)


@pytest.mark.parametrize("suite", ["saisi", "repris", "puis reçu", "corrigé"])
def test_la_vie_saisie_a_la_main_ne_se_lit_nulle_part(tmp_path, suite):
    """Three or four families; of eight members, the part that lives nearby is two or three of them."""
    effectifs = dict(zip(map(id, LES_DEUX), ((3, 8, 25), (4, 8, 40)), strict=True))

    def construire(dossier, petits):
        campagne = ouvrir()
        familles, adherents, part = effectifs[id(petits)]
        saisies = {"v:familles": familles, "v:adherents": adherents, "v:adherents-territoire": f"{part} %"}
        for cle, valeur in saisies.items():
            if suite == "corrigé":
                campagne.repondre("a", 2025, cle, valeur=60.0)
            ancienne = "" if suite != "corrigé" else "60 %" if "territoire" in cle else "60"
            saisir(campagne, dossier, cle, "valeur", valeur, ancienne)
            if suite == "repris":
                saisir(campagne, dossier, cle, "valeur", RECUE, valeur, heure=11)
            if suite == "puis reçu":
                campagne.repondre("a", 2025, cle, valeur=float(str(valeur).removesuffix(" %")))
        return campagne, campagne.construire(dossier)

    comparer(tmp_path, construire)


def test_une_somme_de_parts_ne_dit_pas_la_plus_petite(tmp_path):
    """Of 100 members, 3 or 4 live nearby: said beside the sum, the two other parts would give it."""

    def construire(dossier, petits):
        campagne, part = ouvrir(), petits["N", "valeur"]
        campagne.repondre("a", 2025, "v:adherents", valeur=100.0)
        autres = {"v:adherents-autres-quartiers": "60 %", "v:adherents-hors-ville": "50 %"}
        for cle, valeur in ({"v:adherents-territoire": f"{part} %"} | autres).items():
            saisir(campagne, dossier, cle, "valeur", valeur)
        base = campagne.construire(dossier)
        assert base.une("collecte.anomalie", regle="parts_sans_cent")
        return campagne, base

    comparer(tmp_path, construire)


def test_une_somme_de_dont_ne_dit_pas_le_plus_petit(tmp_path):
    """20 and 30 children of two ages stand beside the 3 or 4 of the third; the total is another."""
    mesure = indicateur("N", unite_statistique="personne", ventilations=("age-enfants",))

    def construire(dossier, petits):
        campagne = CampagneMinuscule([mesure], [structure("a", "gresilles")])
        dont = {"3-5": petits["N", "valeur"], "6-11": 20, "12-17": 30}
        for cle, valeur in ({"i:N": 45} | {f"i:N#age-enfants={age}": v for age, v in dont.items()}).items():
            saisir(campagne, dossier, cle, "valeur", valeur)
        base = campagne.construire(dossier)
        assert base.une("collecte.anomalie", regle="repartition_differente")
        return campagne, base

    comparer(tmp_path, construire)


@pytest.mark.parametrize("recu", [True, False])
def test_un_taux_sur_trop_peu_de_personnes_d_un_quartier_ne_se_lit_pas(tmp_path, recu):
    """The city is published; one of its quarters is over eight or nine people."""
    mesure = indicateur(
        "R", "rapport", unite_statistique="personne", repondant="R-PE", types_repondants=(), par_quartier=True
    )

    def construire(dossier, petits):
        campagne = CampagneMinuscule([mesure], [structure("a", "gresilles")])
        for quartier, dizaine in (("gresilles", petits["R", "denominateur"]), ("maladiere", 300)):
            for code, valeur in (("numerateur", 6 if dizaine < 20 else 200), ("denominateur", dizaine)):
                if recu:
                    campagne.repondre(FICHE, 2025, f"i:R@{quartier}", **{code: float(valeur)})
                else:
                    saisir(campagne, dossier, f"i:R@{quartier}", code, valeur, qui=FICHE)
        return campagne, campagne.construire(dossier)

    comparer(tmp_path, construire, FICHE)
