"""The dates of reception, as people write them down."""

import datetime as dt

import pytest

from etl.inventaire import ReceptionsIllisibles, inventorier


def deposer(dossier, receptions: bytes):
    """One received file, and the table of receptions given."""
    (dossier / "réponse.xlsx").write_bytes(b"contenu")
    (dossier / "receptions.csv").write_bytes(receptions)


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("date", ["2026-07-12", "12/07/2026"])
def test_une_date_de_reception_se_lit_comme_un_tableur_l_enregistre(tmp_path, encodage, date):
    deposer(tmp_path, f"fichier;recu_le\r\nréponse.xlsx;{date}\r\n".encode(encodage))
    (recu,) = inventorier(tmp_path)
    assert recu.recu_le == dt.datetime(2026, 7, 12)


@pytest.mark.parametrize(
    ("receptions", "dit"),
    [
        (b"fichier,recu_le\nreponse.xlsx,2026-07-12\n", "séparées par"),
        (b"fichier;date\nreponse.xlsx;2026-07-12\n", "recu_le"),
        (b"fichier;recu_le\nreponse.xlsx;hier\n", "ligne 2"),
        (b"fichier;recu_le\n\x81\x8d.xlsx;2026-07-12\n", "UTF-8"),
    ],
)
def test_une_table_des_receptions_illisible_n_est_jamais_ignoree(tmp_path, receptions, dit):
    deposer(tmp_path, receptions)
    with pytest.raises(ReceptionsIllisibles, match=dit):
        inventorier(tmp_path)


def test_une_table_des_receptions_vide_ne_dit_rien(tmp_path):
    deposer(tmp_path, b"")
    (recu,) = inventorier(tmp_path)
    assert recu.recu_le is None
