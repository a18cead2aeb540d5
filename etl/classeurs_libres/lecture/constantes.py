"""What is said once for a whole table: its structure, its year… in a cell, a sheet name, a constant."""

import re
from collections.abc import Iterator

from etl.adresse import numero
from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration import motifs
from etl.classeurs_libres.declaration.modele import FACETTES, Facette
from etl.classeurs_libres.lecture import annees
from etl.classeurs_libres.lecture.releve import Place, Releve, contenu, est_vide, texte_lu
from etl.classeurs_libres.mots import chercher, correspond, simplifier, un_correspond

_ADRESSE = re.compile(r"([A-Z]+)([0-9]+)")


def place_de(adresse: str) -> Place:
    """(row, column) from 0 of an address: B4 → (3, 1)."""
    lettres, ligne = _ADRESSE.fullmatch(adresse).groups()
    return int(ligne) - 1, numero(lettres)


def constantes(
    porteur: object, classeur: Classeur, feuille: Feuille, releve: Releve
) -> dict[str, str] | None:
    """The ids of the facets that `porteur` (a table, else the declaration) fixes for a sheet.

    None when one of them is not readable: nothing of the sheet can then be tied to anything.
    """
    trouvees = {}
    for nom, facette in facettes_de(porteur, releve).items():
        if facette.au_dessus:  # said row after row
            continue
        identifiant = _lire(nom, facette, classeur, feuille, releve)
        if identifiant is None:
            return None
        trouvees[nom] = identifiant
    return trouvees


def facettes_de(porteur: object, releve: Releve) -> dict[str, Facette]:
    """What `porteur` says for all its cells, the declaration answering for what it does not say."""
    trouvees = {
        nom: getattr(porteur, nom, None) or getattr(releve.declaration, nom, None) for nom in FACETTES
    }
    return {
        nom: facette
        for nom, facette in trouvees.items()
        if facette is not None and not (nom in ("structure", "fiche") and _contredite(porteur, nom))
    }


def _contredite(porteur: object, nom: str) -> bool:
    """True when a table says who answers in the other way than the declaration."""
    autre = "fiche" if nom == "structure" else "structure"
    colonnes = getattr(porteur, "colonnes", ())
    return getattr(porteur, nom, None) is None and (
        getattr(porteur, autre, None) is not None or any(c.donne in (nom, autre) for c in colonnes)
    )


def _lire(nom: str, facette: Facette, classeur: Classeur, feuille: Feuille, releve: Releve) -> str | None:
    if facette.valeur is not None:
        return facette.valeur
    if facette.nom_de_feuille or facette.nom_de_fichier:
        texte = feuille.nom if facette.nom_de_feuille else releve.fichier
        if _equivoque(nom, texte, facette):
            return releve.noter_equivoque(feuille, (0, 0), texte)
        return releve.identifier(feuille, (0, 0), nom, extraire(texte, facette), facette.noms)
    ou, place = _situer(facette, classeur, feuille)
    if place is None:
        return releve.identifier(feuille, (0, 0), nom, "", None, facette.libelle)
    for cellule in {place, libelle_a_gauche(place, ou, facette)}:
        releve.lues.add((ou.nom, *cellule))
    texte = texte_lu(contenu(ou, place))
    if _equivoque(nom, texte, facette):
        return releve.noter_equivoque(ou, place, texte)
    return releve.identifier(ou, place, nom, extraire(texte, facette), facette.noms)


def _equivoque(nom: str, texte: str, facette: Facette) -> bool:
    """True for a text of several years, unless the declaration says that they are a school year: by its
    pattern, its table of wordings, or the words it stands beside."""
    if nom != "annee":
        return False
    if facette.motif is not None:
        return annees.plusieurs(texte, facette.motif)
    dit = "scolaire" in simplifier(facette.libelle or "") or chercher(facette.noms or {}, texte)
    return not dit and annees.est_scolaire(extraire(texte, facette))


def extraire(texte: str, facette: Facette) -> str:
    """What a facet keeps of the text it reads."""
    if facette.libelle and ":" in texte and correspond(facette.libelle, texte.split(":", 1)[0]):
        texte = texte.split(":", 1)[1].strip()
    if facette.motif is None:
        return texte
    trouve = motifs.chercher(facette.motif, texte)
    return (trouve[1] if trouve.re.groups else trouve[0]) if trouve else ""


def _situer(facette: Facette, classeur: Classeur, feuille: Feuille) -> tuple[Feuille, Place | None]:
    """The cell that a facet reads: in the sheet itself, else in the first one that says it."""
    for ou in (feuille, *(f for f in classeur.feuilles if f is not feuille)):
        if facette.cellule is not None:
            place = place_de(facette.cellule)
            if not est_vide(contenu(ou, place)):
                return ou, place
        elif (place := valeur_de(ou, facette.libelle)) is not None:
            return ou, place
    return feuille, None


def libelle_a_gauche(place: Place, feuille: Feuille, facette: Facette) -> Place:
    """The cell of the wording that a facet reads beside; `place` itself without one."""
    if facette.libelle is None:
        return place
    rang, colonne = place
    return next(
        (
            (rang, c)
            for c in range(colonne + 1)
            if correspond(facette.libelle, texte_lu(contenu(feuille, (rang, c))))
        ),
        place,
    )


def valeur_de(
    feuille: Feuille, libelle: str, apres: tuple[str, ...] = (), sens: str = "droite"
) -> Place | None:
    """The first cell that answers a wording; None when the sheet does not bear it."""
    return next(valeurs_de(feuille, libelle, apres, sens), None)


def valeurs_de(
    feuille: Feuille, libelle: str, apres: tuple[str, ...] = (), sens: str = "droite"
) -> Iterator[Place]:
    """The cells that answer a wording: itself (« Année : 2025 »), or the next one to its right or below.

    With `apres`, only a wording read after one of those counts. The next cell may be blank: it is the answer.
    """
    passe = not apres
    for rang, rangee in enumerate(feuille.rangees):
        for colonne, lu in enumerate(rangee):
            texte = texte_lu(lu) if isinstance(lu, str) else ""
            if not texte.strip():
                continue
            if not passe:
                passe = un_correspond(apres, texte) or un_correspond(apres, texte.split(":", 1)[0])
                continue
            if (reponse := _reponse(feuille, (rang, colonne), libelle, sens)) is not None:
                yield reponse


def reponse_sur_la_ligne(feuille: Feuille, rang: int, libelle: str) -> Place | None:
    """The cell that answers a wording of this very row; None when the row does not bear it."""
    reponses = (_reponse(feuille, (rang, c), libelle, "droite") for c in range(len(feuille.rangees[rang])))
    return next(filter(None, reponses), None)


def _reponse(feuille: Feuille, place: Place, libelle: str, sens: str) -> Place | None:
    texte = texte_lu(contenu(feuille, place))
    if correspond(libelle, texte):
        return _voisine(feuille, *place, sens)
    avant, deux_points, suite = texte.partition(":")
    return place if deux_points and suite.strip() and correspond(libelle, avant) else None


def _voisine(feuille: Feuille, rang: int, colonne: int, sens: str) -> Place:
    """The cell beside a label: the first filled one to the right, the very next one when all are blank."""
    if sens == "dessous":
        return rang + 1, colonne
    fin = next((c1 for r0, c0, r1, c1 in feuille.fusions if r0 <= rang <= r1 and c0 == colonne), colonne)
    suivantes = range(fin + 1, len(feuille.rangees[rang]))
    remplie = next((c for c in suivantes if not est_vide(contenu(feuille, (rang, c)))), fin + 1)
    return rang, remplie
