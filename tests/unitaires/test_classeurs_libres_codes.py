"""The codes that a spreadsheet damaged: repaired when nothing is to be guessed, else told."""

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs import ouvrir
from etl.classeurs_libres.description import ebauche
from etl.classeurs_libres.description.reperage import tableaux_de
from etl.classeurs_libres.mesures import mesures_connues
from tests.exemples.brouillon_accepte import accepter
from tests.exemples.classeur_libre import anomalies, ecrire, lire, valeurs

CONVENTION = charger(dossier_par_defaut())
SUIVI = [
    ["SIRET", "Adhérents"],
    [2123456700012, 412],  # its leading zero is lost
    ["42 123 456 700 012", 300],
    ["4,21235E+13", 90],
]
MODELE = """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [SIRET]}
annee: {valeur: 2025}
tableaux:
  - entete: [SIRET, Adhérents]
    colonnes:
      - entete: SIRET
        donne: structure
        chiffres: 14
        noms: {"02123456700012": archipel, "42123456700012": maison-phare}
      - {entete: Adhérents, donne: valeur, mesure: "v:adherents"}
"""


def test_un_zero_de_tete_est_rendu_et_un_code_perdu_est_dit(tmp_path):
    lecture = lire(ecrire(tmp_path / "s.xlsx", {"S": SUIVI}), MODELE)
    assert valeurs(lecture) == {("archipel", "B2"): 412, ("maison-phare", "B3"): 300}
    dites = {a.regle: a for a in anomalies(lecture)}
    assert set(dites) == {"code_repare", "code_perdu"}
    assert (dites["code_repare"].cellule, dites["code_perdu"].cellule) == ("A2", "A4")
    message = dites["code_perdu"].message.replace("\u00a0", " ")
    assert message.startswith("1 code comme « 4,21235E+13 » : le tableur n’en a gardé que le début")
    assert "Non chargé : ligne 4." in dites["code_perdu"].message


def test_l_ebauche_propose_les_codes_repares_sans_dire_de_qui_ils_sont(tmp_path):
    chemin = ecrire(tmp_path / "suivi_2025.xlsx", {"S": SUIVI})
    [feuille] = ouvrir(chemin).feuilles
    [repere] = tableaux_de(feuille)
    colonne, _ = ebauche.deviner_colonnes([feuille], repere, mesures_connues(CONVENTION, 2025), CONVENTION)
    assert (colonne.donne, colonne.chiffres) == ("structure", 14)
    assert colonne.libelles == ("02123456700012", "42123456700012")
    lu = accepter(ouvrir(chemin), chemin.name, {}, CONVENTION)
    assert (lu.justes, lu.fausses) == (0, {})
    assert "chiffres: 14" in lu.texte


def test_le_nom_d_une_structure_la_dit_mieux_que_son_code(tmp_path):
    lignes = [
        ["N° SIRET", "Centre", "Adhérents"],
        [2123456700012, "L’Archipel", 412],
        [1, "La Maison-Phare", 300],
    ]
    chemin = ecrire(tmp_path / "suivi_2025.xlsx", {"S": lignes})
    attendues = {
        ("archipel", 2025, "v:adherents", None): 412,
        ("maison-phare", 2025, "v:adherents", None): 300,
    }
    lu = accepter(ouvrir(chemin), chemin.name, attendues, CONVENTION)
    assert (lu.justes, lu.fausses) == (2, {})
