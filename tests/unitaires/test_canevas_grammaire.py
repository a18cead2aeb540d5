"""The words of the grammar: keys, addresses, names of sheets, values that are no number, free texts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from etl.adresse import adresse, lettres, numero
from etl.canevas.grammaire import Cle, analyser_cle, normaliser
from etl.canevas.noms_feuilles import noms_de_feuilles
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.canevas.reponse.valeurs import Valeur, lire_date, lire_valeur
from etl.classeurs import Calcul
from etl.classeurs.calculs import cellules_trompeuses

_MOT = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True)


@given(st.sampled_from("ictv"), _MOT, st.none() | _MOT, st.none() | st.tuples(_MOT, _MOT))
def test_une_cle_ecrite_se_relit(rubrique, objet, quartier, detail):
    cle = Cle(rubrique, objet, quartier, *((not quartier and detail) or (None, None)))
    assert analyser_cle(str(cle)) == cle


@pytest.mark.parametrize(
    "texte", ["", "i:", "x:PE-1", "i:PE-1@", "i:PE-1#age", "i:PE-1@a#b=c", "m:annee", "s"]
)
def test_ce_qui_n_est_pas_une_cle(texte):
    assert analyser_cle(texte) is None


@given(st.integers(0, 9998), st.integers(0, 701))
def test_l_adresse_est_celle_du_tableur(ligne, colonne):
    assert adresse(ligne, colonne) == f"{get_column_letter(colonne + 1)}{ligne + 1}"
    assert numero(lettres(colonne)) == colonne


def test_normaliser_oublie_casse_espaces_et_apostrophes():
    assert normaliser("  L\u2019Essentiel-le\u00a0 ") == normaliser("l'ESSENTIEL-LE")
    assert normaliser("Crèche") != normaliser("Creche")


def test_les_noms_de_feuilles_tiennent_et_different():
    noms = ["Multi-accueil Fontaine d’Ouche Le Lac", "Multi-accueil Fontaine d’Ouche Le Ruisseau"]
    assert noms_de_feuilles(noms) == ["Fontaine d’Ouche Le Lac", "Fontaine d’Ouche Le Ruisseau"]
    longs = noms_de_feuilles(["Centre [social] : " + "x" * 40] * 11)
    assert len(set(longs)) == 11
    assert all(len(nom) <= 31 and not set("[]:*?/\\") & set(nom) for nom in longs)


def _lu(texte):
    return Valeur(None, texte, "valeur")


@pytest.mark.parametrize(
    ("lu", "nature", "attendu"),
    [
        ("", Nature.ENTIER, Valeur(None, None, "manquant")),
        (" \u00a0", Nature.TEXTE, Valeur(None, None, "manquant")),
        ("S.O.", Nature.ENTIER, Valeur(None, None, "sans_objet")),
        ("sans objet", Nature.DATE, Valeur(None, None, "sans_objet")),
        ("sans objet", Nature.TEXTE, Valeur(None, None, "sans_objet")),
        (dt.date(2026, 3, 15), Nature.DATE, _lu("2026-03-15")),
        (dt.datetime(2026, 3, 15, 12), Nature.DATE, _lu("2026-03-15")),
        ("15/03/2026", Nature.DATE, Valeur(None, "2026-03-15", "valeur", "date_en_texte")),
        ("2026-03-15", Nature.DATE, Valeur(None, "2026-03-15", "valeur", "date_en_texte")),
        ("31/02/2026", Nature.DATE, Valeur(None, None, "refuse", "date_illisible")),
        ("mars 2026", Nature.DATE, Valeur(None, None, "refuse", "date_illisible")),
        (2026.0, Nature.DATE, Valeur(None, None, "refuse", "date_illisible")),
        ("RÉALISÉ ", Nature.ETAT, _lu("Réalisé")),
        ("fini", Nature.ETAT, Valeur(None, None, "refuse", "etat_inconnu")),
        (12.0, Nature.TEXTE, _lu("12")),
        (12.5, Nature.TEXTE, _lu("12,5")),
        (dt.date(2026, 3, 15), Nature.TEXTE, _lu("15/03/2026")),
        ("=1+1", Nature.TEXTE, _lu("=1+1")),
    ],
)
def test_ce_que_dit_une_case(lu, nature, attendu):
    assert lire_valeur(lu, nature) == attendu


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_une_date_francaise_se_relit(date):
    assert lire_date(date.strftime("%d/%m/%Y")) == date


@pytest.mark.parametrize(
    ("texte", "motif"),
    [
        ("écrire à accueil@exemple.fr", "une adresse électronique"),
        ("au 03 80 12 34 56", "un numéro de téléphone"),
        ("+33 6.12.34.56.78", "un numéro de téléphone"),
        ("merci à Mme Durand", "le nom d’une personne"),
        ("avec M. Élie", "le nom d’une personne"),
        ("un enfant épileptique", "un élément de santé"),
        ("dossier MDPH en cours", "un élément de santé"),
        ("accueil de 2 enfants handicapés", "un petit nombre de personnes fragiles"),
        ("Deux jeunes en situation de handicap", "un petit nombre de personnes fragiles"),
        ("3 familles monoparentales aidées", "un petit nombre de personnes fragiles"),
        ("une mère isolée, hébergée à l’hôtel", "un petit nombre de personnes fragiles"),
        ("4 jeunes réfugiés", "un petit nombre de personnes fragiles"),
        ("au 12 allée de Grenoble", "une adresse postale"),
        ("12 bis, rue Monge", "une adresse postale"),
        ("3 place Darcy", "une adresse postale"),
        ("5, bd de Strasbourg", "une adresse postale"),
    ],
)
def test_ce_qui_demande_une_relecture(texte, motif):
    assert motifs_a_relire(texte) == (motif,)


@pytest.mark.parametrize(
    "texte",
    [
        *("120 familles, 3 080 visites", "la Maison de quartier", "Madame, Monsieur", "le 12/05/2025 à 14 h"),
        *("12 enfants handicapés", "1 003 familles monoparentales", "3 places pour des enfants handicapés"),
        *("2 cours d’alphabétisation", "12 places de crèche", "en 2025 rue Monge", "3 route du projet"),
        *(
            "les familles monoparentales",
            "une formation au handicap",
            "2 jeunes. Le handicap reste à travailler",
        ),
    ],
)
def test_ce_qui_se_publie_sans_relecture(texte):
    assert motifs_a_relire(texte) == ()


def test_les_cellules_qu_un_lecteur_rapide_perd():
    xml = b"""<x:worksheet xmlns:x="u"><x:sheetData>
      <x:row r="3"><x:c r="B3" t="e"><x:v>#N/A</x:v></x:c><x:c r="C3"><x:f>A1+1</x:f><x:v/></x:c>
        <x:c r="D3"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>
      <x:row><x:c/><x:c><x:f>Z1</x:f></x:c></x:row></x:sheetData></x:worksheet>"""
    assert cellules_trompeuses(xml) == {
        (2, 1): Calcul(None, "#N/A"),
        (2, 2): Calcul("=A1+1", None),
        (3, 1): Calcul("=Z1", None),
    }
    vrai_ou_faux = b'<s><row><c t="b"><v>1</v></c><c t="b"><v>TRUE</v></c><c t="b"><v>oui</v></c></row></s>'
    assert cellules_trompeuses(vrai_ou_faux) == {(0, 2): Calcul(None, "oui")}
    assert cellules_trompeuses(b'<worksheet><formula1>A1</formula1><c t="s"/></worksheet>') == {}
