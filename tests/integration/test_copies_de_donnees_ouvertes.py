"""The same bytes under several names: the one that says its year counts; two years are not both believed."""

import pytest

from etl.construction import empreinte
from tests.exemples.bureau import Bureau

CAF = (
    "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
    "250560101;0;1581;2147;1295;85;92;109;29;370;59;44\n"
)


@pytest.fixture(autouse=True)
def programme(monkeypatch):
    """The code as the fingerprints see it: it does not change under a test that somebody edits it beside."""
    monkeypatch.setattr(empreinte, "_code", lambda suffixes: [("code", "etl/un.py", "1")])


@pytest.fixture
def bureau(tmp_path):
    bureau = Bureau(tmp_path, [])
    bureau.saisies.mkdir(exist_ok=True)
    return bureau


def _recevoir(bureau, nom, texte=CAF):
    chemin = bureau.raw / nom
    chemin.parent.mkdir(exist_ok=True)
    chemin.write_text(texte, encoding="utf-8")


def _allocataires(bureau):
    return bureau.lire(
        "SELECT annee, valeur, fichier FROM interne.observation"
        " WHERE variable_id = 'caf_allocataires' AND territoire_id = '250560101' ORDER BY ALL"
    )


def _statuts(bureau):
    return dict(bureau.lire("SELECT fichier, statut FROM interne.fichier"))


def _construire(bureau):
    bureau.construire()
    assert bureau.differences() == {}  # with the one built from everything


@pytest.mark.parametrize("muet", ["CAF par IRIS.csv", "zz.csv"])
def test_la_copie_bien_nommee_compte_ou_que_soit_l_autre(bureau, muet):
    _recevoir(bureau, muet)
    _construire(bureau)
    assert (_allocataires(bureau), _statuts(bureau)) == ([], {muet: "refuse"})
    _recevoir(bureau, "caf_iris_2020.csv")
    _construire(bureau)
    assert _allocataires(bureau) == [(2020, 1581.0, "caf_iris_2020.csv")]
    assert _statuts(bureau) == {"caf_iris_2020.csv": "accepte", muet: "remplace"}


def test_deux_annees_pour_un_contenu_n_en_donnent_aucune_et_c_est_dit(bureau):
    _recevoir(bureau, "2019/caf.csv")
    _construire(bureau)
    assert _allocataires(bureau) == [(2019, 1581.0, "2019/caf.csv")]
    _recevoir(bureau, "2020/caf.csv")
    _construire(bureau)
    assert (_allocataires(bureau), set(_statuts(bureau).values())) == ([], {"refuse"})
    messages = bureau.lire(
        "SELECT fichier, message FROM interne.anomalie WHERE regle = 'meme_contenu' ORDER BY 1"
    )
    assert [fichier for fichier, _ in messages] == ["2019/caf.csv", "2020/caf.csv"]
    assert all("tiennent exactement le même contenu" in message for _, message in messages)
    # the right file of 2020 comes: what was remembered of 2019 counts again
    _recevoir(bureau, "2020/caf.csv", CAF.replace("1581", "1600"))
    _construire(bureau)
    assert _allocataires(bureau) == [(2019, 1581.0, "2019/caf.csv"), (2020, 1600.0, "2020/caf.csv")]


def test_deux_noms_de_la_meme_annee_sont_un_seul_fichier(bureau):
    for nom in ("b_2020.csv", "2020/a.csv", "caf.csv"):
        _recevoir(bureau, nom)
    _construire(bureau)
    assert _statuts(bureau) == {"2020/a.csv": "accepte", "b_2020.csv": "remplace", "caf.csv": "remplace"}
    assert len(_allocataires(bureau)) == 1


def test_dans_n_importe_quel_ordre_la_suite_dit_ce_que_dit_le_tout(bureau):
    autre = CAF.replace("1581", "7")
    for nom, texte in (
        ("caf.csv", CAF),
        ("caf_2020.csv", CAF),
        ("2019/caf.csv", autre),
        ("2019/caf.csv", CAF),
    ):
        _recevoir(bureau, nom, texte)
        _construire(bureau)
    (bureau.raw / "caf_2020.csv").unlink()
    _construire(bureau)
    assert _allocataires(bureau) == [(2019, 1581.0, "2019/caf.csv")]
