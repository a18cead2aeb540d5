"""The address says what is looked at: it reopens the same view, for somebody else too."""

import pytest

from tests.exemples.tableau_servi import PROJECTEUR, Onglet

CHOIX = "axe=PE&quartier=gresilles&annee=2024"


def choisis(onglet, *filtres):
    return [onglet.filtre(nom).input_value() for nom in filtres]


def test_une_adresse_recue_rouvre_la_meme_vue(onglet):
    onglet.ouvrir(f"synthese?{CHOIX}")
    assert choisis(onglet, "Axe", "Quartier", "Campagne") == ["Petite enfance", "Grésilles", "2024"]
    fiches = onglet.page.get_by_test_id("stMain").get_by_role("link", name="PE-")
    assert fiches.count() >= 5
    assert "EN-1" not in onglet.texte()
    assert "Campagne 2024" in onglet.texte()


def test_ce_qu_on_choisit_va_dans_l_adresse_et_se_relit_ailleurs(onglet, contexte):
    onglet.ouvrir("quartier")
    onglet.choisir("Quartier", "Fontaine d’Ouche", "quartier=fontaine-douche")
    onglet.choisir("Campagne", "2024", "annee=2024")
    lu = onglet.texte()
    autre = contexte.new_page()
    try:
        collegue = Onglet(autre, onglet.tableau)
        collegue.ouvrir(onglet.page.url.removeprefix(f"{onglet.tableau.url}/"))
        assert collegue.texte() == lu
    finally:
        autre.close()


INCONNUES = "axe=ZZ&quartier=%3Cscript%3E&annee=1789&fiche=XX-9&structure=nulle&indicateur=rien"


@pytest.mark.parametrize(
    "adresse", ["synthese", "fiche", "quartier", "structure", "indicateur", "exports", "collecte"]
)
def test_une_valeur_inconnue_est_ignoree(onglet, adresse):
    onglet.ouvrir(f"{adresse}?{INCONNUES}")
    assert onglet.page.get_by_test_id("stException").count() == 0
    choix = {filtre.input_value() for filtre in onglet.page.get_by_role("combobox").all()}
    assert not choix & {"", "ZZ", "1789", "XX-9", "nulle", "rien"}
    for inconnue in ("ZZ", "1789", "script>"):
        assert inconnue not in onglet.page.url
        assert inconnue not in onglet.texte()


def test_changer_de_page_garde_les_filtres(onglet):
    onglet.ouvrir(f"synthese?{CHOIX}")
    onglet.suivre(onglet.menu("Exports"), "/exports?")
    assert "Filtres retenus : année 2024 · axe : Petite enfance · quartier : Grésilles" in onglet.texte()
    onglet.suivre(onglet.menu("Collecte"), "/collecte?annee=2024")
    onglet.suivre(onglet.menu("Synthèse"), "quartier=gresilles")
    assert choisis(onglet, "Axe", "Quartier", "Campagne") == ["Petite enfance", "Grésilles", "2024"]


def test_le_bouton_precedent_rend_le_choix_precedent(onglet):
    onglet.ouvrir("quartier?quartier=gresilles&annee=2025")
    onglet.choisir("Quartier", "Université", "quartier=universite")
    onglet.page.go_back()
    onglet.attendre("quartier=gresilles")
    onglet.page.get_by_role("heading", name="Quartier Grésilles").wait_for()


def test_la_langue_du_navigateur_ne_change_rien(onglet, chromium):
    francais = chromium.new_context(locale="fr-FR", viewport=PROJECTEUR)
    try:
        en_france = Onglet(francais.new_page(), onglet.tableau)
        for adresse in ("synthese", "fiche?fiche=JE-1", "quartier?quartier=gresilles"):
            onglet.ouvrir(adresse)
            en_france.ouvrir(adresse)
            assert onglet.texte() == en_france.texte()
    finally:
        francais.close()


def test_un_lien_vers_la_page_ou_l_on_est_tient_au_geste_suivant(onglet):
    """« Corriger un de ces chiffres » stands in Collecte and leads to Collecte: the form stays open."""
    onglet.ouvrir("collecte?provenance=JE-1.1.1-a&annee=2025")
    onglet.suivre(onglet.page.get_by_role("link", name="Corriger un de ces chiffres"), "volet=decider")
    onglet.filtre("Structure ou fiche").click()
    onglet.page.get_by_role("option").last.click()
    onglet.attendre()
    assert onglet.page.get_by_role("tab", name="Décider", selected=True).count() == 1
    assert onglet.page.get_by_role("textbox", name="Nouvelle valeur").count() == 1

    onglet.ouvrir("quartier?annee=2025")
    onglet.suivre(
        onglet.page.get_by_test_id("stMain").get_by_role("link", name="Grésilles"), "quartier=gresilles"
    )
    onglet.choisir("Axe", "Jeunesse", "axe=JE")
    assert onglet.filtre("Quartier").input_value() == "Grésilles"
