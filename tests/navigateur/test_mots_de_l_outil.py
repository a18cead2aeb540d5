"""What Streamlit itself writes once somebody acts: the size of a file, the choices of a list, the menu."""

from tests.exemples.entrepots_fictifs import SCENARIOS
from tests.exemples.tableau_servi import Onglet

MOTS = """() => [...document.querySelectorAll('[aria-label]')].map(el => el.getAttribute('aria-label'))
  .concat([...document.querySelectorAll('[role=log] div')].map(el => el.textContent)).join('\\n')"""


def test_ce_que_l_outil_ajoute_est_en_francais(page, tableaux):
    onglet = Onglet(page, tableaux(SCENARIOS[0]))
    onglet.ouvrir("collecte?volet=decrire")
    octets = b"Nom;Enfants\r\n" + b"Archipel;12\r\n" * 100
    page.locator("input[type=file]").set_input_files(
        {"name": "suivi.csv", "mimeType": "text/csv", "buffer": octets}
    )
    page.get_by_text("1,3\u202fKo").wait_for()
    page.get_by_role("combobox").first.click()
    page.wait_for_function(f"() => ({MOTS})().includes('Choix possibles : ')")
    page.keyboard.press("Escape")
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    page.wait_for_function(f"() => ({MOTS})().includes('Copier la version')")
    mots = page.evaluate(MOTS)
    assert not [mot for mot in ("available", "Dismiss", "clipboard", "KB") if mot in mots]
