"""What a file that was taken leaves unsure: nothing contradicts it, and somebody should have a look."""

from collections.abc import Sequence

from ctg.formats import compter, nombre
from ctg.referentiel import Referentiel
from etl.sources.modele import Famille, LectureSource, Telechargement
from etl.telechargement.comparaison import doutes
from etl.telechargement.conformite import annees_servies


def reserves(
    famille: Famille,
    declaration: Telechargement,
    lecture: LectureSource,
    noms: Sequence[str],
    prouve: bool,
    referentiel: Referentiel,
) -> list[str]:
    """Sentences, none when all is sure. `noms`: those the server gave it; `prouve`: it is whole."""
    dites = []
    if not prouve:
        dites.append("Taille non annoncée par le serveur : rien ne prouve que le fichier est entier.")
    lus = {t.territoire_id for t in lecture.territoires if t.niveau == "iris"}
    if famille.niveau == "iris" and len(lus) < len(referentiel.iris):
        dites.append(f"Il ne tient que {nombre(len(lus))} des {nombre(len(referentiel.iris))} IRIS.")
    if points := doutes(lecture):
        dites.append(f"{compter(len(points), 'points')} à confirmer, dont : {points[0]}")
    if famille.annee == "nom_du_fichier" and not annees_servies(famille, noms):
        dites.append(
            f"Rien dans le fichier ne dit qu’il est de {declaration.annee} : vérifiez-le sur sa page."
        )
    return dites
