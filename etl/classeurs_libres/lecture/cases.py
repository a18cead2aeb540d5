"""Takes the values of form-like sheets: one declared cell for each, by its address or beside its label."""

from ctg.formats import compter
from etl.classeurs import Classeur, Feuille
from etl.classeurs.passages import TexteBarre
from etl.classeurs_libres.declaration.modele import UNITES, CaseDeclaree
from etl.classeurs_libres.lecture.annees import annee_du_titre
from etl.classeurs_libres.lecture.constantes import constantes, place_de, valeur_de, valeurs_de
from etl.classeurs_libres.lecture.releve import (
    Place,
    Prise,
    Releve,
    contenu,
    ecrit_un_nombre,
    est_vide,
    texte_lu,
)
from etl.classeurs_libres.lecture.suites import texte_qui_suit
from etl.classeurs_libres.mesures import nom_de_mesure
from etl.classeurs_libres.mots import correspond, un_correspond
from etl.classeurs_libres.regles import enumerer
from etl.classeurs_libres.word.lieux import lieux


def lire_cases(classeur: Classeur, feuilles: list[Feuille], releve: Releve) -> set[str]:
    """Take the declared cells; returns the sheets that hold one. The same form may be filled on several
    sheets (one per structure): each sheet that bears a label answers for it."""
    declaration, portees = releve.declaration, set()
    trouvees: list[tuple[CaseDeclaree, Feuille, Place]] = []
    for case in declaration.cases:
        candidates = [f for f in feuilles if correspond(case.feuille, f.nom)]
        siennes = [(case, f, place) for f in candidates if (place := _situer(case, f)) is not None]
        if not siennes and not case.facultative:
            releve.noter(
                "case_absente",
                libelle=_dite(case),
                question=nom_de_mesure(case.mesure, releve.referentiel),
            )
        trouvees += siennes
    _dire_oubliees(trouvees, releve)
    trouvees = _sans_partage(trouvees, releve)
    fixes = {}
    for case, feuille, place in trouvees:
        if feuille.nom not in portees:
            portees.add(feuille.nom)
            fixes[feuille.nom] = constantes(declaration, classeur, feuille, releve)
        _prendre(case, feuille, place, fixes[feuille.nom], releve)
    return portees


def _sans_partage(
    trouvees: list[tuple[CaseDeclaree, Feuille, Place]], releve: Releve
) -> list[tuple[CaseDeclaree, Feuille, Place]]:
    """The same without the cells that would answer several questions: a row was taken away or moved, and the
    same words, « ETP », stand there once instead of twice."""
    par_place: dict[tuple[str, Place], list[CaseDeclaree]] = {}
    for case, feuille, place in trouvees:
        if case.sens != "suite" and not est_vide(contenu(feuille, place)):
            par_place.setdefault((feuille.nom, place), []).append(case)
    partagees = {ou: cases for ou, cases in par_place.items() if len({c.mesure for c in cases}) > 1}
    for (nom, place), cases in partagees.items():
        questions = [f"« {nom_de_mesure(c.mesure, releve.referentiel)} »" for c in cases]
        releve.lues.add((nom, *place))
        _compter_libelle(cases[0], releve.feuilles[nom], releve)
        releve.noter("case_partagee", nom, place, questions=enumerer(questions), libelle=_dite(cases[0]))
    return [(c, f, place) for c, f, place in trouvees if (f.nom, place) not in partagees]


def _dire_oubliees(trouvees: list[tuple[CaseDeclaree, Feuille, Place]], releve: Releve) -> None:
    """Tell the wordings that one sheet lacks and that its fellows bear: the same form, a label changed."""
    par_feuille: dict[str, set[CaseDeclaree]] = {}
    for case, feuille, _ in trouvees:
        par_feuille.setdefault(feuille.nom, set()).add(case)
    for nom, siennes in par_feuille.items():
        pareilles = [autres for autres in par_feuille.values() if 2 * len(autres & siennes) >= len(siennes)]
        manquent = set().union(*pareilles) - siennes
        for case in (c for c in releve.declaration.cases if c in manquent and not c.facultative):
            question = nom_de_mesure(case.mesure, releve.referentiel)
            releve.noter("case_absente", nom, libelle=_dite(case), question=question)


def _dite(case: CaseDeclaree) -> str:
    return (case.libelle or case.cellule).replace("*", "… ").strip("… ")


def _deux_reponses(feuille: Feuille, place: Place) -> list[Place]:
    """The number that stands right after that of a cell, with it: nobody says which one answers. A year says
    when, not how many."""
    rang, colonne = place
    suivantes = range(colonne + 1, len(feuille.rangees[rang]) if rang < len(feuille.rangees) else 0)
    suivante = next(((rang, c) for c in suivantes if not est_vide(contenu(feuille, (rang, c)))), None)
    if suivante is None or not ecrit_un_nombre(contenu(feuille, suivante)):
        return []
    return [] if annee_du_titre(texte_lu(contenu(feuille, suivante))) else [place, suivante]


def _redites(case: CaseDeclaree, feuille: Feuille, lu: object) -> list[Place]:
    """The cells that answer a wording written several times, when their numbers are not the same: last year's
    form was kept under this year's."""
    if case.apres:
        return []
    places = list(valeurs_de(feuille, case.libelle))
    lus = [_sans_libelle(case, contenu(feuille, place)) for place in places]
    return places if any(ecrit_un_nombre(autre) and autre != lu for autre in lus) else []


