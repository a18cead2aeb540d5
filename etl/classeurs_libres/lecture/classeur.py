"""Reads a workbook of a structure's own, or an extract, through the declaration that recognises it."""

from dataclasses import replace
from pathlib import Path

from ctg.formats import compter
from ctg.referentiel import Referentiel
from etl.canevas import reperes
from etl.canevas.lecture.classeur import fichier_corrige
from etl.canevas.modeles import Lecture
from etl.classeurs import Classeur, ClasseurRefuse, Feuille, ouvrir
from etl.classeurs_libres.declaration.chargement import declarations
from etl.classeurs_libres.declaration.modele import ADDITIONNER, Declaration, TableauDeclare
from etl.classeurs_libres.lecture import derives, entetes
from etl.classeurs_libres.lecture.cases import lire_cases, passer_libelles
from etl.classeurs_libres.lecture.formulaires import formulaires
from etl.classeurs_libres.lecture.fusions import refuser_fondues
from etl.classeurs_libres.lecture.reconnaissance import reconnues
from etl.classeurs_libres.lecture.releve import Releve, contenu, est_vide
from etl.classeurs_libres.lecture.tableau import lire_tableau
from etl.classeurs_libres.mots import correspond, est_un_total
from etl.classeurs_libres.regles import dire, enumerer
from etl.classeurs_libres.word.document import ouvrir_word
from etl.classeurs_libres.word.lieux import PageWord, lieux

_EN_TEXTE = frozenset({"csv", "docx"})  # their cells hold nothing but texts
_EXTENSION_WORD = ".docx"


def lire_chemin(chemin: Path, referentiel: Referentiel) -> Lecture | None:
    """The forms of a file, when a declaration of the convention recognises it; else None.

    A Word form that may not be opened is told why; a workbook that may not is left to who names its defect.
    Raises ReferentielInvalide (a declaration that cannot be used), OSError.
    """
    declarees = declarations(referentiel)
    if not declarees:
        return None
    try:
        classeur = ouvrir_word(chemin)
    except ClasseurRefuse as refus:
        return None if chemin.suffix.casefold() != _EXTENSION_WORD else Lecture(None, (), (refus.anomalie,))
    try:
        classeur = classeur or ouvrir(chemin)
    except ClasseurRefuse:
        return None
    return lire(classeur, chemin.name, declarees, referentiel)


def lire(
    classeur: Classeur, fichier: str, declarations: tuple[Declaration, ...], referentiel: Referentiel
) -> Lecture | None:
    """The forms of a workbook, through the one declaration that recognises it; None when none does.

    `fichier` is its name. Never raises for what a sender may have written.
    """
    aides = [f for f in classeur.feuilles if (r := reperes.trouver(f.rangees)) and r.genre == "aide"]
    classeur = replace(classeur, feuilles=tuple(f for f in classeur.feuilles if f not in aides))
    trouvees = reconnues(classeur, declarations)
    if not trouvees:
        return None
    if len(trouvees) > 1:
        modeles = ", ".join(f"« {declaration.titre} »" for declaration in trouvees)
        return Lecture(None, (), (dire("classeur_ambigu", modeles=modeles),))
    lecture = lire_selon(trouvees[0], classeur, fichier, referentiel)
    # a marked copy bears our list as its first sheet: corrected, it takes the place of its file
    corriges = [f.corrige for f in classeur.feuilles if isinstance(f, PageWord)]
    corrige = fichier_corrige([aide.rangees for aide in aides]) or next(iter(corriges), None)
    return replace(lecture, corrige=corrige)


def lire_selon(
    declaration: Declaration, classeur: Classeur, fichier: str, referentiel: Referentiel
) -> Lecture:
    """Read a workbook through one declaration, whether or not it would recognise it."""
    if declaration.nature == "ecarte":
        return Lecture("ecarte", (), (dire("classeur_ecarte", raison=declaration.message),))
    releve = Releve(declaration, referentiel, fichier, {f.nom: f for f in classeur.feuilles})
    _parcourir(classeur, releve)
    refuser_fondues(classeur, releve)
    lus = formulaires(releve, en_texte=classeur.format in _EN_TEXTE)
    releve.clore()
    _dire_le_reste(classeur, releve)
    if not any(cellule.etat != "manquant" for formulaire in lus for cellule in formulaire.cellules):
        releve.noter("rien_de_lu")
    return Lecture(declaration.nature, lus, tuple(releve.anomalies))


