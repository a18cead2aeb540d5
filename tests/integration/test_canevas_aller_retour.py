"""Random answers are written, rows and sheets are shuffled, and all is read back at its new address."""

import datetime as dt
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.grammaire import ETATS_AVANCEMENT, SANS_OBJET, Cle
from etl.canevas.lecture.classeur import lire
from etl.canevas.lecture.reconnaissance import reconnaitre
from etl.canevas.plan import lignes, plan_fiche, plan_structure
from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.reponse.nombres import Nature
from tests.exemples.formulaire_rempli import adresse_de, formulaire_de

REFERENTIEL = charger(dossier_par_defaut())
REPONDANTS = ("verriere-enchantee", "maison-maladiere", "periscolaire-dijon", "PE-1", "EN-2", "JE-2")
_CARACTERES = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
_TEXTE = st.text(_CARACTERES | st.just("\n"), min_size=1, max_size=60).filter(lambda texte: texte.strip())
_MONTANT = st.integers(-(10**7), 10**7) | st.floats(-1e6, 1e6).map(lambda montant: round(montant, 2))
VALEURS = {
    Nature.ENTIER: st.integers(0, 10**6),
    Nature.DECIMAL: st.integers(0, 10**6).map(lambda centiemes: centiemes / 100),
    Nature.MONTANT: _MONTANT,
    Nature.POURCENTAGE: st.integers(0, 1000).map(lambda dixiemes: dixiemes / 10),
    Nature.NIVEAU: st.integers(1, 4),
    Nature.DATE: st.dates(dt.date(2015, 1, 1), dt.date(2040, 1, 1)),
    Nature.ETAT: st.sampled_from(ETATS_AVANCEMENT),
    Nature.TEXTE: _TEXTE,
}


def demandes(repondant_id):
    if repondant_id in REFERENTIEL.fiches:
        return lignes(plan_fiche(REFERENTIEL, repondant_id))
    return lignes(plan_structure(REFERENTIEL, REFERENTIEL.structures[repondant_id], 2025))


@st.composite
def formulaires_remplis(draw):
    repondant_id = draw(st.sampled_from(REPONDANTS))
    cases = [
        ((cle, code), nature)
        for cle, ligne in demandes(repondant_id).items()
        for code, nature in zip(ligne.codes, ligne.natures, strict=True)
    ]
    choisies = draw(st.lists(st.sampled_from(cases), min_size=1, max_size=25, unique_by=lambda case: case[0]))
    reponses = {case: draw(st.just(SANS_OBJET) | VALEURS[nature]) for case, nature in choisies}
    return repondant_id, reponses, draw(st.randoms(use_true_random=False))


def melanger(chemin: Path, hasard: random.Random) -> Worksheet:
    """Shuffle the rows of the form and the sheets of the workbook, in place; returns the form."""
    classeur = load_workbook(chemin)
    feuille = formulaire_de(classeur)
    for fusion in list(feuille.merged_cells.ranges):
        feuille.unmerge_cells(str(fusion))
    rangees = [[(c.value, c.number_format) for c in rangee] for rangee in feuille.iter_rows()]
    hasard.shuffle(rangees)
    for rangee, cellules in zip(rangees, feuille.iter_rows(), strict=True):
        for (valeur, format_), cellule in zip(rangee, cellules, strict=True):
            cellule.value, cellule.number_format = valeur, format_
            if isinstance(valeur, str):
                cellule.data_type = "s"
    for dimension in feuille.row_dimensions.values():  # else an answer may come where nobody sees it
        dimension.hidden = False
    for nom in list(classeur.sheetnames):
        classeur.move_sheet(nom, hasard.randint(-2, 2))
    classeur.save(chemin)
    return feuille


def rendu(cellule):
    """What a read cell says, in the terms of what was written."""
    if cellule.etat == "sans_objet":
        return SANS_OBJET
    return cellule.valeur if cellule.texte is None else cellule.texte


def ecrit(valeur):
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    return valeur.strip() if isinstance(valeur, str) else pytest.approx(valeur, abs=1e-9)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulaires_remplis())
def test_les_reponses_survivent_au_desordre(formulaire_rempli):
    repondant_id, reponses, hasard = formulaire_rempli
    with tempfile.TemporaryDirectory() as dossier:
        (chemin,) = ecrire(REFERENTIEL, 2025, Path(dossier), reponses={repondant_id: reponses}, fictif=True)
        feuille = melanger(chemin, hasard)
        assert reconnaitre(chemin)
        lecture = lire(chemin, REFERENTIEL)
    (lu,) = lecture.formulaires
    assert (lu.repondant_id, lu.annee, lu.fictif) == (repondant_id, 2025, True)
    assert {a.regle for a in (*lecture.anomalies, *lu.anomalies)} <= {"texte_a_relire"}
    lues = {(str(Cle(*cellule[:5])), cellule.code): cellule for cellule in lu.cellules}
    attendues = {(cle, code) for cle, ligne in demandes(repondant_id).items() for code in ligne.codes}
    assert set(lues) == attendues
    for case, cellule in lues.items():
        assert cellule.adresse == adresse_de(feuille, *case)
        if case in reponses:
            assert rendu(cellule) == ecrit(reponses[case])
        else:
            assert cellule.etat == "manquant"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_un_fichier_abime_est_dit_jamais_subi(degats):
    with tempfile.TemporaryDirectory() as dossier:
        (chemin,) = ecrire(REFERENTIEL, 2025, Path(dossier), structure="laep-amarine")
        octets = bytearray(chemin.read_bytes())
        for place, valeur in degats:
            octets[place % len(octets)] = valeur
        chemin.write_bytes(octets)
        assert reconnaitre(chemin) in (True, False)
        lecture = lire(chemin, REFERENTIEL)
    assert lecture.formulaires or lecture.anomalies


def test_une_reponse_sans_case_est_dite(tmp_path):
    with pytest.raises(ValueError, match="PE-9.9.9"):
        ecrire(REFERENTIEL, 2025, tmp_path, reponses={"verriere-enchantee": {("i:PE-9.9.9-a", "valeur"): 1}})


def test_un_identifiant_inconnu_est_dit(tmp_path):
    with pytest.raises(KeyError):
        ecrire(REFERENTIEL, 2025, tmp_path, structure="atlantide")


def test_ecrire_deux_fois_donne_les_memes_octets(tmp_path):
    ecrits = [ecrire(REFERENTIEL, 2025, tmp_path / nom, structure="verriere-enchantee") for nom in "ab"]
    (un,), (autre,) = ecrits
    assert un.read_bytes() == autre.read_bytes()


def test_la_date_de_saisie_et_le_rappel(tmp_path):
    precedents = {("verriere-enchantee", "i:PE-2.0.2-b"): 1234.0, ("maison-maladiere", "v:familles"): 5.0}
    (chemin,) = ecrire(
        REFERENTIEL,
        2025,
        tmp_path,
        structure="verriere-enchantee",
        precedents=precedents,
        rempli_le=dt.date(2026, 5, 4),
    )
    (lu,) = lire(chemin, REFERENTIEL).formulaires
    assert lu.rempli_le == dt.date(2026, 5, 4)
    feuille = formulaire_de(load_workbook(chemin))
    rappels = [c.value for c in feuille["E"] if c.value is not None and c.protection.locked]
    assert "1\u202f234" in rappels
