"""The tabs of Collecte in a browser: an address for each, kept when the page is asked again."""


def onglet_ouvert(onglet):
    return onglet.page.get_by_role("tab", selected=True).inner_text()


def ouvrir_onglet(onglet, nom, code):
    onglet.page.get_by_role("tab", name=nom).click()
    onglet.attendre(f"volet={code}")


def test_un_onglet_a_son_adresse_et_la_retrouve(onglet):
    onglet.ouvrir("collecte")
    assert onglet_ouvert(onglet) == "Qui a répondu"
    ouvrir_onglet(onglet, "Relancer", "relancer")
    assert "expéditeurs à relancer" in onglet.texte()
    onglet.page.reload()
    onglet.attendre("volet=relancer")
    assert onglet_ouvert(onglet) == "Relancer"
    onglet.choisir("Campagne", "2024", "annee=2024")
    assert onglet_ouvert(onglet) == "Relancer"
    ouvrir_onglet(onglet, "Qui a répondu", "reponses")
    assert "Compter par" in onglet.texte()


def test_tous_les_onglets_tiennent_sur_un_petit_projecteur(onglet):
    onglet.ouvrir("collecte")
    largeur = onglet.page.viewport_size["width"]
    for etiquette in onglet.page.get_by_role("tab").all():
        boite = etiquette.bounding_box()
        assert boite["x"] >= 0 and boite["x"] + boite["width"] <= largeur, etiquette.inner_text()


def test_la_couverture_se_lit_par_indicateur_sans_perdre_son_onglet(onglet):
    onglet.ouvrir("collecte?volet=couverture")
    onglet.page.get_by_role("radio", name="Indicateur").click()
    onglet.page.get_by_text("réponses connues").first.wait_for()
    onglet.attendre("volet=couverture")
    assert onglet_ouvert(onglet) == "Couverture"
