"""Tables of text (CSV): any encoding, any separator, read line after line whatever their size."""

import codecs
import collections
import csv
import io
import itertools
from collections.abc import Collection, Iterator
from typing import BinaryIO

from etl.sources.tables import (
    LIGNES_DE_TITRE,
    TAILLE_MAXIMALE,
    Contenu,
    FichierIllisible,
    Lecture,
    LectureTriee,
    Ligne,
    Tableau,
    Tri,
    deborder,
    dire_abime,
    sans_fin_vide,
)
from etl.sources.triage import Triage, est_plat

_LIGNE_MAXIMALE = 1_000_000
_LIGNES_COMPTEES = 500
_OCTETS_PAR_CARACTERE = 4  # at most, in UTF-8
_BLOC = 1024**2
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Excel calls « Texte Unicode »


def tables_de_texte(contenu: Contenu, tete: bytes) -> tuple[Tableau, ...]:
    """Give the table under each of its possible header lines. Raises FichierIllisible."""
    encodage = _encodage_de(tete)
    if encodage is None and b"\0" in tete:
        raise FichierIllisible("pas_un_tableau", "Ce fichier n’est pas un tableau de texte (CSV).")
    return tuple(_tableaux(contenu, _debut(tete, encodage)))


def _debut(tete: bytes, encodage: str | None) -> str:
    """Decode the first bytes, which may stop in the middle of a character."""
    for essai in (encodage,) if encodage else ("utf-8", "cp1252"):
        try:
            erreurs = "strict" if essai == "cp1252" or not encodage else "replace"
            return codecs.getincrementaldecoder(essai)(erreurs).decode(tete)
        except UnicodeDecodeError:
            continue
    raise _encodage_inconnu()


def _tableaux(contenu: Contenu, debut: str) -> Iterator[Tableau]:
    largeurs: dict[str, list[tuple[int, int, int]]] = {}
    for numero, ligne in enumerate(io.StringIO(debut, newline=""), start=1):
        if numero > LIGNES_DE_TITRE:
            return
        separateur = next((s for s in ";\t|" if s in ligne), ",")
        try:
            cellules = next(csv.reader([ligne], delimiter=separateur), [])
        except csv.Error:
            continue
        if entetes := sans_fin_vide(cellules):
            if separateur not in largeurs:
                largeurs[separateur] = list(_largeurs(debut, separateur))
            suivantes = [(n, remplies) for place, n, remplies in largeurs[separateur] if place > numero]
            largeur = _largeur(len(entetes), len(cellules), [n for n, _ in suivantes])
            deborde = deborder(len(entetes), (remplies for _, remplies in suivantes))
            choix = (contenu, numero, separateur)
            yield Tableau(entetes, _lecteur(*choix), largeur, _trieur(*choix), deborde)


def _largeurs(debut: str, separateur: str) -> Iterator[tuple[int, int, int]]:
    """Count the cells of the first lines: (line, cells, those up to the last one filled)."""
    lecteur = csv.reader(io.StringIO(debut, newline=""), delimiter=separateur)
    try:
        for cellules in itertools.islice(lecteur, _LIGNES_COMPTEES):
            if any(cellules):
                yield lecteur.line_num, len(cellules), len(sans_fin_vide(cellules))
    except csv.Error:  # told when the lines themselves are read
        return


def _largeur(nommees: int, entetes: int, suivantes: list[int]) -> int:
    """Say how many cells a full line has: most often as the headers, their trailing blanks or one more.

    Many exports end each line, but not the headers, with a separator.
    """
    possibles = [n for n in suivantes if n in (nommees, nommees + 1, entetes, entetes + 1)]
    return collections.Counter(possibles).most_common(1)[0][0] if possibles else entetes


def _lecteur(contenu: Contenu, titre: int, separateur: str) -> Lecture:
    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        return _rangees(contenu, titre, separateur)

    return lire


def _rangees(contenu: Contenu, apres: int, separateur: str) -> Iterator[Ligne]:
    """Have the csv module cut every line, but give those after the first ones, `apres` of them."""
    with dire_abime():
        encodage, erreurs = _encodage(contenu)
        with contenu.ouvrir() as flux, io.TextIOWrapper(flux, encodage, erreurs, newline="") as texte:
            lecteur = csv.reader(_bornees(texte), delimiter=separateur, strict=True)
            try:
                for cellules in lecteur:
                    if lecteur.line_num > apres and any(cellules):
                        yield lecteur.line_num, cellules
            except csv.Error as erreur:
                raise _abime(lecteur.line_num) from erreur


