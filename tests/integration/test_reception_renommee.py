"""A file sent again under the name that its refusal advised: it is looked at, and its figures enter."""

import datetime as dt

import pytest

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from etl.reception import acceptation, constat, examen, lots

CAF = (
    "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
    "212310101;0;1581;2147;1295;85;92;109;29;370;59;44\n"
)
JOUR = dt.datetime(2026, 4, 1)


@pytest.fixture
def deposer(tmp_path):
    raw, depots, entrepot = tmp_path / "raw", tmp_path / "depots", tmp_path / "w.duckdb"
    raw.mkdir()
    (raw / "CAF par IRIS.csv").write_text(CAF, encoding="utf-8")
    construire((raw,), dossier_par_defaut(), entrepot)

    def _deposer(*noms):
        lots.deposer([(nom, CAF.encode()) for nom in noms], depots)
        lot = lots.en_attente(depots)[0]
        dates = {piece.nom: JOUR for piece in lot.pieces}
        lus = examen.examiner(lot, dates, dossier_par_defaut(), (raw,), entrepot).fichiers
        return lus, acceptation.accepter(lot, dates, raw, depots)

    return _deposer


def test_le_nom_conseille_fait_entrer_les_chiffres(deposer):
    lus, fait = deposer("caf_iris_2020.csv")
    assert lus["caf_iris_2020.csv"].etat == constat.CHARGE
    assert (fait.entres, fait.deja) == (("caf_iris_2020.csv",), ())
    lus, fait = deposer("caf_iris_2020.csv")
    assert lus["caf_iris_2020.csv"].etat == constat.DEJA
    assert (fait.entres, fait.deja) == ((), ("caf_iris_2020.csv",))


def test_un_autre_nom_qui_ne_dit_rien_de_plus_n_apporte_rien(deposer):
    lus, _ = deposer("CAF IRIS définitif.csv")
    assert lus["CAF IRIS définitif.csv"].etat == constat.REFUSE