def _prendre(
    case: CaseDeclaree, feuille: Feuille, place: Place, fixes: dict[str, str] | None, releve: Releve
) -> None:
    lu = contenu(feuille, place)
    if isinstance(lu, str) and any(c.libelle and correspond(c.libelle, lu) for c in releve.declaration.cases):
        lu = ""  # the next label of the form: this one was left without an answer
    else:
        releve.lues.add((feuille.nom, *place))
    lu = _sans_libelle(case, lu)
    if case.sens == "suite" and (est_vide(lu) or _seule(feuille, place)):
        suivis = texte_qui_suit(feuille, place[0], releve.declaration)
        releve.lues |= {(feuille.nom, *suivi) for suivi in suivis}
        place = next(iter(suivis), place) if est_vide(lu) else place
        lu = "\n".join(filter(str.strip, (lu, *suivis.values())))
    _compter_libelle(case, feuille, releve)
    _voisines(case, feuille, place, releve)
    if fixes is None:  # told: nothing can be tied to anybody
        return
    droite = case.libelle and case.sens == "droite" and ecrit_un_nombre(lu)
    if doubles := (_deux_reponses(feuille, place) or _redites(case, feuille, lu)) if droite else []:
        releve.lues |= {(feuille.nom, *double) for double in doubles}
        ou = lieux(feuille, doubles)
        releve.noter("case_double", feuille.nom, place, libelle=_dite(case), adresses=ou)
        return
    propres = {
        nom: valeur
        for nom in ("mesure", "code", "modalite", "quartier")
        if (valeur := getattr(case, nom)) is not None
    }
    releve.prises.append(Prise(feuille.nom, place, lu, fixes | propres, facteur=UNITES.get(case.unite, 1.0)))


def _sans_libelle(case: CaseDeclaree, lu: object) -> object:
    """« Familles : 520 » in one cell answers « 520 »; what is struck in it stays told."""
    if not (case.libelle and isinstance(lu, str) and ":" in lu):
        return lu
    avant, _, suite = lu.partition(":")
    if not correspond(case.libelle, avant):
        return lu
    barre = lu.barre if isinstance(lu, TexteBarre) and not lu.entier else ""
    return TexteBarre(suite.strip(), barre) if barre else suite.strip()


def _seule(feuille: Feuille, place: Place) -> bool:
    """Say whether a cell is the only filled one of its row: a paragraph, not a row of a table."""
    rang = place[0]
    if rang >= len(feuille.rangees):
        return False
    return all(
        est_vide(contenu(feuille, (rang, c))) for c in range(len(feuille.rangees[rang])) if c != place[1]
    )


def _voisines(case: CaseDeclaree, feuille: Feuille, place: Place, releve: Releve) -> None:
    """Note the rows of a merged answer that have a label of their own before it, and its columns that have
    one above."""
    for r0, c0, r1, c1 in feuille.fusions:
        if r0 <= place[0] <= r1 and c0 <= place[1] <= c1:
            for rang in range(r0, min(r1 + 1, len(feuille.rangees))):
                if any(not est_vide(contenu(feuille, (rang, c))) for c in range(c0)):
                    releve.voisines.add((feuille.nom, rang, c0))
            for colonne in range(c0 + 1, c1 + 1) if case.sens == "dessous" and r0 else ():
                if not est_vide(contenu(feuille, (r0 - 1, colonne))):
                    releve.voisines.add((feuille.nom, r0, colonne))


def passer_libelles(feuille: Feuille, releve: Releve) -> None:
    """Account for the titles of a form, and for the labels whose answer is declared to stay in the file, with
    the rest of their row."""
    for rang, rangee in enumerate(feuille.rangees if releve.declaration.titres else ()):
        for colonne, lu in enumerate(rangee):
            if isinstance(lu, str) and not est_vide(lu) and un_correspond(releve.declaration.titres, lu):
                releve.lues.add((feuille.nom, rang, colonne))
    for ignores in releve.declaration.libelles_ignores:
        places = []
        for rang, rangee in enumerate(feuille.rangees):
            for colonne, lu in enumerate(rangee):
                debut = lu.split(":", 1)[0] if isinstance(lu, str) else ""
                if debut.strip() and un_correspond(ignores.libelles, debut):
                    releve.compter(feuille, rang, range(colonne, len(rangee)))
                    places.append((rang, colonne))
        if places:
            releve.noter(
                "cases_ignorees",
                feuille.nom,
                places[0],
                combien=compter(len(places), "cases non lues", feminin=True),
                raison=ignores.raison,
                adresses=lieux(feuille, places),
            )


def _situer(case: CaseDeclaree, feuille: Feuille) -> Place | None:
    if case.cellule is not None:
        return place_de(case.cellule)
    return valeur_de(feuille, case.libelle, case.apres, case.sens)


def _compter_libelle(case: CaseDeclaree, feuille: Feuille, releve: Releve) -> None:
    """Hold the labels themselves as accounted for: they are the form, not answers."""
    for rang, rangee in enumerate(feuille.rangees):
        for colonne, lu in enumerate(rangee):
            if not isinstance(lu, str) or not lu.strip():
                continue
            if any(m and correspond(m, texte_lu(lu)) for m in (case.libelle, *case.apres)):
                releve.lues.add((feuille.nom, rang, colonne))
