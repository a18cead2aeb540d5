"""A file that comes in several pieces: glued only when they prove to be of one version."""

import pytest

from etl.telechargement.collecte import TELECHARGE
from tests.exemples.chercheur import BON, ENTIER, REVU
from tests.exemples.serveur_capricieux import serveur

pytestmark = pytest.mark.usefixtures("sans_mandataire")


def test_les_plages_suivantes_sont_demandees_sans_attendre(chercher):
    attentes = []
    with serveur(lambda d: d.envoyer_par_plages(ENTIER, 2000, ETag='"v1"')) as s:
        chercher(s.adresse, attentes=attentes)
    plages = [entetes.get("Range") for _, entetes in s.demandes]
    assert plages == [None, *(f"bytes={debut}-" for debut in range(2000, len(ENTIER), 2000))]
    assert attentes == [1]  # after the first answer, which was cut


VERSIONS = {
    "une autre étiquette": {"ETag": '"v2"'},
    "une étiquette faible": {"ETag": 'W/"v1"'},
    "aucune étiquette": {},
}


@pytest.mark.parametrize("version", VERSIONS)
def test_la_suite_d_une_autre_version_n_est_pas_recollee(chercher, version):
    def repondre(d):
        if d.numero == 1:
            d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"v1"')
        elif d.headers.get("Range"):
            contenu = f"bytes 100-{len(REVU) - 1}/{len(REVU)}"
            d.envoyer(206, REVU[100:], Content_Range=contenu, **VERSIONS[version])
        else:
            d.envoyer(200, REVU)

    with serveur(repondre) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert chercher.place.read_bytes() == REVU


FIN, TOTAL = len(ENTIER) - 1, len(ENTIER)
MENSONGES = {
    "un autre tout, plus long, entier": (
        f"bytes 100-{FIN + 60}/{TOTAL + 60}",
        (ENTIER + BON)[100 : TOTAL + 60],
    ),
    "un autre tout, plus court, entier": (f"bytes 100-{FIN - 37}/{TOTAL - 37}", ENTIER[100:-37]),
    "commence avant": (f"bytes 90-{FIN}/{TOTAL}", ENTIER[90:]),
    "commence après": (f"bytes 110-{FIN}/{TOTAL}", ENTIER[110:]),
    "finit avant de commencer": (f"bytes 100-99/{TOTAL}", b""),
    "finit après la fin": (f"bytes 100-{TOTAL}/{TOTAL}", (ENTIER + BON)[100 : TOTAL + 1]),
    "annonce moins qu’elle n’apporte": (f"bytes 100-110/{TOTAL}", ENTIER[100:]),
    "annonce plus qu’elle n’apporte": (f"bytes 100-{FIN}/{TOTAL}", ENTIER[100:-20]),
    "autre unité": (f"octets 100-{FIN}/{TOTAL}", ENTIER[100:]),
    "rien": ("", ENTIER[100:]),
}


@pytest.mark.parametrize("mensonge", MENSONGES)
def test_une_plage_qui_ment_n_est_pas_recollee(chercher, mensonge):
    contenu, corps = MENSONGES[mensonge]

    def repondre(d):
        if d.numero == 1:
            d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"v1"')
        elif d.headers.get("Range"):
            d.envoyer(206, corps, ETag='"v1"', Content_Range=contenu)
        else:
            d.envoyer(200, REVU)

    with serveur(repondre) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert len(s.demandes) == 3  # what was begun is left at once
    assert chercher.place.read_bytes() == REVU


def test_une_plage_compressee_n_est_pas_recollee(chercher):
    def repondre(d):
        if d.numero == 1:
            d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"v1"')
        elif d.headers.get("Range"):
            contenu = f"bytes 100-{FIN}/{TOTAL}"
            d.envoyer(206, ENTIER[100:], ETag='"v1"', Content_Range=contenu, Content_Encoding="gzip")
        else:
            d.envoyer(200, REVU)

    with serveur(repondre) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert (len(s.demandes), chercher.place.read_bytes()) == (3, REVU)


@pytest.mark.parametrize(
    ("ecart", "reprise"), [(-500, f"bytes={len(ENTIER) - 500}-"), (len(BON), None)], ids=["moins", "plus"]
)
def test_une_plage_sans_longueur_donne_ce_qu_elle_dit_ou_n_est_pas_gardee(chercher, ecart, reprise):
    """Less than said is continued; more than said is not what was said: all is asked again."""

    def repondre(d):
        if d.numero == 1:
            d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"v1"')
        elif d.numero == 2:
            contenu = f"bytes 100-{len(ENTIER) - 1}/{len(ENTIER)}"
            donne = (ENTIER + BON)[100 : len(ENTIER) + ecart]
            d.envoyer_sans_longueur(donne, 206, ETag='"v1"', Content_Range=contenu)
        else:
            d.envoyer_plage(ENTIER, '"v1"')

    with serveur(repondre) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert s.demandes[2][1].get("Range") == reprise
    assert chercher.place.read_bytes() == ENTIER


def test_deux_serveurs_peuvent_donner_la_meme_etiquette_a_deux_fichiers(chercher):
    with (
        serveur(lambda d: d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"1"')) as premier,
        serveur(lambda d: d.envoyer_plage(REVU, '"1"')) as second,
        serveur(lambda d: d.envoyer(302, Location=(premier if d.numero == 1 else second).adresse)) as s,
    ):
        assert chercher(s.adresse).issue == TELECHARGE
    assert [demande[1].get("Range") for demande in second.demandes] == ["bytes=100-", None]
    assert chercher.place.read_bytes() == REVU


def test_une_date_de_la_seconde_ne_prouve_rien(chercher):
    """The file may change again in the second it was served in: its rest is not asked."""
    jour = "Mon, 01 Jun 2026 10:00:00 GMT"
    with serveur(lambda d: d.envoyer_date(ENTIER[:100] if d.numero == 1 else ENTIER, len(ENTIER), jour)) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert "Range" not in s.demandes[1][1]


def test_un_temoin_abime_ne_fait_rien_continuer(chercher):
    with serveur(lambda d: d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"v1"')) as s:
        chercher(s.adresse)
    (chercher.partiels / f"{chercher.place.name}.version").write_text('"v1"', encoding="utf-8")
    with serveur(lambda d: d.envoyer_plage(ENTIER, '"v1"')) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert "Range" not in s.demandes[0][1]
    assert chercher.place.read_bytes() == ENTIER


def test_ce_qui_ne_peut_pas_etre_continue_ne_reste_pas(chercher):
    with serveur(lambda d: d.envoyer(200, ENTIER[:100], longueur=len(ENTIER))) as s:
        resultat = chercher(s.adresse)
    assert "il reprendra" not in resultat.message
    assert chercher.restes() == []
    with serveur(lambda d: d.envoyer(200, ENTIER[:100], longueur=len(ENTIER), ETag='"v1"')) as s:
        assert "Relancez plus tard : il reprendra où il s’est arrêté." in chercher(s.adresse).message
    assert chercher.restes() == [chercher.place.name, f"{chercher.place.name}.version"]
