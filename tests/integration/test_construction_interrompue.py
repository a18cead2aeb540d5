"""Builds killed at random instants while readers read: always a whole warehouse, and the new ones are seen.

`CTG_MISES_A_MORT=50` kills fifty builds instead of eight.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctg.entrepot import Entrepot

RACINE = Path(__file__).parents[2]
MISES_A_MORT = int(os.environ.get("CTG_MISES_A_MORT", "8"))
NB_LECTEURS = 2
HASARD = random.Random(2024)


def lancer(raw, entrepot):
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "--raw", str(raw), "--entrepot", str(entrepot)],
        cwd=RACINE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def nouvelle_version(raw, numero):
    """Change the inputs: a small file that the build names and refuses. Returns its hash."""
    contenu = f"version;numero\n{numero};1\n".encode()
    (raw / "version.csv").write_bytes(contenu)
    return hashlib.sha256(contenu).hexdigest()


def construire_en_entier(raw, entrepot, numero):
    """Let one build end; its version, and the seconds it took."""
    version = nouvelle_version(raw, numero)
    depart = time.monotonic()
    assert lancer(raw, entrepot).wait() == 1  # it names the file it refuses
    return version, time.monotonic() - depart


def attendre_qu_elle_soit_vue(version, journaux, lecteurs):
    """Nothing is built meanwhile: every reader sees it at last, however slow, unless an error stopped it."""
    while {derniere_vue(journal) for journal in journaux} != {version}:
        assert [lecteur.poll() for lecteur in lecteurs] == [None] * NB_LECTEURS, list(map(lire, journaux))
        time.sleep(0.02)


def lire(journal):
    return json.loads(journal.read_text(encoding="utf-8")) if journal.exists() else []


def derniere_vue(journal):
    vues = lire(journal)
    return vues[-1].get("sha256") if vues else None


@pytest.mark.timeout(600)
def test_tuer_la_construction_laisse_toujours_un_entrepot_entier(tmp_path):
    raw, entrepot, arret = tmp_path / "raw", tmp_path / "entrepot.duckdb", tmp_path / "arret"
    raw.mkdir()
    premiere, duree = construire_en_entier(raw, entrepot, 0)
    versions = [premiere]
    journaux = [tmp_path / f"journal_{n}.json" for n in range(NB_LECTEURS)]
    lecteurs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.exemples.lecteur_concurrent", entrepot, arret, journal], cwd=RACINE
        )
        for journal in journaux
    ]

    def construire_et_montrer():
        version, secondes = construire_en_entier(raw, entrepot, len(versions))
        versions.append(version)
        attendre_qu_elle_soit_vue(version, journaux, lecteurs)
        return secondes

    try:
        tuees = 0
        while tuees < MISES_A_MORT:
            versions.append(nouvelle_version(raw, len(versions)))
            construction = lancer(raw, entrepot)
            attente = HASARD.uniform(0.3, 1.1) * duree
            time.sleep(attente)
            if construction.poll() is None:
                construction.kill()
                tuees += 1
            else:
                duree = min(duree, attente)  # the machine is no longer as slow as it was
            construction.wait()
            Entrepot(entrepot).requete  # noqa: B018 - opening it is the check: it stands whole
            if tuees % 4 == 0:
                duree = construire_et_montrer()
        construire_et_montrer()
    finally:
        arret.touch()
        for lecteur in lecteurs:
            lecteur.wait()

    for journal in journaux:
        vues = lire(journal)
        assert not [vue for vue in vues if "erreur" in vue]
        rangs = [versions.index(vue["sha256"]) for vue in vues]
        assert rangs == sorted(rangs)  # never backwards
        assert len(set(rangs)) >= max(2, MISES_A_MORT // 4)  # and not one stale version for ever
        assert rangs[-1] == len(versions) - 1
        assert len({vue["empreinte"] for vue in vues}) == len(vues)  # a version is never a mixture
        assert {(vue["structures"], vue["indicateurs"]) for vue in vues} == {(57, vues[0]["indicateurs"])}
    restes = {p.name for p in tmp_path.iterdir() if "construction" in p.name}
    assert restes == set()  # the last build swept what the killed ones left
