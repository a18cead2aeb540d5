"""An archive that opens and is not whole, or holds something else."""

import io
import zipfile

import pytest

from etl.telechargement.collecte import REFUSE, TELECHARGE
from tests.exemples.chercheur import ENTIER, Chercheur
from tests.exemples.serveur_capricieux import serveur

pytestmark = pytest.mark.usefixtures("sans_mandataire")


@pytest.fixture
def chercher(tmp_path, referentiel):
    return Chercheur(tmp_path, referentiel, fichier="data_CAF_2020_IRIS.zip")


def _zip(**membres: bytes) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom, corps in membres.items():
            archive.writestr(f"{nom}.csv", corps)
    return tampon.getvalue()


ARCHIVE = _zip(data_CAF_2020_IRIS=ENTIER, notice=b"note\n" * 50)
ARCHIVES = {
    "sans sa fin": (ARCHIVE[:-40], "abîmée ou incomplète"),
    "un membre abîmé qui n’est pas lu": (
        ARCHIVE.replace(b"note\nnote\n", b"note\nnoto\n", 1),
        "« notice.csv »",
    ),
    "le début perdu": (ARCHIVE[500:], "ne peut pas servir"),
    "le bon nom, une autre année dedans": (_zip(data_CAF_2019_IRIS=ENTIER), "est de 2019 et non de 2020"),
    "une autre source": (
        _zip(autre=b"IRIS;DISP_TP6019;DISP_MED19\n212310101;24,6;18750\n"),
        "est d’une autre source",
    ),
    "aucune table": (_zip(notice=b"note\n"), "ne peut pas servir"),
}


@pytest.mark.parametrize("caprice", ARCHIVES)
def test_une_mauvaise_archive_est_refusee(chercher, caprice):
    corps, phrase = ARCHIVES[caprice]
    chercher.deposer(ARCHIVE)
    with serveur(lambda d: d.envoyer(200, corps)) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (REFUSE, ARCHIVE)
    assert phrase in resultat.message


def test_une_archive_entiere_prouve_sa_fin(chercher):
    with serveur(lambda d: d.envoyer_sans_longueur(ARCHIVE)) as s:
        resultat = chercher(s.adresse)
    assert resultat.issue == TELECHARGE
    assert "Taille non annoncée" not in resultat.message
