"""What an officer or a spreadsheet makes of a register: read back as written, or refused before it is."""

import pytest

from etl.saisies import SaisieRefusee, ajouter, lire

CORRECTION = {
    "fonction": "coordination",
    "raison": "Dit au téléphone",
    "repondant_id": "creche-princes-de-conde",
    "annee": "2025",
    "cle": "i:PE-2.0.2-b",  # children admitted
    "code": "valeur",
    "ancienne": "",
    "nouvelle": "12",
}


def relire(dossier):
    lecture = lire("valeurs", dossier=dossier)
    assert lecture.erreurs == ()
    return [ligne.champs for ligne in lecture.lignes]


def test_un_registre_qu_excel_a_vide_reprend_son_en_tete(tmp_path):
    (tmp_path / "valeurs.csv").write_bytes(b"\xef\xbb\xbf")
    ajouter("valeurs", CORRECTION, dossier=tmp_path)
    assert [x["nouvelle"] for x in relire(tmp_path)] == ["12"]


def test_un_registre_enregistre_par_excel_se_lit_et_se_continue(tmp_path):
    ajouter("valeurs", CORRECTION, dossier=tmp_path)
    texte = (tmp_path / "valeurs.csv").read_text(encoding="utf-8")
    (tmp_path / "valeurs.csv").write_bytes(texte.replace("\n", "\r\n").encode("utf-8-sig"))
    ajouter("valeurs", CORRECTION | {"nouvelle": "13"}, dossier=tmp_path)
    assert [x["nouvelle"] for x in relire(tmp_path)] == ["12", "13"]


@pytest.mark.parametrize("longueur", [2_001, 200_000])
def test_une_raison_demesuree_est_refusee_avant_d_etre_ecrite(longueur, tmp_path):
    """Over 131 072 characters, it was written, then never read again."""
    with pytest.raises(SaisieRefusee, match="la raison : .* caractères, pour 2.000 au plus"):
        ajouter("valeurs", CORRECTION | {"raison": "z" * longueur}, dossier=tmp_path)
    assert not (tmp_path / "valeurs.csv").exists()
    ajouter("valeurs", CORRECTION | {"raison": "z" * 2_000}, dossier=tmp_path)
    assert len(relire(tmp_path)) == 1


def test_ce_qui_renverse_ou_cache_un_texte_n_entre_pas_au_registre(tmp_path):
    ajouter(
        "valeurs",
        CORRECTION | {"raison": "Dit\u202e au\x00 télé\x1b[31mphone\u2066\n; ici"},
        dossier=tmp_path,
    )
    assert [x["raison"] for x in relire(tmp_path)] == ["Dit au télé[31mphone ; ici"]


@pytest.mark.parametrize("raison", ["3 et non 4, erreur de frappe", "Il y en avait 3", "C’est 4."])
def test_la_raison_ne_dit_pas_le_petit_effectif_qu_elle_explique(raison, tmp_path):
    petite = CORRECTION | {"ancienne": "4", "nouvelle": "3", "raison": raison}
    with pytest.raises(SaisieRefusee, match="sans le nombre"):
        ajouter("valeurs", petite, dossier=tmp_path)


@pytest.mark.parametrize(
    "raison", ["Erreur de frappe, page 2", "Le 13 mars, au téléphone", "T3 oublié", "3,5 ETP"]
)
def test_un_autre_nombre_dans_la_raison_n_empeche_rien(raison, tmp_path):
    ajouter("valeurs", CORRECTION | {"ancienne": "4", "nouvelle": "3", "raison": raison}, dossier=tmp_path)
    ajouter(
        "valeurs",
        CORRECTION | {"ancienne": "40", "nouvelle": "30", "raison": "30 et non 40"},
        dossier=tmp_path,
    )
    assert len(relire(tmp_path)) == 2


@pytest.mark.parametrize(
    "glissee",
    [
        {"code": "3", "nouvelle": "valeur"},
        {"fictif": "3"},
        {"annee": "3"},
        {"cle": "3"},
        {"le": "3"},
        {"code": "3,0"},
    ],
)
def test_une_ligne_dont_les_cases_ont_glisse_ne_dit_pas_l_effectif(glissee, tmp_path):
    with pytest.raises(SaisieRefusee) as refus:
        ajouter("valeurs", CORRECTION | glissee, dossier=tmp_path)
    assert "3" not in str(refus.value)
