"""Reads the declarations of a convention: every YAML, every error at once, each with its file and its key."""

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache

from ctg.referentiel import Referentiel, ReferentielInvalide
from ctg.referentiel.blocs import Bloc, analyser_bloc
from ctg.referentiel.erreurs import Journal
from etl.classeurs_libres.declaration.modele import Declaration, dossier_des_declarations
from etl.classeurs_libres.declaration.validation import valider

_OUI_NON = {"oui": True, "non": False, True: True, False: False}
_ILLISIBLE = object()


def declarations(referentiel: Referentiel) -> tuple[Declaration, ...]:
    """Every declaration beside the convention, in alphabetical order; none when it comes from no folder.

    Raises ReferentielInvalide with every error of every file, OSError.
    """
    if referentiel.dossier is None:
        return ()
    dossier = dossier_des_declarations(referentiel.dossier)
    textes = tuple((c.stem, c.read_bytes()) for c in sorted(dossier.glob("*.yml")))
    journal = Journal()
    lues = [_declaration(nom, octets, journal) for nom, octets in textes]
    for lue in lues:
        if lue is not None:
            valider(lue, referentiel, journal)
    if journal.erreurs:
        raise ReferentielInvalide(journal.erreurs)
    return tuple(lue for lue in lues if lue is not None)


def declaration(texte: str, nom: str, referentiel: Referentiel) -> Declaration:
    """The declaration a text holds, once validated; `nom` is the name of its file, without `.yml`.

    Raises ReferentielInvalide with every error.
    """
    journal = Journal()
    lue = _declaration(nom, texte.encode(), journal)
    if lue is not None:
        valider(lue, referentiel, journal)
    if lue is None or journal.erreurs:
        raise ReferentielInvalide(journal.erreurs)
    return lue


def nom_de_fichier(nom: str) -> str:
    """How an error names the file of a declaration."""
    return f"classeurs_libres/{nom}.yml"


def _declaration(nom: str, octets: bytes, journal: Journal) -> Declaration | None:
    lue, erreurs = _analyser(nom, octets)
    journal.erreurs += erreurs
    return lue


@lru_cache(maxsize=256)
def _analyser(nom: str, octets: bytes) -> tuple[Declaration | None, tuple]:
    """A declaration by the content of its file: the same bytes are parsed once."""
    journal, fichier = Journal(), nom_de_fichier(nom)
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        journal.noter(fichier, 0, "le fichier n’est pas en UTF-8")
        return None, tuple(journal.erreurs)
    contenu = analyser_bloc(texte, fichier, journal)
    lue = None
    if contenu is not None:
        if "id" in contenu:
            journal.noter(fichier, contenu.ligne, "clé « id » inconnue : l’identifiant est le nom du fichier")
        lue = _Lecteur(fichier, journal).bloc(Declaration, Bloc(contenu, id=nom), "", contenu.ligne)
    return (None if journal.erreurs else lue), tuple(journal.erreurs)


class _Lecteur:
    """Turns YAML blocks into the classes of `declaration`, noting what is wrong without stopping."""

    def __init__(self, fichier: str, journal: Journal) -> None:
        self.fichier = fichier
        self.journal = journal

    def bloc(self, classe: type, contenu: object, chemin: str, ligne: int) -> object:
        if not isinstance(contenu, dict):
            self._noter(ligne, chemin, f"« {contenu} » : on attend un bloc de clés")
            return _ILLISIBLE
        ligne = getattr(contenu, "ligne", ligne)
        genres = typing.get_type_hints(classe)
        connus = {champ.name: champ for champ in fields(classe)}
        for inconnue in [cle for cle in contenu if cle not in connus]:
            acceptees = ", ".join(nom for nom in connus if nom != "id")
            self._noter(ligne, chemin, f"clé « {inconnue} » inconnue (clés acceptées : {acceptees})")
        valeurs = {}
        for nom, champ in connus.items():
            if contenu.get(nom) is not None:
                valeurs[nom] = self.valeur(genres[nom], contenu[nom], _sous(chemin, nom), ligne)
            elif champ.default is MISSING:
                self._noter(ligne, chemin, f"clé « {nom} » manquante")
                valeurs[nom] = _ILLISIBLE
        return _ILLISIBLE if _ILLISIBLE in valeurs.values() else classe(**valeurs)

    def valeur(self, genre: object, lu: object, chemin: str, ligne: int) -> object:
        if isinstance(genre, types.UnionType):  # « … or absent »: here it is present
            genre = typing.get_args(genre)[0]
        if is_dataclass(genre):
            return self.bloc(genre, lu, chemin, ligne)
        if typing.get_origin(genre) is tuple:
            return self._liste(typing.get_args(genre)[0], lu, chemin, ligne)
        if typing.get_origin(genre) is dict:
            return self._noms(lu, chemin, ligne)
        if genre is bool:
            if isinstance(lu, (str, bool)) and lu in _OUI_NON:
                return _OUI_NON[lu]
            return self._refuser(ligne, chemin, lu, "oui ou non")
        if genre is int:
            if type(lu) is int and lu >= 0:
                return lu
            return self._refuser(ligne, chemin, lu, "un nombre entier")
        if isinstance(lu, (dict, list, bool)):
            return self._refuser(ligne, chemin, lu, "un texte")
        return str(lu)

    def _liste(self, genre: object, lu: object, chemin: str, ligne: int) -> object:
        # one wording alone is a list of one
        elements = lu if isinstance(lu, list) else [lu]
        valeurs = [
            self.valeur(genre, element, f"{chemin}[{rang}]", getattr(element, "ligne", ligne))
            for rang, element in enumerate(elements, 1)
        ]
        return _ILLISIBLE if _ILLISIBLE in valeurs else tuple(valeurs)

    def _noms(self, lu: object, chemin: str, ligne: int) -> object:
        if not isinstance(lu, dict) or any(isinstance(v, (dict, list)) or v is None for v in lu.values()):
            return self._refuser(ligne, chemin, lu, "une table « libellé : identifiant »")
        return {str(nom): str(valeur) for nom, valeur in lu.items()}

    def _refuser(self, ligne: int, chemin: str, lu: object, attendu: str) -> object:
        self._noter(ligne, chemin, f"« {lu} » : on attend {attendu}")
        return _ILLISIBLE

    def _noter(self, ligne: int, chemin: str, message: str) -> None:
        self.journal.noter(self.fichier, ligne, f"{chemin} : {message}" if chemin else message)


def _sous(chemin: str, nom: str) -> str:
    return f"{chemin} › {nom}" if chemin else nom
