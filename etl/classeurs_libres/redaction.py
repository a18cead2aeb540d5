"""From what the officer chose on the page to the YAML of a declaration, and back to what it would load."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from ctg.referentiel import Referentiel
from etl.classeurs_libres.chargement import declaration
from etl.classeurs_libres.declaration import Declaration, dossier_des_declarations
from etl.classeurs_libres.entetes import SANS_TITRE, SEPARATEUR

_RAISON_PASSEE = "total ou note"
_UNITES_ECRITES = ("k€", "M€")  # in a header: its figures are not in euros


@dataclass(frozen=True, slots=True)
class ColonneChoisie:
    """A column as the officer described it; `noms` ties its wordings to ids, `raison` says why it is left.

    `a_passer`: its wordings whose rows are no data, totals or notes.
    """

    lettre: str
    entete: str
    donne: str
    mesure: str | None = None
    code: str | None = None
    modalite: str | None = None
    noms: dict[str, str] | None = None
    raison: str | None = None
    a_passer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choix:
    """What the page gathers. `structure` and `annee` are facets (`{"valeur": …}`), None when a column is."""

    titre: str
    nature: str
    feuilles: tuple[str, ...]
    lignes_entete: int
    colonnes: tuple[ColonneChoisie, ...]
    structure: dict[str, object] | None = None
    annee: dict[str, object] | None = None
    source: str | None = None
    additionner: bool = False
    jusqu_a_une_ligne_vide: bool = False


class DejaDecrit(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """A declaration of that name stands there with another content: the message names it."""


def rediger(choix: Choix) -> str:
    """The YAML of a declaration, to be validated by `chargement.declaration`."""
    lues = [c for c in choix.colonnes if c.donne != "rien"]
    tableau: dict[str, object] = {"feuilles": list(choix.feuilles)} if choix.feuilles else {}
    doubles = {e for e, nombre in Counter(c.entete for c in choix.colonnes).items() if nombre > 1}
    lisibles = [c.entete for c in lues if c.entete not in {*doubles, SANS_TITRE}]
    tableau["entete"] = lisibles
    if choix.lignes_entete != 1:
        tableau["lignes_entete"] = choix.lignes_entete
    if choix.jusqu_a_une_ligne_vide:
        tableau["fin"] = "vide"
    if choix.additionner:
        tableau["repetition"] = "additionner"
    tableau["colonnes"] = [_colonne(c, doubles) for c in choix.colonnes]
    passages = [
        {"colonne": c.entete, "valeurs": list(c.a_passer), "raison": _RAISON_PASSEE}
        for c in choix.colonnes
        if c.a_passer
    ]
    if passages:
        tableau["lignes_a_passer"] = passages
    contenu = {
        "titre": choix.titre,
        "nature": choix.nature,
        **({"source": choix.source} if choix.nature == "extrait" else {}),
        "reconnaissance": {"cellules": _mots_reconnus(choix, lisibles)},
        **({"structure": choix.structure} if choix.structure else {}),
        **({"annee": choix.annee} if choix.annee else {}),
        "tableaux": [tableau],
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
        raise DejaDecrit(f"Une correspondance « {valide.id} » existe déjà : choisissez un autre nom.")
    dossier.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_suffix(".yml.tmp")  # never half a declaration where a build looks
    provisoire.write_text(texte, encoding="utf-8")
    provisoire.replace(chemin)
    return chemin


def _mots_reconnus(choix: Choix, entetes: list[str]) -> list[str]:
    """The words that tell this model: those of its header, the lower ones when it stands on two rows."""
    mots = [e.split(SEPARATEUR)[-1] if choix.lignes_entete == 2 else e for e in entetes]
    return list(dict.fromkeys(mot for mot in mots if not mot.isdecimal()))


def _colonne(colonne: ColonneChoisie, doubles: set[str]) -> dict[str, object]:
    """The block of a column; one whose wording another one bears, or without any, goes by its letter."""
    par_lettre = colonne.entete in doubles or colonne.entete == SANS_TITRE
    ecrite: dict[str, object] = {"lettre": colonne.lettre} if par_lettre else {"entete": colonne.entete}
    ecrite["donne"] = colonne.donne
    if colonne.donne == "valeur":
        unite = next((u for u in _UNITES_ECRITES if u.casefold() in colonne.entete.casefold()), None)
        champs = {
            "mesure": colonne.mesure,
            "code": colonne.code,
            "modalite": colonne.modalite,
            "unite": unite,
        }
        return ecrite | {nom: valeur for nom, valeur in champs.items() if valeur}
    if colonne.donne == "rien":
        return ecrite | {
            "raison": colonne.raison or "n’est pas une mesure de la convention",
            "facultative": True,
        }
    return ecrite | ({"noms": colonne.noms} if colonne.noms else {})
