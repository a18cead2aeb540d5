"""What the tests of pages share: each page opened through `dashboard.py`."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

RACINE = Path(__file__).parents[2]


class PageOuverte:
    """A page as its reader sees it: its words and tables, without the escapes of markdown."""

    def __init__(self, essai: AppTest):
        self.essai = essai
        assert not essai.exception

    @property
    def titre(self) -> str:
        return _lire(self.essai.title[0].value)

    @property
    def constats(self) -> list[str]:
        """The finding of each figure."""
        return [_lire(element.value) for element in self.essai.subheader]

    @property
    def mots(self) -> str:
        """Every sentence of the page."""
        genres = (self.essai.header, self.essai.subheader, self.essai.markdown, self.essai.info)
        return "\n".join(_lire(element.value) for genre in genres for element in genre)

    def tableau(self, colonne: str) -> list[dict[str, str]]:
        """The rows of the first table that has a column of that name."""
        for element in self.essai.table:
            if colonne in element.value.columns:
                return element.value.map(_lire).to_dict("records")
        raise AssertionError(f"aucun tableau n’a de colonne {colonne}")

    def cellules(self) -> str:
        """The text of every cell of every table."""
        return "\n".join(_lire(cellule) for t in self.essai.table for cellule in t.value.to_numpy().ravel())


def _lire(texte: str) -> str:
    return str(texte).replace("\\", "").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def ouvrir(monkeypatch, tmp_path):
    """`ouvrir(entrepot, "territoire/quartier", quartier="gresilles")`: the page, drawn."""

    def ouverte(entrepot: Path, page: str, **adresse: str) -> PageOuverte:
        monkeypatch.setenv("CTG_ENTREPOT", str(entrepot))
        monkeypatch.setenv("CTG_DEPOTS", str(tmp_path / "depots"))  # not what waits on this machine
        essai = AppTest.from_file(str(RACINE / "dashboard.py"), default_timeout=240)
        for cle, valeur in adresse.items():
            essai.query_params[cle] = valeur
        return PageOuverte(essai.switch_page(f"pages/{page}.py").run())

    return ouverte
