"""The titles that say whose rows follow: « Multi-accueil Junot », its small table, a blank, the next name.

A proposal like the rest of the draft: which rows are titles is guessed from the names of the convention; whom
each one means is for the officer to say.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from ctg.referentiel import Referentiel
from etl.adresse import adresse
from etl.classeurs import Feuille
from etl.classeurs_libres.description.ebauche import deviner_colonnes, structures_de
from etl.classeurs_libres.description.lignes_de_mesures import dit_une_mesure
from etl.classeurs_libres.description.lignes_reperees import Lignes, entetes_de, lignes_de
from etl.classeurs_libres.description.rattachement import nomment_des_structures, structure_nommee
from etl.classeurs_libres.description.reperage import TableauRepere, TitresReperes, est_un_entete
from etl.classeurs_libres.lecture.releve import contenu, ecrit_un_nombre, est_vide, texte_lu
from etl.classeurs_libres.libelles import identifier
from etl.classeurs_libres.mesures import MesureConnue

_PLUSIEURS = 2  # of one title alone, the head of the sheet says enough
_REGARDES = 60  # wordings compared to tell what they name
_TROP = 400  # wordings without a number: a list, not titles


def titrer(
    feuilles: Sequence[Feuille], reperes: Iterable[TableauRepere], referentiel: Referentiel
) -> tuple[TableauRepere, ...]:
    """The same tables, with the titles above their rows; tables that only differ by the name in their corner
    become one, and a sheet of titles and answers without any header makes one too."""
    trouves: list[TableauRepere] = []
    par_nom = {f.nom: f for f in feuilles}
    reperes = _detacher(list(reperes), par_nom, referentiel)
    # where one block bears the name of a structure, the others bear those of theirs
    blocs = [(r.feuilles, _du_bloc(r, par_nom)) for r in reperes if r.voisines]
    en_blocs = {feuilles for feuilles, titre in blocs if titre and _cible(titre.noms[0], referentiel)}
    for rang, repere in enumerate(reperes):
        if repere.titres is not None:
            trouves.append(repere)
        elif repere.voisines:
            titre = _du_bloc(repere, par_nom) if repere.feuilles in en_blocs else None
            trouves.append(replace(repere, titres=titre))
        elif not any(_tient(deja, repere) for deja in trouves):
            autres = [r for r in (*reperes[:rang], *reperes[rang + 1 :]) if r.hauteur]
            trouves.append(_titrer(repere, par_nom, autres, referentiel))
    lues = {nom for repere in trouves for nom in repere.feuilles}
    restantes = [_sans_entete(f, referentiel) for f in feuilles if f.nom not in lues]
    return (*trouves, *filter(None, restantes))


def titrer_par_mesure(
    feuilles: Sequence[Feuille],
    reperes: Iterable[TableauRepere],
    mesures: Sequence[MesureConnue],
    referentiel: Referentiel,
) -> tuple[TableauRepere, ...]:
    """The same tables, with the titles that say what is counted where neither rows nor columns do: « Enfants
    admis », then a row for each structure."""
    par_nom = {f.nom: f for f in feuilles}
    return tuple(
        replace(r, titres=titres, fin=None if titres.cellule is None else r.fin)
        if r.titres is None and (titres := _de_mesures(r, par_nom, mesures, referentiel))
        else r
        for r in reperes
    )


def _de_mesures(
    repere: TableauRepere,
    par_nom: dict[str, Feuille],
    mesures: Sequence[MesureConnue],
    referentiel: Referentiel,
) -> TitresReperes | None:
    siennes = [par_nom[nom] for nom in repere.feuilles]
    colonnes = deviner_colonnes(siennes, repere, mesures, referentiel)
    disent = any(c.mesure or c.donne == "mesure" for c in colonnes)
    if disent or not structures_de(colonnes) or not repere.hauteur:
        return None
    if repere.voisines:
        titre = _du_bloc(repere, par_nom)
        dite = titre and dit_une_mesure(titre.noms[0], mesures)
        return replace(titre, mesure=True) if dite else None
    lues = {f.nom: lignes_de(repere, f, entetes_de(repere, f, siennes[0], True), set()) for f in siennes}
    noms = _suivis(lues, {nom: {r: m[0] for r, m in lignes.muettes.items()} for nom, lignes in lues.items()})
    if not any(dit_une_mesure(nom, mesures) for nom in noms):
        return None
    return TitresReperes(
        tuple(noms), (), _hors_donnees(lues, _labels(lues)), entetes=_entetes(lues), mesure=True
    )


def _du_bloc(repere: TableauRepere, par_nom: dict[str, Feuille]) -> TitresReperes | None:
    """The one wording just above a table that others stand beside, on one sheet."""
    feuille, rang = par_nom[repere.feuilles[0]], repere.rang - 1
    if len(repere.feuilles) > 1:
        return None
    etendue = range(repere.colonnes[0], repere.colonnes[-1] + 1) if rang >= 0 else ()
    places = [(rang, c) for c in etendue if not est_vide(contenu(feuille, (rang, c)))]
    if len(places) != 1 or not isinstance(lu := contenu(feuille, places[0]), str):
        return None
    return TitresReperes((lu.strip(),), cellule=adresse(*places[0]))


def _tient(deja: TableauRepere, repere: TableauRepere) -> bool:
    """True when a table already seen reads the header of this one."""
    return deja.titres is not None and (repere.feuilles[0], repere.rang) in deja.titres.entetes


def _detacher(
    reperes: list[TableauRepere], par_nom: dict[str, Feuille], referentiel: Referentiel
) -> list[TableauRepere]:
    """« Établissement | Junot » above a header is a title, not its upper row; the same wording is one too."""
    hauts: dict[int, list[str]] = {}
    for rang, repere in enumerate(reperes):
        feuille = par_nom[repere.feuilles[0]]
        mots = [texte_lu(lu) for lu in feuille.rangees[repere.rang] if not est_vide(lu)]
        if (
            repere.titres is None
            and len(mots) == 2
            and (repere.hauteur == 2 or est_un_entete(feuille, repere.rang + 1))
        ):
            hauts[rang] = mots
    devants = {mots[0] for mots in hauts.values() if _cible(mots[1], referentiel)}
    return [
        replace(r, rang=r.rang + 1, hauteur=1) if hauts.get(rang, [""])[0] in devants else r
        for rang, r in enumerate(reperes)
    ]


def _titrer(
    repere: TableauRepere,
    par_nom: dict[str, Feuille],
    autres: list[TableauRepere],
    referentiel: Referentiel,
) -> TableauRepere:
    siennes = {nom: par_nom[nom] for nom in repere.feuilles}
    modele = par_nom[repere.feuilles[0]]
    lues = {}
    for coin in (False, True):
        for nom, feuille in siennes.items():
            entetes = entetes_de(repere, feuille, modele, coin)
            ailleurs = {
                rang
                for autre in autres
                if nom in autre.feuilles
                for rang in entetes_de(autre, feuille, par_nom[autre.feuilles[0]], True)
            }
            lues[nom] = lignes_de(repere, feuille, entetes, ailleurs - set(entetes))
        titres = _titres(lues, referentiel) if coin else _coins(lues, referentiel)
        if titres is not None:
            return replace(repere, fin=None, titres=titres)
    return repere


def _coins(lues: dict[str, Lignes], referentiel: Referentiel) -> TitresReperes | None:
    """The names that stand in the corner of a header, when it comes back for each."""
    coins = dict.fromkeys(mot for lignes in lues.values() for mot in lignes.entetes.values() if mot)
    if len(coins) > _TROP or len({_cible(mot, referentiel) for mot in coins} - {None}) < _PLUSIEURS:
        return None
    labels = _labels(lues)
    if _disent_la_structure(labels, referentiel):
        return None
    rubriques: set[str] = set()
    for lignes in lues.values():
        titres = lignes.entetes | {r: mots[0] for r, mots in lignes.muettes.items() if mots[0] not in labels}
        rubriques |= _rubriques(dict(sorted(titres.items())), referentiel) - set(coins)
    hors = _hors_donnees(lues, labels)
    return TitresReperes(tuple(coins), tuple(sorted(rubriques)), hors, en_tete=True, entetes=_entetes(lues))


def _titres(lues: dict[str, Lignes], referentiel: Referentiel) -> TitresReperes | None:
    """The names on a row of their own, alone or beside the wording that announces them."""
    labels = _labels(lues)
    muettes = {mots[0] for lignes in lues.values() for mots in lignes.muettes.values()}
    if len(muettes) > _TROP or _disent_la_structure(labels, referentiel):
        return None
    libelle = _annonce(lues, referentiel)
    par_feuille: dict[str, dict[int, str]] = {}
    rubriques: dict[str, None] = {}
    for nom, lignes in lues.items():
        dites = {rang: mots for rang, mots in lignes.muettes.items() if mots[0] not in labels}
        titres = {r: mots[1] if mots[0] == libelle and mots[1:] else mots[0] for r, mots in dites.items()}
        siennes = _rubriques(titres, referentiel)
        rubriques |= dict.fromkeys(siennes)
        par_feuille[nom] = {rang: mot for rang, mot in titres.items() if mot not in siennes}
    noms = _suivis(lues, par_feuille)
    cibles = {_cible(mot, referentiel) for mot in noms} - {None}
    if len(cibles) < _PLUSIEURS or all(identifier("quartier", mot, None, referentiel) for mot in noms):
        return None
    hors = _hors_donnees(lues, labels)
    return TitresReperes(tuple(noms), tuple(sorted(rubriques)), hors, libelle, entetes=_entetes(lues))


def _suivis(lues: dict[str, Lignes], titres: dict[str, dict[int, str]]) -> dict[str, None]:
    """The titles with rows of numbers under them: another is only that of the sheet, or a note."""
    noms: dict[str, None] = {}
    for feuille, siens in titres.items():
        for rang, suivant in zip_longest(siens, list(siens)[1:]):
            if any(rang < r and (suivant is None or r < suivant) for r in lues[feuille].chiffrees):
                noms[siens[rang]] = None
    return noms


def _entetes(lues: dict[str, Lignes]) -> frozenset[tuple[str, int]]:
    return frozenset((nom, rang) for nom, lignes in lues.items() for rang in lignes.entetes)


def _labels(lues: dict[str, Lignes]) -> dict[str, None]:
    """The first words of the rows that hold numbers, each once, in their order."""
    return dict.fromkeys(mot for lignes in lues.values() for mot in lignes.chiffrees.values())


def _disent_la_structure(labels: Iterable[str], referentiel: Referentiel) -> bool:
    """True when the rows name their structure themselves."""
    return nomment_des_structures(islice(labels, _REGARDES), referentiel)


def _hors_donnees(lues: dict[str, Lignes], labels: Collection[str]) -> frozenset[tuple[str, int]]:
    return frozenset((nom, rang) for nom, lignes in lues.items() for rang in lignes.hors_donnees(labels))


def _annonce(lues: dict[str, Lignes], referentiel: Referentiel) -> str | None:
    """The wording that stands before each name, « Établissement »; None when they stand alone."""
    derriere: dict[str, set[str]] = {}
    for lignes in lues.values():
        for mots in lignes.muettes.values():
            if len(mots) > 1:
                derriere.setdefault(mots[0], set()).add(mots[1])
    devant = [
        mot
        for mot, noms in derriere.items()
        if len(noms) >= _PLUSIEURS and nomment_des_structures(noms, referentiel)
    ]
    return devant[0] if len(devant) == 1 else None


def _rubriques(titres: dict[int, str], referentiel: Referentiel) -> set[str]:
    """Wordings that name a part of a table, not a structure: they come back under several names, or stand
    right under one. What comes back under the same name only may be a structure of another city."""
    sous: dict[str, set[str]] = {}
    courant = ""
    for mot in titres.values():
        if structure_nommee(mot, referentiel)[0] or (mot not in sous and _cible(mot, referentiel)):
            courant = mot
        sous.setdefault(mot, set()).add(courant)
    repetees = {
        mot
        for mot, noms in sous.items()
        if len(noms - {mot, ""}) >= _PLUSIEURS and not structure_nommee(mot, referentiel)[0]
    }
    collees = {
        mot
        for rang, mot in titres.items()
        if rang - 1 in titres and _cible(titres[rang - 1], referentiel) and not _cible(mot, referentiel)
    }
    return repetees | collees


def _cible(mot: str, referentiel: Referentiel) -> str | None:
    """The structure a wording names, or is the closest to."""
    connue, proches = structure_nommee(mot, referentiel)
    return connue or (proches[0].valeur if proches else None)


def _sans_entete(feuille: Feuille, referentiel: Referentiel) -> TableauRepere | None:
    """The table of a sheet where a wording and its number follow each title, in the same two columns."""
    remplies = {
        rang: [c for c in range(len(rangee)) if not est_vide(contenu(feuille, (rang, c)))]
        for rang, rangee in enumerate(feuille.rangees)
    }
    nombres = {
        (rang, places[0], c)
        for rang, places in remplies.items()
        for c in places
        if ecrit_un_nombre(contenu(feuille, (rang, c)))
    }
    colonnes = {(debut, c) for _, debut, c in nombres}
    if len(colonnes) != 1:
        return None
    [(debut, valeurs)] = colonnes
    if debut == valeurs:
        return None
    premier = min(rang for rang, _, _ in nombres)
    repere = TableauRepere((feuille.nom,), premier, 0, (debut, valeurs))
    titres = _titres({feuille.nom: lignes_de(repere, feuille, {}, set())}, referentiel)
    return titres and replace(repere, titres=titres)
