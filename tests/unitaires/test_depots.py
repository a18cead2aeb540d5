"""Which submission counts, without a file: dates, copies, fictional forms, ties."""

import datetime as dt
from dataclasses import replace

import pytest

from etl.canevas.modeles import Cellule, Formulaire
from etl.jugement.depots import PLUS_RECENT, Depot, departager


def depot(fichier, contenu=1.0, recu=None, rempli=None, fictif=False, statut="accepte", annee=2025):
    cellule = Cellule("i", "N", None, None, None, "valeur", contenu, None, "valeur", None, "F10")
    formulaire = Formulaire("structure", "archipel", annee, fictif, rempli, "feuille", statut, (cellule,))
    return Depot(fichier, formulaire, recu)


def jour(n):
    return dt.datetime(2026, 6, n)


def issue(*depots):
    return [(d.statut, d.retenu) for d in departager(depots)]


RETENU, REMPLACE, ECARTE = ("accepte", True), ("remplace", False), ("ignore", False)


def test_le_dernier_recu_gagne_quel_que_soit_l_ordre_des_fichiers():
    ancien, nouveau = depot("a", 1.0, jour(1)), depot("b", 2.0, jour(2))
    assert issue(ancien, nouveau) == [REMPLACE, RETENU]
    assert issue(nouveau, ancien) == [RETENU, REMPLACE]
    assert departager([ancien, nouveau])[0].remplace_par == "b"


def test_le_nom_d_un_fichier_ne_dit_pas_pourquoi_il_l_emporte():
    pareil, _ = departager([depot("a", 1.0, jour(1)), depot("b, plus récent", 1.0, jour(2))])
    assert "plus récent" in pareil.message and not pareil.message.endswith(PLUS_RECENT)
    autre, _ = departager([depot("a", 1.0, jour(1)), depot("b", 2.0, jour(2))])
    assert autre.message == "Remplacé par « b », plus récent." and autre.message.endswith(PLUS_RECENT)


def test_la_reception_l_emporte_sur_la_date_ecrite_sinon_on_lit_celle_ci():
    assert issue(
        depot("a", 1.0, jour(3), rempli=dt.date(2026, 1, 1)),
        depot("b", 2.0, jour(2), rempli=dt.date(2026, 6, 30)),
    ) == [RETENU, REMPLACE]
    assert issue(
        depot("a", 1.0, rempli=dt.date(2026, 5, 1)), depot("b", 2.0, rempli=dt.date(2026, 6, 1))
    ) == [
        REMPLACE,
        RETENU,
    ]


@pytest.mark.parametrize(
    ("premier", "second"),
    [
        ({"recu": jour(1)}, {"recu": jour(1)}),  # same day
        ({}, {}),  # no date at all
        ({"recu": jour(1)}, {}),  # nothing tells where the second one stands
    ],
)
def test_sans_ordre_rien_n_est_devine(premier, second):
    a, b = departager([depot("a", 1.0, **premier), depot("b", 2.0, **second)])
    assert [(d.statut, d.retenu) for d in (a, b)] == [ECARTE, ECARTE]
    assert "« a », « b »" in a.message and "Déposer" in a.message and "receptions.csv" in a.message


def test_le_meme_contenu_deux_fois_n_est_pas_un_doute():
    a, b = departager([depot("a"), depot("b")])
    assert [(d.statut, d.retenu) for d in (a, b)] == [RETENU, REMPLACE]
    assert b.message == "Même contenu que « a »."


def test_un_ancien_depot_ne_retient_pas_un_doute_plus_recent():
    assert issue(depot("a", 1.0, jour(1)), depot("b", 2.0, jour(2)), depot("c", 3.0, jour(2))) == [
        REMPLACE,
        ECARTE,
        ECARTE,
    ]


def test_un_formulaire_reel_remplace_toujours_un_fictif():
    assert issue(depot("reel", 1.0, jour(1)), depot("fictif", 2.0, jour(9), fictif=True)) == [
        RETENU,
        REMPLACE,
    ]


def test_un_formulaire_refuse_laisse_le_precedent():
    assert issue(depot("a", 1.0, jour(1)), depot("b", 2.0, jour(2), statut="refuse")) == [
        RETENU,
        ("refuse", False),
    ]


def test_accepte_en_partie_et_annees_separees():
    assert issue(depot("a", statut="accepte_partiel"), depot("b", 2.0, annee=2024)) == [
        ("accepte_partiel", True),
        RETENU,
    ]


def test_une_copie_corrigee_remplace_le_fichier_dont_elle_vient_quelles_que_soient_les_dates():
    recu = replace(depot("recu", 1.0, jour(20), rempli=dt.date(2026, 6, 1)), sha256="a" * 64)
    copie = replace(depot("copie", 2.0, rempli=dt.date(2026, 6, 1)), sha256="b" * 64, corrige="a" * 64)
    assert issue(recu, copie) == [REMPLACE, RETENU]
    assert departager([recu, copie])[0].message == "Remplacé par « copie », sa copie corrigée."
