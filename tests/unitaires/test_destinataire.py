"""What a structure is told: its own words, nothing of our tools, nothing a mail would say wrong."""

import re

import pytest

from ctg.destinataire import dire, montrer
from etl.canevas.phrases.regles import REGLES
from etl.classeurs.refus import PHRASES
from etl.classeurs_libres.regles import REGLES as REGLES_LIBRES
from etl.controles.controle import controles

TOUTES = {
    **{regle: phrase.phrase for regle, phrase in (REGLES | REGLES_LIBRES).items()},
    **PHRASES,
    **{controle.regle: controle.message for controle in controles()},
}
# words of our code, our screens and our files
JARGON = re.compile(
    r"correspondance|\bYAML\b|Collecte|« Décider »|\w\.(?:csv|yml|md)\b|« [a-z]+_[a-z_]+ »|repetition"
    r"|référentiel, |« donne|modele"
)


@pytest.mark.parametrize(
    ("message", "attendu"),
    [
        ("Corrigez le fichier, ou la correspondance « x ».", "Corrigez le fichier."),
        (
            "Le libellé n’est pas reconnu. Ajoutez ce libellé à la table « noms » de la correspondance « x »"
            ", ou corrigez-le dans le fichier.",
            "Le libellé n’est pas reconnu. Corrigez-le dans le fichier.",
        ),
        (
            "Rien n’en est chargé. Corrigez le fichier, ou déclarez « repetition: additionner ».",
            "Rien n’en est chargé. Corrigez le fichier.",
        ),
        (
            "Confirmez qu’elles sont à jour, ou nommez-la dans « feuilles_ignorees ».",
            "Confirmez qu’elles sont à jour.",
        ),
        ("Aucune correspondance ne les décrit. Renvoyez le canevas.", None),
        (
            "« x » : le texte lu (non montré : petit effectif possible) n’est pas un nombre. Les autres "
            "réponses sont chargées.",
            "« x » : le texte écrit n’est pas un nombre.",
        ),
        (
            "Les repères cachés de « Familles » ont été modifiés (« total » au lieu de « valeur ») : ses "
            "réponses ne sont pas chargées. Recopiez-les dans un canevas neuf.",
            "Les repères cachés de « Familles » ont été modifiés : ses réponses ne sont pas chargées. "
            "Donnez-les-nous en répondant à notre message.",
        ),
        ("« 12. 5 » n’est pas un nombre. On attend 30.", "« 12. 5 » n’est pas un nombre. On attend 30."),
    ],
)
def test_ce_que_la_structure_ne_peut_pas_faire_est_retire(message, attendu):
    assert dire("une_regle", message) == attendu


@pytest.mark.parametrize("regle", sorted(TOUTES))
def test_aucune_phrase_envoyee_ne_parle_a_la_coordination(regle):
    dit = dire(regle, TOUTES[regle])
    assert dit is None or not JARGON.search(re.sub(r"\{\w+\}", "…", dit)), dit
    assert dit is None or "Les autres réponses sont chargées" not in dit


def test_ce_que_lui_seul_peut_corriger_lui_est_toujours_dit():
    """The coordination may always write a declaration; the sender may correct its own file."""
    for regle in ("valeur_repetee", "libelle_inconnu", "libelle_absent", "colonne_absente", "tableau_absent"):
        assert dire(regle, REGLES_LIBRES[regle].phrase) is not None, regle


def test_ce_que_la_structure_a_ecrit_n_est_pas_pris_pour_nos_mots():
    message = "« Familles » : « voir data/x.csv » n’est pas un nombre."
    assert dire("nombre_illisible", message) is None
    assert dire("nombre_illisible", message, "voir data/x.csv") == message


def test_ce_qui_n_est_pas_montre_se_lit_dans_la_cellule():
    assert montrer("(non montré : petit effectif possible)") == "voir la cellule"
    assert montrer("12 à 15") == "12 à 15"
    assert montrer(None) is None


@pytest.mark.parametrize(
    "regle", ["codes_modifies", "libelle_d_une_autre", "libelle_ecrase", "ligne_ambigue"]
)
def test_une_ligne_seule_ne_se_renvoie_pas_dans_un_canevas(regle):
    """A blank form with one answer would replace the whole report."""
    dit = dire(regle, REGLES[regle].phrase)
    assert dit.endswith("en répondant à notre message.")
    assert "anevas neuf" not in dit and "canevas envoyé" not in dit
