"""A build that runs on its own: its stages are read while it goes, its outcome after, its death is seen."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from etl.construction import chantier

RACINE = Path(__file__).parents[2]


@pytest.fixture
def lieux(tmp_path, monkeypatch):
    raw, entrepot = tmp_path / "raw", tmp_path / "entrepot.duckdb"
    raw.mkdir()
    monkeypatch.setenv("CTG_RAW", str(raw))
    monkeypatch.setenv("CTG_ENTREPOT", str(entrepot))
    return raw, entrepot


def attendre_la_fin(entrepot):
    vus = []
    while (etat := chantier.etat(entrepot)).en_cours:
        vus.append(etat)
        time.sleep(0.02)
    return vus, etat


def test_personne_n_a_encore_rien_construit(lieux):
    assert chantier.etat(lieux[1]) is None


def test_les_etapes_se_suivent_puis_l_issue_reste(lieux):
    raw, entrepot = lieux
    (raw / "notes.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    chantier.lancer(entrepot)
    vus, fin = attendre_la_fin(entrepot)
    parts = [etat.part for etat in vus]
    assert parts == sorted(parts) and all(0 <= part < 1 for part in parts)
    assert (fin.issue, fin.fichiers, fin.rejets, fin.part) == (chantier.CONSTRUIT, 1, 1, 1.0)
    assert entrepot.is_file()


def test_une_issue_dite_clot_la_construction_avant_meme_que_son_verrou_soit_rendu(lieux):
    _, entrepot = lieux
    with chantier.ouvrir(entrepot) as suivi:
        suivi.avancer("mise_en_place")
        assert chantier.etat(entrepot).en_cours
        suivi.finir(chantier.CONSTRUIT, fichiers=3)
        etat = chantier.etat(entrepot)
        assert (etat.en_cours, etat.interrompu, etat.part, etat.fichiers) == (False, False, 1.0, 3)


@pytest.fixture
def a_la_place(monkeypatch):
    """What the process of the build runs, instead of the command."""

    def remplacer(code):
        vrai = subprocess.Popen
        monkeypatch.setattr(
            chantier.subprocess, "Popen", lambda _, **o: vrai([sys.executable, "-c", code], **o)
        )

    return remplacer


def test_lancee_elle_a_dit_son_debut_jamais_l_issue_de_la_precedente(lieux, a_la_place):
    _, entrepot = lieux
    with chantier.ouvrir(entrepot) as suivi:
        suivi.finir(chantier.CONSTRUIT, fichiers=3)
    verrou = entrepot.with_name(f".{entrepot.name}.chantier") / "verrou"
    a_la_place(
        "import time; from pathlib import Path; from filelock import FileLock\n"
        "from etl.construction import chantier\n"
        f"with FileLock({str(verrou)!r}):\n"
        "    time.sleep(0.2)\n"  # it holds its lock and has said nothing yet
        f"    chantier.Chantier(Path({str(verrou.parent)!r})).finir(chantier.ECHEC)"
    )
    assert chantier.lancer(entrepot)
    assert chantier.etat(entrepot).issue != chantier.CONSTRUIT


def test_demandee_elle_est_en_cours_pour_tous_avant_que_son_processus_commence(lieux, a_la_place):
    _, entrepot = lieux
    with chantier.ouvrir(entrepot) as suivi:
        suivi.finir(chantier.CONSTRUIT, fichiers=3)
    depart = entrepot.with_name("depart")
    a_la_place(
        "import time; from pathlib import Path; from etl.construction import chantier\n"
        f"while not Path({str(depart)!r}).exists(): time.sleep(0.02)\n"
        f"with chantier.ouvrir(Path({str(entrepot)!r})) as suivi: suivi.finir(chantier.CONSTRUIT)"
    )
    lanceur = threading.Thread(target=chantier.lancer, args=(entrepot,))
    lanceur.start()
    try:
        while not (etat := chantier.etat(entrepot)).en_cours:
            time.sleep(0.01)
        assert etat.issue is None  # another tab offers no « Charger maintenant »
    finally:
        depart.touch()
        lanceur.join()
    assert not attendre_la_fin(entrepot)[1].en_cours


def test_morte_avant_de_commencer_elle_ne_passe_pas_pour_lancee(lieux, a_la_place):
    a_la_place("raise SystemExit(1)")
    with pytest.raises(OSError, match="journal.txt"):
        chantier.lancer(lieux[1])


def test_une_page_qui_regarde_ne_passe_pas_pour_une_construction(lieux, monkeypatch):
    _, entrepot = lieux
    with chantier.ouvrir(entrepot) as suivi:
        suivi.avancer("lecture")  # then killed
    autre = FileLock(entrepot.with_name(f".{entrepot.name}.chantier") / "verrou")
    autre.acquire()
    monkeypatch.setattr(time, "sleep", lambda _: autre.release())  # the other page has looked
    assert chantier.etat(entrepot).interrompu


def test_un_echec_dit_sa_raison_et_ne_passe_pas_pour_une_interruption(lieux, monkeypatch):
    raw, entrepot = lieux
    monkeypatch.setenv("CTG_RAW", str(raw / "nulle-part"))
    chantier.lancer(entrepot)
    _, fin = attendre_la_fin(entrepot)
    assert fin.issue == chantier.ECHEC and not fin.interrompu
    assert "n’existe pas" in fin.message
    assert not entrepot.exists()


def test_une_construction_tuee_est_dite_interrompue(lieux):
    raw, entrepot = lieux
    gele = (
        "import os, time; from pathlib import Path; from etl.construction import chantier\n"
        f"with chantier.ouvrir(Path({str(entrepot)!r})) as suivi:\n"
        "    suivi.avancer('lecture', 3, 10); print('pret', flush=True); time.sleep(60)"
    )
    processus = subprocess.Popen([sys.executable, "-c", gele], cwd=RACINE, stdout=subprocess.PIPE)
    processus.stdout.readline()
    avant = chantier.etat(entrepot)
    assert (avant.en_cours, avant.phrase) == (True, "Lecture des fichiers : 3 sur 10")
    os.kill(processus.pid, signal.SIGKILL)
    processus.wait()
    assert chantier.etat(entrepot).interrompu


def test_la_construction_lancee_survit_a_qui_l_a_lancee(lieux):
    _, entrepot = lieux
    code = (
        "from pathlib import Path; from etl.construction import chantier; "
        f"chantier.lancer(Path({str(entrepot)!r}))"
    )
    lanceur = subprocess.Popen([sys.executable, "-c", code], cwd=RACINE, start_new_session=True)
    lanceur.wait()
    _, fin = attendre_la_fin(entrepot)
    assert fin.issue == chantier.CONSTRUIT