def _trieur(contenu: Contenu, titre: int, separateur: str) -> LectureTriee:
    def lire(tri: Tri) -> Iterator[Ligne]:
        lues, plat = 0, True
        triage, codage = Triage(tri, separateur), _Codage(contenu)
        with dire_abime(), contenu.ouvrir() as flux:
            for bloc in _blocs_de_lignes(flux):
                plat = codage.convient(bloc) and est_plat(bloc, separateur)
                if not plat:
                    break
                lignes = (bloc.replace(b"\r\n", b"\n") if b"\r" in bloc else bloc).split(b"\n")[:-1]
                titres = max(titre - lues, 0)
                for rang, ligne in triage.a_lire(lignes[titres:], codage.decoder):
                    cellules = next(csv.reader([codage.decoder(ligne)], delimiter=separateur, strict=True))
                    if any(cellules):
                        yield lues + titres + rang + 1, cellules
                lues += len(lignes)
        triage.finir()
        if not plat:  # the csv module alone can tell the lines of what follows
            yield from _rangees(contenu, max(titre, lues), separateur)

    return lire


class _Codage:
    """The encoding of a content, looked for when the first byte that is not ASCII comes."""

    def __init__(self, contenu: Contenu) -> None:
        self._contenu = contenu
        self._codage: tuple[str, str] | None = None

    def convient(self, bloc: bytes) -> bool:
        """Say whether bytes can be cut before they are decoded. Raises FichierIllisible."""
        if self._codage is None and not bloc.isascii():
            encodage, erreurs = _encodage(self._contenu)
            self._codage = ("utf-8" if encodage == "utf-8-sig" else encodage), erreurs
        return self._codage is None or self._codage[0] != "utf-16"

    def decoder(self, octets: bytes) -> str:
        return octets.decode(*(self._codage or ("ascii", "strict")))


def _encodage_de(tete: bytes) -> str | None:
    """Name the encoding that the first bytes declare."""
    if tete.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if tete.startswith(_UTF16) else None


def _encodage(contenu: Contenu) -> tuple[str, str]:
    """Find the encoding of a whole content, and what to do with the bytes that do not belong to it.

    A file that declares itself keeps its encoding: one odd byte then spoils its own cell, and nothing else.
    """
    with contenu.ouvrir() as flux:
        declare = _encodage_de(flux.read(4))
    if declare:
        return declare, "replace"
    for essai in ("utf-8", "cp1252"):
        decodeur = codecs.getincrementaldecoder(essai)()
        with contenu.ouvrir() as flux:
            try:
                for bloc in _blocs(flux):
                    decodeur.decode(bloc)
                decodeur.decode(b"", final=True)
                return essai, "strict"
            except UnicodeDecodeError:
                continue
    raise _encodage_inconnu()


def _blocs(flux: BinaryIO) -> Iterator[bytes]:
    for rang in itertools.count(1):
        bloc = flux.read(_BLOC)
        if not bloc:
            return
        if rang * _BLOC > TAILLE_MAXIMALE:
            raise _trop_gros()
        yield bloc


def _blocs_de_lignes(flux: BinaryIO) -> Iterator[bytes]:
    """Give blocks of whole lines, an end of line added to the last one if it has none."""
    reste = b""
    for bloc in _blocs(flux):
        fin = bloc.rfind(b"\n") + 1
        if fin:
            yield reste + bloc[:fin]
            reste = bloc[fin:]
        else:
            reste += bloc
            if len(reste) > _OCTETS_PAR_CARACTERE * _LIGNE_MAXIMALE:
                raise _trop_longue()
    if reste:
        yield reste + b"\n"


def _encodage_inconnu() -> FichierIllisible:
    message = "L’encodage du fichier est inconnu : enregistrez-le en CSV UTF-8."
    return FichierIllisible("encodage_inconnu", message)


def _abime(ligne: int) -> FichierIllisible:
    message = f"Le fichier est abîmé vers la ligne {ligne} (guillemet non refermé ?)."
    return FichierIllisible("csv_abime", message)


def _trop_gros() -> FichierIllisible:
    return FichierIllisible("fichier_trop_gros", "Le fichier dépasse 1 Go : il n’est pas lu.")


def _trop_longue() -> FichierIllisible:
    return FichierIllisible("ligne_trop_longue", "Une ligne dépasse un million de caractères.")


def _bornees(texte: io.TextIOWrapper) -> Iterator[str]:
    lus = 0
    while ligne := texte.readline(_LIGNE_MAXIMALE + 1):
        lus += len(ligne)
        if len(ligne) > _LIGNE_MAXIMALE:
            raise _trop_longue()
        if lus > TAILLE_MAXIMALE:
            raise _trop_gros()
        yield ligne
