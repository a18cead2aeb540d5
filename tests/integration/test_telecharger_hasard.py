"""A server that draws what it does, request after request: what is there is always one whole version."""

import random
import re

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.telechargement.collecte import REFUSE, TELECHARGE
from tests.exemples.chercheur import CHIFFRES, ENTIER, Chercheur
from tests.exemples.serveur_capricieux import serveur

pytestmark = pytest.mark.usefixtures("sans_mandataire")
VERSIONS = (
    ENTIER,
    ENTIER.replace(b"1581", b"1600", 1) + f"010099991;{CHIFFRES}\r\n".encode(),
    ENTIER.replace(b"2147", b"2100", 2),
)
MODIFIEES = tuple(f"Mon, 01 Jun 2026 10:00:0{n} GMT" for n in range(3))
TIRAGES = 100


def _capricieux(hasard):
    """An answer drawn each time; honest only in what it proves of its versions."""

    def repondre(d):
        version = hasard.choice([0, 0, 0, 1, 2])
        corps, coupe = VERSIONS[version], hasard.randrange(1, len(ENTIER) * 4 // 5)
        etiquette, date = {"ETag": f'"v{version}"'}, {"Last_Modified": MODIFIEES[version]}
        preuve = hasard.choice([etiquette, date, etiquette | date, {"ETag": 'W/"v"'} | date, {}])
        debut = re.match(r"bytes=(\d+)-", d.headers.get("Range", ""))
        if debut and d.headers["If-Range"] in preuve.values() and int(debut[1]) < len(corps):
            d.envoyer_par_plages(corps, hasard.randrange(1, len(corps)), **preuve)
            return
        hasard.choice(
            [
                lambda: d.envoyer(200, corps, **preuve),
                lambda: d.envoyer(200, corps[:coupe], longueur=len(corps), **preuve),
                lambda: d.envoyer_compresse(corps, **preuve),
                lambda: d.envoyer_compresse(corps, garde=hasard.random() * 0.99, **preuve),
                lambda: d.envoyer_en_morceaux(corps, **preuve),
                lambda: d.envoyer_en_morceaux(corps[:coupe], finir=False, **preuve),
                lambda: d.envoyer_sans_longueur(corps[:coupe], **preuve),
                lambda: d.envoyer(
                    206, corps[:coupe], Content_Range=f"bytes 0-{coupe - 1}/{len(corps)}", **preuve
                ),
                lambda: d.envoyer(
                    206, corps[coupe:], Content_Range=f"bytes {coupe}-{len(corps) - 1}/{len(corps)}"
                ),
                lambda: d.envoyer(hasard.choice([416, 500, 503]), b"erreur"),
                lambda: d.envoyer(302, Location=f"/{hasard.randrange(99)}"),
            ]
        )()

    return repondre


def test_quoi_que_fasse_le_serveur_une_version_entiere_est_la(tmp_path):
    hasard = random.Random(3)
    chercher = Chercheur(tmp_path, charger(dossier_par_defaut()))
    chercher.deposer(ENTIER)
    issues = []
    with serveur(_capricieux(hasard)) as s:
        for _ in range(TIRAGES):
            avant = chercher.place.read_bytes()
            resultat = chercher(s.adresse, attente=0, dormir=lambda secondes: None)
            issues.append(resultat.issue)
            if resultat.issue == TELECHARGE:
                assert chercher.place.read_bytes() in VERSIONS, resultat.message
            else:
                assert chercher.place.read_bytes() == avant, resultat.message
    assert issues.count(TELECHARGE) > TIRAGES / 10
    assert issues.count(REFUSE) > TIRAGES / 10