def _parcourir(classeur: Classeur, releve: Releve) -> None:
    declaration = releve.declaration
    ouvertes = []
    for feuille in classeur.feuilles:
        ignoree = next((i for i in declaration.feuilles_ignorees if correspond(i.feuille, feuille.nom)), None)
        if ignoree is None:
            ouvertes.append(feuille)
        elif not _vide(feuille):
            releve.noter("feuille_ignoree", feuille.nom, raison=ignoree.raison)
    decrites = lire_cases(classeur, ouvertes, releve) if declaration.cases else set()
    for tableau in declaration.tableaux:
        candidates = [f for f in ouvertes if any(correspond(m, f.nom) for m in tableau.feuilles)]
        if tableau.repetition == ADDITIONNER and len(candidates) > 1:  # « Cumul » beside its months
            candidates = [f for f in candidates if not est_un_total(f.nom)]
        portees = [f for f in candidates if lire_tableau(tableau, classeur, f, releve)]
        decrites |= {f.nom for f in portees}
        derives.dire_titres_absents(tableau, portees, releve)
        nommees = candidates if "*" not in tableau.feuilles else []
        for absente in [f for f in nommees if f not in portees] or ([] if portees else [None]):
            _dire_absent(tableau, absente and absente.nom, releve)
    derives.dire_masquees(releve)
    derives.dire_annee_contredite([f for f in ouvertes if f.nom in decrites], releve)
    for feuille in ouvertes:
        if feuille.nom in decrites:
            passer_libelles(feuille, releve)
            derives.passer_ecartes(feuille, releve)
            if feuille.cachee:
                releve.noter("feuille_cachee", feuille.nom)
        elif not _vide(feuille):
            releve.compter_tout(feuille)
            semblables = (t for t in declaration.tableaux if t.entete and entetes.trouver(feuille, t))
            if semblable := next(semblables, None):
                mots = enumerer([f"« {mot} »" for mot in dict.fromkeys(semblable.entete)])
                releve.noter("feuille_semblable", feuille.nom, entete=mots)
            else:
                releve.noter("feuille_non_decrite", feuille.nom)


def _dire_absent(tableau: TableauDeclare, feuille: str | None, releve: Releve) -> None:
    mots = [mot.replace("*", "… ").strip() for mot in tableau.entete]
    entete = ", ".join(f"« {mot} »" for mot in mots) or f"ligne {tableau.ligne}"
    releve.noter(
        "tableau_facultatif_absent" if tableau.facultatif else "tableau_absent", feuille, entete=entete
    )


def _dire_le_reste(classeur: Classeur, releve: Releve) -> None:
    """Name the filled cells that nobody accounts for: titles, notes, forgotten answers."""
    ignorees = releve.declaration.feuilles_ignorees
    for feuille in classeur.feuilles:
        if any(correspond(i.feuille, feuille.nom) for i in ignorees):
            continue
        reste = [place for place in _remplies(feuille) if (feuille.nom, *place) not in releve.lues]
        if connues := {} if releve.declaration.titres else derives.lignes_connues(feuille, reste, releve):
            mots = enumerer([f"« {mot} »" for mot in dict.fromkeys(connues.values())])
            ou = {"lignes": releve.lignes(feuille.nom, list(connues)), "libelles": mots}
            releve.noter("lignes_connues_non_lues", feuille.nom, (min(connues), 0), **ou)
            reste = [place for place in reste if place[0] not in connues]
        if reste:
            en_word = isinstance(feuille, PageWord)
            combien = compter(len(reste), "passages non lus" if en_word else "cellules non lues", not en_word)
            regle = "reste_non_lu" if releve.declaration.titres else "hors_tableau"
            releve.noter(regle, feuille.nom, reste[0], combien=combien, adresses=lieux(feuille, reste))


def _remplies(feuille: Feuille) -> list[tuple[int, int]]:
    return [
        (rang, colonne)
        for rang, rangee in enumerate(feuille.rangees)
        for colonne in range(len(rangee))
        if not est_vide(contenu(feuille, (rang, colonne)))
    ]


def _vide(feuille: Feuille) -> bool:
    return not feuille.trompeuses and all(est_vide(lu) for rangee in feuille.rangees for lu in rangee)
