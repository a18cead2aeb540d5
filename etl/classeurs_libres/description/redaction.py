"""From what the officer chose on the page to the YAML of a declaration, and its place in the convention."""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import yaml

from ctg.referentiel import Referentiel
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.declaration.modele import Declaration, dossier_des_declarations
from etl.classeurs_libres.description.choix import CaseChoisie, Choix, ColonneChoisie, TableauChoisi
from etl.classeurs_libres.lecture.annees import generaliser
from etl.classeurs_libres.lecture.entetes import SANS_TITRE, SEPARATEUR
from etl.classeurs_libres.mots import AAAA, JOKER

_RAISON_PASSEE = "total, note ou ligne sans mesure"
_RAISON_NON_LUE = "n’est pas une mesure de la convention"
_RAISON_ECARTE = "tableau laissé de côté par la coordination"
_RAISON_VOISINE = "autre tableau de la même feuille"
_UNITES_ECRITES = ("k€", "M€")  # in a header: its figures are not in euros
_MOTS_SURS = 3  # under this many words, two models may well share them
_CODE_IMPLICITE = "valeur"
_CIVILITE = re.compile(r"(?:M\.|Mme|Mr|Mlle|Monsieur|Madame|Dr) ", re.IGNORECASE)
_UNE_ANNEE = re.compile(r"20[0-9]{2}(?:\s?[-/]\s?20[0-9]{2})?")


