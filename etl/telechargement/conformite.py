"""Is what came the file that was declared: its checksum, its source, its year, figures in it?"""

from collections.abc import Sequence
from pathlib import Path

from ctg.referentiel import Referentiel
from etl import sources
from etl.hachages import empreinte_de
from etl.sources.modele import Famille, LectureSource, Telechargement
from etl.sources.noms import annee_du_nom
from etl.telechargement.echecs import Echec

_CHARGEES = ("accepte", "accepte_partiel")
_COURT = 12  # characters of a checksum that are shown: enough to tell two files apart


def exiger_l_empreinte(famille: Famille, declaration: Telechargement, empreinte: str) -> None:
    """Raises Echec when a checksum is declared, and it is not that of the file."""
    attendue = (declaration.sha256 or "").lower()
    if attendue and attendue != empreinte:
        raise Echec(
            "Le fichier reçu n’est pas celui qui est déclaré (empreinte différente : "
            f"{attendue[:_COURT]}… attendue, {empreinte[:_COURT]}… reçue). Si le producteur l’a republié, "
            f"corrigez « sha256 » dans etl/sources/{famille.source_id}/source.yml."
        )


def lire_conforme(
    famille: Famille, declaration: Telechargement, recu: Path, noms: Sequence[str], referentiel: Referentiel
) -> LectureSource:
    """Read what came as the build would. Raises Echec unless it is that source, of that year, with figures.

    `noms`: those under which the server gives it, the only place where some producers write the year.
    """
    lecture = sources.lire(recu, referentiel)
    if any(a.regle == "page_web" for a in lecture.anomalies):
        raise Echec(
            "Le serveur a donné une page de site et non le fichier : votre réseau demande peut-être de "
            "s’identifier (ouvrez un navigateur), ou l’adresse a changé."
        )
    if lecture.statut not in _CHARGEES:
        raise Echec(f"Le fichier reçu ne peut pas servir. {lecture.message}")
    if famille.source_id not in (lecture.famille or "").split(" + "):
        raise Echec(
            f"Le fichier reçu est d’une autre source ({lecture.famille}) que « {famille.source_id} »."
        )
    if "publie" not in lecture.observations["etat"].to_pylist():
        raise Echec(f"Le fichier reçu ne donne aucun chiffre. {lecture.message}")
    for annee in (lecture.annee, *annees_servies(famille, noms)):
        if annee is not None and not est_de_l_annee(declaration, annee):
            peut_etre = " Il est peut-être incomplet." if annee < declaration.annee else ""
            raise Echec(
                f"Le fichier reçu est de {annee} et non de {declaration.annee}, l’année déclarée.{peut_etre} "
                f"Si c’est bien celui qu’il faut, corrigez « annee » (et « fichier » s’il dit l’année) dans "
                f"etl/sources/{famille.source_id}/source.yml."
            )
    return lecture


def annees_servies(famille: Famille, noms: Sequence[str]) -> list[int]:
    """The years that these names say, for a source that writes its own nowhere else; else none."""
    if famille.annee != "nom_du_fichier":
        return []
    return [annee for annee in map(annee_du_nom, noms) if annee is not None]


def est_de_l_annee(declaration: Telechargement, annee: int) -> bool:
    """Say whether the last year read is the declared one.

    A file whose name says the declared year holds the place of that vintage and of no other. Under any
    other name it is what its producer keeps up to date: a later year is its next vintage.
    """
    if annee_du_nom(declaration.fichier) == declaration.annee:
        return annee == declaration.annee
    return annee >= declaration.annee


def exiger_un_autre_que_ses_voisins(
    declaration: Telechargement, dossier: Path, empreinte: str, taille: int
) -> None:
    """Raises Echec when the same bytes are already there under the name of another year. Raises OSError."""
    for voisin in sorted(dossier.iterdir()):
        annee = annee_du_nom(voisin.name)
        if annee in (None, declaration.annee) or not voisin.is_file() or voisin.stat().st_size != taille:
            continue
        if voisin.name != declaration.fichier and empreinte_de(voisin) == empreinte:
            raise Echec(
                f"Le fichier reçu pour {declaration.annee} est exactement « {voisin.name} », déjà là pour "
                f"{annee} : l’adresse déclarée donne la même chose pour deux années. Vérifiez-la sur sa page."
            )
