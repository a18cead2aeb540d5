"""The head of the page Collecte: the bar of a build that runs, how the last one ended, what waits."""

import shutil

import pytest

from etl.construction import chantier, fraicheur
from pages.donnees import actualite
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE

DEBUT = "2026-11-21T08:00:00"


@pytest.fixture
def collecte(ouvrir, entrepots, monkeypatch):
    """The page, as if the last build stood so and the folders were or were not newer than the warehouse."""

    def page(etat, a_jour):
        actualite._comparer.clear()
        monkeypatch.setattr(chantier, "etat", lambda entrepot: etat)
        monkeypatch.setattr(fraicheur, "est_a_jour", lambda *lieux: a_jour)
        return ouvrir(entrepots(CONVENTION_SEULE), "donnees/collecte", volet="deposer")

    yield page
    actualite._comparer.clear()


def boutons(page):
    return [bouton.label for bouton in page.essai.button]


def test_a_jour_la_page_ne_dit_rien(collecte):
    page = collecte(None, True)
    assert "attendent d’être chargés" not in page.mots and "Charger maintenant" not in boutons(page)


def test_des_fichiers_plus_recents_que_les_chiffres_sont_dits_avec_le_geste(collecte):
    page = collecte(None, False)
    assert "Des fichiers ou des décisions attendent d’être chargés." in page.mots
    assert "Charger maintenant" in boutons(page)


def test_une_construction_en_cours_montre_son_etape_meme_apres_un_rechargement(collecte):
    page = collecte(chantier.Etat(DEBUT, "lecture", 12, 74, en_cours=True), False)
    (barre,) = page.essai.get("progress")
    assert "12 sur 74" in barre.proto.text and "Lecture des fichiers" in barre.proto.text
    assert 5 < barre.proto.value < 60
    assert "Charger maintenant" not in boutons(page)  # it is on its way


def test_un_echec_dit_sa_raison_et_que_rien_n_a_change(collecte):
    echec = chantier.Etat(DEBUT, issue=chantier.ECHEC, message="axes.csv, ligne 3 : identifiant répété.")
    page = collecte(echec, False)
    (erreur,) = page.essai.error
    assert "les chiffres n’ont pas changé" in erreur.value.replace("\u00a0", " ")
    assert "axes" in erreur.value
    assert "Charger maintenant" in boutons(page)


def test_une_construction_qui_ne_commence_pas_ne_laisse_rien_de_faux_a_l_ecran(collecte, monkeypatch):
    def arretee(entrepot):
        raise OSError("La reconstruction s’est arrêtée, ou tarde à commencer : la relancer.")

    page = collecte(None, False)
    monkeypatch.setattr(chantier, "lancer", arretee)
    (charger,) = [bouton for bouton in page.essai.button if bouton.label == "Charger maintenant"]
    charger.click().run()
    (erreur,) = page.essai.error
    assert erreur.value.startswith("Ce qui vient d’être fait est gardé, mais n’est pas encore chargé")
    assert "la relancer" in erreur.value.replace("\u00a0", " ")
    # the page goes on: it was left half drawn, on what stood before the gesture
    assert "Charger maintenant" in boutons(page)
    page.essai.run()
    assert not page.essai.error


def test_une_construction_tuee_est_dite(collecte):
    page = collecte(chantier.Etat(DEBUT, "publication"), False)
    (avis,) = page.essai.warning
    assert "interrompue" in avis.value


def test_finie_pendant_que_la_page_se_dessine_elle_montre_les_nouveaux_chiffres(
    ouvrir, entrepots, tmp_path, monkeypatch
):
    """A small campaign is built faster than a page is drawn: the page had opened the former warehouse."""
    chemin = shutil.copy(entrepots(CONVENTION_SEULE), tmp_path / "w.duckdb")
    monkeypatch.setattr(fraicheur, "est_a_jour", lambda *lieux: True)
    monkeypatch.setattr(chantier, "etat", lambda entrepot: chantier.Etat(DEBUT, en_cours=True))
    page = ouvrir(chemin, "donnees/collecte", volet="reponses", annee="2025")
    assert "Données fictives" not in page.mots

    def finir(entrepot):
        if not (fini := tmp_path / "fini").exists():
            fini.touch()
            shutil.copy(entrepots("premiere-campagne"), tmp_path / "nouveau")
            (tmp_path / "nouveau").replace(chemin)
        return chantier.Etat(DEBUT, issue=chantier.CONSTRUIT, formulaires=20)

    monkeypatch.setattr(chantier, "etat", finir)
    page.essai.run()
    assert "Toutes les pages sont à jour" in page.essai.success[0].value
    assert "Données fictives" in page.mots


@pytest.mark.parametrize("etape", list(chantier.ETAPES))
def test_la_barre_n_atteint_son_bout_qu_a_l_issue(etape):
    etats = [chantier.Etat(DEBUT, etape, fait, 10) for fait in range(11)]
    parts = [etat.part for etat in etats]
    assert parts == sorted(parts) and parts[0] >= 0 and parts[-1] <= 1
    assert chantier.Etat(DEBUT, issue=chantier.CONSTRUIT).part == 1