class DejaDecrit(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """A declaration of that name stands there with another content: the message names it."""


def rediger(choix: Choix) -> str:
    """The YAML of a declaration, to be validated by `chargement.declaration`."""
    facettes = {"structure": choix.structure, "fiche": choix.fiche, "annee": choix.annee}
    par_feuille = bool(choix.annee and choix.annee.get("nom_de_feuille"))
    ignorees = [
        {"feuille": _motif_de_feuille(nom, par_feuille), "raison": raison}
        for nom, raison in choix.feuilles_ignorees.items()
    ]
    contenu = {
        "titre": choix.titre,
        "nature": choix.nature,
        **({"source": choix.source} if choix.nature == "extrait" else {}),
        "reconnaissance": _reconnaissance(choix, par_feuille),
        **({"feuilles_ignorees": ignorees} if ignorees else {}),
        **{nom: facette for nom, facette in facettes.items() if facette},
        **({"tableaux": [_tableau(t, par_feuille) for t in choix.tableaux]} if choix.tableaux else {}),
        **({"tableaux_ecartes": ecartes} if (ecartes := _ecartes(choix, par_feuille)) else {}),
        **({"cases": [_case(c) for c in choix.cases]} if choix.cases else {}),
    }
    return yaml.safe_dump(contenu, allow_unicode=True, sort_keys=False, width=110)


def identifiant(titre: str) -> str:
    """A file name for a declaration: « Suivi 2025 de l’Archipel » → suivi_2025_de_l_archipel."""
    decompose = unicodedata.normalize("NFKD", titre.replace("œ", "oe"))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", "_", sans_accent).strip("_") or "modele"


def enregistrer(texte: str, nom: str, referentiel: Referentiel, remplacer: bool = False) -> Path:
    """Write a declaration into the convention, once validated; returns its file.

    Raises ReferentielInvalide (every error), DejaDecrit (unless `remplacer`), OSError.
    """
    valide: Declaration = declaration(texte, nom, referentiel)
    dossier = dossier_des_declarations(referentiel.dossier)
    chemin = dossier / f"{valide.id}.yml"
    if chemin.exists() and not remplacer and chemin.read_text(encoding="utf-8") != texte:
        raise DejaDecrit(
            f"Une correspondance « {valide.id} » existe déjà : choisissez un autre titre, ou remplacez-la."
        )
    dossier.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_suffix(".yml.tmp")  # never half a declaration where a build looks
    provisoire.write_text(texte, encoding="utf-8")
    provisoire.replace(chemin)
    return chemin


def _reconnaissance(choix: Choix, par_feuille: bool) -> dict[str, list[str]]:
    """What tells this model: the words of its fullest sheet, and its sheets when these words are few."""
    par_nom: dict[str | None, dict[str, None]] = defaultdict(dict)
    for tableau in choix.tableaux:
        for feuille in tableau.feuilles:
            par_nom[feuille] |= dict.fromkeys(_mots_reconnus(tableau))
    for case in choix.cases:
        par_nom[case.feuille][case.libelle] = None
    mots = list(max(par_nom.values(), key=len, default={}))
    feuilles = [_motif_de_feuille(f, par_feuille) for t in choix.tableaux for f in t.feuilles]
    reconnus = {"cellules": mots} if mots else {}
    if len(mots) < _MOTS_SURS and feuilles:
        reconnus["feuilles"] = list(dict.fromkeys(feuilles))
    return reconnus


def _mots_reconnus(tableau: TableauChoisi) -> list[str]:
    """The words of a header that are read, the lower ones when it stands on two rows, and its first rows when
    they say what is counted; a year alone tells nothing."""
    entetes = [c.entete for c in tableau.colonnes if c.donne != "rien" and c.entete != SANS_TITRE]
    parties = [e.split(SEPARATEUR) if tableau.lignes_entete == 2 else [e] for e in map(generaliser, entetes)]
    mots = [next((p for p in reversed(dites) if p != AAAA), AAAA) for dites in parties]
    lignes = [mot for c in tableau.colonnes if c.donne == "mesure" for mot in list(c.noms or ())[:_MOTS_SURS]]
    return list(dict.fromkeys(mot for mot in [*mots, *lignes] if mot != AAAA))


def _entetes_surs(tableau: TableauChoisi) -> list[str]:
    """The titles of the columns that are read, those that name one column only."""
    doubles = _doubles(tableau)
    lues = [c.entete for c in tableau.colonnes if c.donne != "rien"]
    surs = [entete for entete in lues if entete not in {*doubles, SANS_TITRE}]
    return surs if surs != [AAAA] else surs * min(2, tableau.annees)  # one year may stand anywhere


def _doubles(tableau: TableauChoisi) -> set[str]:
    titres = Counter([*(c.entete for c in tableau.colonnes), *tableau.voisines.values()])
    titres += Counter(set(map(generaliser, tableau.voisines.values())) - set(tableau.voisines.values()))
    return {titre for titre, nombre in titres.items() if nombre > 1}


def _motif_de_feuille(nom: str, par_feuille: bool) -> str:
    """The sheet of another year is the same one when its name says the year."""
    return _UNE_ANNEE.sub(JOKER, nom) if par_feuille else nom


def _ecartes(choix: Choix, par_feuille: bool) -> list[dict[str, object]]:
    """The tables left unread, those whose header is also that of a table that is read left out."""
    lus = [{generaliser(c.entete) for c in t.colonnes} for t in choix.tableaux]
    return [
        {
            "feuilles": [_motif_de_feuille(f, par_feuille) for f in laisse.feuilles],
            "entete": list(entete),
            "lignes_entete": laisse.lignes_entete,
            "raison": _RAISON_ECARTE,
        }
        for laisse in choix.ecartes
        for entete in [dict.fromkeys(map(generaliser, laisse.entete))]
        if entete and not any(set(entete) <= mots for mots in lus)
    ]


def _toutes_annees(choisi: TableauChoisi) -> TableauChoisi:
    """The same table, its titles of any year where they say theirs: next year's columns are read by the same
    declaration. Those that give the same thing each year become one; one known by its letter stays alone."""
    par_titre: dict[str, list[ColonneChoisie]] = defaultdict(list)
    for colonne in choisi.colonnes:
        par_titre[generaliser(colonne.entete)].append(colonne)
    voisines = {generaliser(titre) for titre in choisi.voisines.values()}
    colonnes: list[ColonneChoisie] = []
    for titre, siennes in par_titre.items():
        dites = [replace(c, entete=titre, annee=AAAA if c.annee else None) for c in siennes]
        seules = {replace(c, lettre="", noms=None) for c in dites}
        if AAAA not in titre or (dites[0].donne == "valeur" and not dites[0].annee):
            colonnes += siennes
        elif titre in voisines or len({c.entete for c in siennes}) < len(siennes):
            colonnes += dites
        else:
            colonnes += dites[:1] if len(seules) == 1 else siennes
    annees = sum(generaliser(c.entete) == AAAA for c in choisi.colonnes)
    return replace(choisi, colonnes=tuple(colonnes), annees=annees)


def _tableau(choisi: TableauChoisi, par_feuille: bool) -> dict[str, object]:
    choisi = _toutes_annees(choisi)
    doubles, surs = _doubles(choisi), _entetes_surs(choisi)
    feuilles = list(dict.fromkeys(_motif_de_feuille(f, par_feuille) for f in choisi.feuilles))
    tableau: dict[str, object] = {"feuilles": feuilles}
    tableau |= {"entete": surs} if surs else {"ligne": choisi.ligne}
    if choisi.lignes_entete != 1:
        tableau["lignes_entete"] = choisi.lignes_entete
    if choisi.fin:
        tableau["fin"] = choisi.fin
    if choisi.additionner:
        tableau["repetition"] = "additionner"
    facettes = {"structure": choisi.structure, "mesure": choisi.mesure}
    tableau |= {nom: facette for nom, facette in facettes.items() if facette}
    voisines = [
        {"lettre": lettre, "donne": "rien", "raison": _RAISON_VOISINE, "facultative": True}
        for lettre in choisi.voisines
    ]
    tableau["colonnes"] = [*(_colonne(c, doubles) for c in choisi.colonnes), *voisines]
    passages = [
        {
            "colonne": c.lettre if _par_lettre(c, doubles) else c.entete,
            "valeurs": valeurs,
            "raison": _RAISON_PASSEE,
        }
        for c in choisi.colonnes
        if (valeurs := list(filter(None, map(_sans_personne, c.a_passer))))
    ]
    return tableau | ({"lignes_a_passer": passages} if passages else {})


def _sans_personne(mot: str) -> str | None:
    """A wording to pass over, without the name or the number of a person: « Contact : * », « Mme * »; None
    when nothing of it may be written."""
    if not motifs_a_relire(mot):
        return mot
    avant, deux_points, _ = mot.partition(":")
    if deux_points and not motifs_a_relire(avant):
        return f"{avant.strip()} :{JOKER}"
    civilite = _CIVILITE.match(mot)
    return f"{civilite[0]}{JOKER}" if civilite else None


def _par_lettre(colonne: ColonneChoisie, doubles: set[str]) -> bool:
    return colonne.entete in doubles or colonne.entete == SANS_TITRE


def _colonne(colonne: ColonneChoisie, doubles: set[str]) -> dict[str, object]:
    """The block of a column; one whose wording another one bears goes by its letter too, one without any by
    its letter alone."""
    ou = {"lettre": colonne.lettre} if _par_lettre(colonne, doubles) else {}
    ou |= {} if colonne.entete == SANS_TITRE else {"entete": colonne.entete}
    ecrite: dict[str, object] = {**ou, "donne": colonne.donne}
    if colonne.donne == "valeur":
        champs = {nom: getattr(colonne, nom) for nom in ("mesure", "code", "modalite", "structure", "annee")}
        champs["code"] = None if colonne.code == _CODE_IMPLICITE else colonne.code
        champs["unite"] = _unite(colonne.entete)
        return ecrite | {nom: valeur for nom, valeur in champs.items() if valeur}
    if colonne.donne == "rien":
        return ecrite | {"raison": colonne.raison or _RAISON_NON_LUE, "facultative": True}
    ecrite |= {"noms": colonne.noms} if colonne.noms else {}
    ecrite |= {"chiffres": colonne.chiffres} if colonne.chiffres else {}
    return ecrite | ({"recopier": True} if colonne.recopier else {})


def _case(choisie: CaseChoisie) -> dict[str, object]:
    champs = {nom: getattr(choisie, nom) for nom in ("libelle", "mesure", "code", "modalite", "feuille")}
    champs["code"] = None if choisie.code == _CODE_IMPLICITE else choisie.code
    champs["unite"] = _unite(choisie.libelle)
    return {nom: valeur for nom, valeur in champs.items() if valeur}


def _unite(libelle: str) -> str | None:
    return next((u for u in _UNITES_ECRITES if u.casefold() in libelle.casefold()), None)
