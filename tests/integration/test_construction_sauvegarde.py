"""Saving and restoring `data/`: whole or nothing, and never outside."""

import os
import stat
import zipfile
from pathlib import Path

import pytest

from etl import inventaire, sauvegarde


@pytest.fixture
def donnees(tmp_path, monkeypatch):
    monkeypatch.setattr(sauvegarde, "RACINE", tmp_path)
    monkeypatch.setattr(inventaire, "RACINE", tmp_path)
    for variable in ("CTG_RAW", "CTG_REFERENTIEL", "CTG_SAISIES"):
        monkeypatch.delenv(variable, raising=False)
    dossier = tmp_path / "data"
    for nom in ("raw/caf/a.csv", "referentiel/dijon/axes.csv", "saisies/decisions.jsonl", "demo/fictif.xlsx"):
        (dossier / nom).parent.mkdir(parents=True)
        (dossier / nom).write_text(nom, encoding="utf-8")
    return dossier


def arbre(dossier):
    return {
        p.relative_to(dossier).as_posix(): p.read_text("utf-8") for p in dossier.rglob("*") if p.is_file()
    }


def test_aller_et_retour(donnees, tmp_path):
    avant = arbre(donnees)
    archive = sauvegarde.sauvegarder(tmp_path / "s.zip")
    (donnees / "raw/caf/a.csv").write_text("changé", encoding="utf-8")
    (donnees / "raw/ajout.csv").write_text("nouveau", encoding="utf-8")
    precedent = sauvegarde.restaurer(archive)
    assert arbre(donnees) == avant
    with zipfile.ZipFile(precedent) as contenu:  # what stood there is not lost
        assert contenu.read("data/raw/ajout.csv") == b"nouveau"
    assert not [nom for nom in zipfile.ZipFile(archive).namelist() if "demo" in nom]


def test_ce_que_les_variables_designent_est_ce_qui_est_garde(donnees, tmp_path, monkeypatch):
    """As the city may install it: its data on another disk than the programme."""
    disque = tmp_path / "disque"
    for variable, nom in (("CTG_RAW", "recus"), ("CTG_REFERENTIEL", "besancon"), ("CTG_SAISIES", "decide")):
        (disque / nom).mkdir(parents=True)
        (disque / nom / "vrai.csv").write_text(nom, encoding="utf-8")
        monkeypatch.setenv(variable, str(disque / nom))
    avant, autres = arbre(disque), arbre(donnees)
    archive = sauvegarde.sauvegarder(tmp_path / "s.zip")
    gardes = {nom for nom in zipfile.ZipFile(archive).namelist() if not nom.endswith("/")}
    assert gardes == {"data/raw/vrai.csv", "data/referentiel/besancon/vrai.csv", "data/saisies/vrai.csv"}
    (disque / "recus" / "vrai.csv").write_text("perdu", encoding="utf-8")
    sauvegarde.restaurer(archive)
    assert (arbre(disque), arbre(donnees)) == (avant, autres)
    monkeypatch.setenv("CTG_REFERENTIEL", str(disque / "dole"))
    with pytest.raises(sauvegarde.ArchiveRefusee, match="ne contient pas la convention « dole »"):
        sauvegarde.restaurer(archive)
    assert arbre(disque) == avant


@pytest.mark.skipif(os.name == "nt", reason="droits POSIX")
def test_une_archive_n_est_lisible_que_de_son_proprietaire(donnees, tmp_path):
    archive = sauvegarde.sauvegarder(tmp_path / "s.zip")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


@pytest.mark.parametrize("donnee", ["", "nulle-part.zip"])
def test_restaurer_sans_archive_le_dit_en_francais(donnees, donnee):
    with pytest.raises(sauvegarde.ArchiveRefusee, match="n’est pas un fichier"):
        sauvegarde.restaurer(Path(donnee))


@pytest.mark.parametrize(
    "nom", ["../evil.csv", "data/raw/../../evil.csv", "/etc/evil", "data/demo/a.xlsx", "autre.txt"]
)
def test_un_nom_qui_sort_de_data_refuse_toute_l_archive(donnees, tmp_path, nom):
    avant = arbre(donnees)
    archive = tmp_path / "s.zip"
    with zipfile.ZipFile(archive, "w") as contenu:
        contenu.writestr("data/raw/bon.csv", "bon")
        contenu.writestr(nom, "mauvais")
    with pytest.raises(sauvegarde.ArchiveRefusee):
        sauvegarde.restaurer(archive)
    assert arbre(donnees) == avant
    assert not (tmp_path / "evil.csv").exists()


def test_une_archive_abimee_ne_restaure_rien(donnees, tmp_path):
    avant = arbre(donnees)
    archive = sauvegarde.sauvegarder(tmp_path / "s.zip")
    entete = zipfile.ZipFile(archive).getinfo("data/raw/caf/a.csv")
    octets = bytearray(archive.read_bytes())
    octets[entete.header_offset + 30 + len(entete.filename) + 4] ^= 0xFF  # in the compressed content
    archive.write_bytes(octets)
    with pytest.raises(sauvegarde.ArchiveRefusee):
        sauvegarde.restaurer(archive)
    (tmp_path / "faux.zip").write_bytes(b"ceci n'est pas un zip")
    with pytest.raises(sauvegarde.ArchiveRefusee):
        sauvegarde.restaurer(tmp_path / "faux.zip")
    assert arbre(donnees) == avant


def test_un_echec_en_cours_d_echange_remet_tout_en_place(donnees, tmp_path, monkeypatch):
    from pathlib import Path

    avant = arbre(donnees)
    archive = sauvegarde.sauvegarder(tmp_path / "s.zip")
    renommer = Path.rename

    def casser(self, cible):
        if self.name == "saisies" and "neuf" in self.parts:
            raise OSError("disque plein")
        return renommer(self, cible)

    monkeypatch.setattr(Path, "rename", casser)
    with pytest.raises(OSError, match="disque plein"):
        sauvegarde.restaurer(archive)
    assert arbre(donnees) == avant
