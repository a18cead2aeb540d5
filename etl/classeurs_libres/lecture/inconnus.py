"""What is said of a workbook or a Word document that nothing recognises: what it holds, what was expected."""

from pathlib import Path

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.canevas.phrases.messages import citer
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.classeurs_libres.declaration.chargement import declarations
from etl.classeurs_libres.declaration.modele import Declaration
from etl.classeurs_libres.lecture.reconnaissance import la_plus_proche
from etl.classeurs_libres.lecture.releve import est_vide
from etl.classeurs_libres.regles import dire, enumerer
from etl.classeurs_libres.word.document import ouvrir_word
from etl.classeurs_libres.word.lieux import PageWord

_CONSEIL = "Si c’est le tableau d’une structure, décrivez-le dans Collecte › Décrire un classeur."
_FEUILLES_NOMMEES = 5
_DEBUTS_NOMMES = 3
_MOTS_NOMMES = 5
_SANS_MODELE = "on attend ici le canevas, un classeur (.xlsx, .xls, .ods ou .csv)"


def decrire_inconnu(chemin: Path, inconnue: Anomalie, referentiel: Referentiel) -> Anomalie | None:
    """What to say of a file that nothing recognises; None for what is no workbook nor Word document.

    `inconnue` is what the open data say of it: of a .csv they name the columns. Raises OSError.
    """
    try:
        classeur = ouvrir_word(chemin) or ouvrir(chemin)
    except ClasseurRefuse:
        return None
    if classeur.format == "csv":
        return inconnue._replace(message=f"{inconnue.message} {_CONSEIL}")
    if isinstance(page := classeur.feuilles[0], PageWord):
        proche = la_plus_proche(classeur, declarations(referentiel))
        attendu = _SANS_MODELE
        if proche is not None:
            modele, manquants = proche
            cites = [f"« {mot.rstrip('* ')} »" for mot in manquants]
            suite = ["d’autres mots"] if len(cites) > _MOTS_NOMMES else []
            mots = enumerer([*cites[:_MOTS_NOMMES], *suite])
            attendu = f"on attendait le modèle « {modele.titre} », où se lisent aussi {mots}"
        return dire("document_inconnu", contenu=_contenu(page), attendu=attendu)
    noms = [f"« {feuille.nom} »" for feuille in classeur.feuilles]
    reste = len(noms) - _FEUILLES_NOMMEES
    suite = f" et {reste} de plus" if reste > 0 else ""
    nombre = f"{len(noms)} feuille{'s' if len(noms) > 1 else ''}"
    feuilles = ", ".join(noms[:_FEUILLES_NOMMEES]) + suite
    proche = _presque(la_plus_proche(classeur, declarations(referentiel)))
    return dire("classeur_inconnu", nombre=nombre, feuilles=feuilles, proche=proche)


def _presque(proche: tuple[Declaration, list[str]] | None) -> str:
    """What a workbook lacks of the model that it nearly is: a title was renamed since last year."""
    if proche is None or 2 * len(proche[1]) > len(proche[0].reconnaissance.cellules):
        return ""
    modele, manquants = proche
    if not manquants:
        mots = enumerer([f"« {nom} »" for nom in modele.reconnaissance.feuilles])
        return f" Ses mots sont ceux du modèle « {modele.titre} », mais non ses feuilles ({mots})."
    mots = enumerer([f"« {mot} »" for mot in manquants[:_MOTS_NOMMES]])
    return f" C’est presque le modèle « {modele.titre} » : {mots} ne s’y trouve plus sous ce nom."


def _contenu(page: PageWord) -> str:
    """« contient 3 tableaux, et commence par « Bilan 2025 » »."""
    tableaux = max((bloc.tableau for bloc in page.blocs if bloc), default=0)
    textes = [str(lu) for rangee in page.rangees for lu in rangee if not est_vide(lu)]
    debuts = enumerer([f"« {citer(texte)} »" for texte in textes[:_DEBUTS_NOMMES]])
    combien = {0: "ne contient aucun tableau", 1: "contient 1 tableau"}.get(
        tableaux, f"contient {tableaux} tableaux"
    )
    return f"{combien}, et commence par {debuts}" if debuts else f"{combien}, et aucun texte"
