"""Filled forms damaged by a program: bytes, parts of the archive, rows, cells, types. One seed, one file."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from tests.exemples.contenus_abimes import CONTENUS
from tests.exemples.mutations_de_blocs import CELLULE, RANGEE, coller, feuille_au_hasard, masquer, remonter

_TYPES = (b"n", b"s", b"str", b"inlineStr", b"b", b"e", b"d", b"x")


def muter(octets: bytes, graine: int) -> bytes:
    """The same workbook with one to four damages; the same seed gives the same bytes."""
    alea = random.Random(graine)
    if alea.random() < 0.12:
        return _octets(octets, alea)
    parties = _lire(octets)
    for _ in range(alea.randint(1, 4)):
        alea.choices(_GESTES, weights=[poids for _, poids in _POIDS])[0](parties, alea)
    return _ecrire(parties)


def _lire(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def _ecrire(parties: dict[str, bytes]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return sortie.getvalue()


def _octets(octets: bytes, alea: random.Random) -> bytes:
    """The archive itself: cut, bytes changed, a piece repeated or lost."""
    brut = bytearray(octets)
    match alea.randrange(4):
        case 0:
            return bytes(brut[: alea.randrange(len(brut))])
        case 1:
            for _ in range(alea.randint(1, 30)):
                brut[alea.randrange(len(brut))] = alea.randrange(256)
            return bytes(brut)
        case 2:
            debut = alea.randrange(len(brut))
            return bytes(brut[:debut] + brut[debut + alea.randint(1, 400) :])
        case _:
            debut = alea.randrange(len(brut))
            return bytes(brut[:debut] + brut[debut : debut + alea.randint(1, 400)] + brut[debut:])


def _cellules(parties: dict[str, bytes], alea: random.Random) -> None:
    """Some cells hold something else, in their own type or in another."""
    nom = feuille_au_hasard(parties, alea)
    if nom is None:
        return
    places = list(CELLULE.finditer(parties[nom]))
    if not places:
        return
    choisies = sorted(alea.sample(places, min(len(places), alea.randint(1, 12))), key=lambda m: -m.start())
    contenu = parties[nom]
    for place in choisies:
        contenu = contenu[: place.start()] + _nouvelle(place[1] + place[2], alea) + contenu[place.end() :]
    parties[nom] = contenu


def _nouvelle(adresse: bytes, alea: random.Random) -> bytes:
    texte = escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", alea.choice(CONTENUS))).encode()
    match alea.randrange(6):
        case 0:
            return b'<c r="%b"/>' % adresse
        case 1:
            return b'<c r="%b"><v>%b</v></c>' % (
                adresse,
                str(alea.choice((0, 3, 7, 12.5, -4, 1e9, 120, 0.85))).encode(),
            )
        case 2:
            return b'<c r="%b"><f>%b</f></c>' % (adresse, b"F12*2")
        case 3:
            return b'<c r="%b" t="e"><v>#REF!</v></c>' % adresse
        case 4:
            # a type its content contradicts makes most readers refuse the whole workbook: rarely
            genre = alea.choice(_TYPES) if alea.random() < 0.05 else b"str"
            return b'<c r="%b" t="%b"><v>%b</v></c>' % (adresse, genre, texte)
        case _:
            return b'<c r="%b" t="inlineStr"><is><t>%b</t></is></c>' % (adresse, texte)


def _rangees(parties: dict[str, bytes], alea: random.Random) -> None:
    """Rows lost, repeated, exchanged, emptied."""
    nom = feuille_au_hasard(parties, alea)
    rangees = list(RANGEE.finditer(parties[nom])) if nom else []
    if len(rangees) < 3:
        return
    contenu, (a, b) = parties[nom], sorted(alea.sample(rangees, 2), key=lambda m: m.start())
    match alea.randrange(4):
        case 0:
            contenu = contenu[: a.start()] + contenu[a.end() :]
        case 1:
            contenu = contenu[: b.end()] + a[0] + contenu[b.end() :]
        case 2:
            milieu = contenu[a.end() : b.start()]
            contenu = contenu[: a.start()] + b[0] + milieu + a[0] + contenu[b.end() :]
        case _:
            contenu = contenu[: a.start()] + re.sub(rb"<c .*</c>", b"", a[0]) + contenu[a.end() :]
    parties[nom] = contenu


def _lignes_visibles(parties: dict[str, bytes], alea: random.Random) -> None:
    """Two lines exchanged from their words on, as a sort of the visible columns does: the keys stay."""
    nom = feuille_au_hasard(parties, alea)
    rangees = list(RANGEE.finditer(parties[nom])) if nom else []
    if len(rangees) < 20:
        return
    # close lines: those of one question, most of the time
    rang = alea.randrange(14, len(rangees) - 3)
    a, b = rangees[rang], rangees[rang + alea.randint(1, 3)]
    contenu = parties[nom]
    parties[nom] = (
        contenu[: a.start()]
        + _visibles_de(a[0], b[0])
        + contenu[a.end() : b.start()]
        + _visibles_de(b[0], a[0])
        + contenu[b.end() :]
    )


def _visibles_de(rangee: bytes, autre: bytes) -> bytes:
    """A row with the cells of another from column C on."""
    numero = re.search(rb'r="(\d+)"', rangee)[1]
    cachees = [m[0] for m in CELLULE.finditer(rangee) if m[1] in (b"A", b"B")]
    visibles = [
        re.sub(rb'r="([A-Z]+)\d+"', rb'r="\g<1>%b"' % numero, m[0], count=1)
        for m in CELLULE.finditer(autre)
        if m[1] not in (b"A", b"B")
    ]
    return rangee[: rangee.index(b">") + 1] + b"".join(cachees + visibles) + b"</row>"


def _decaler(parties: dict[str, bytes], alea: random.Random) -> None:
    """Every row below one of them moves down, or every column one step right: rows or columns inserted."""
    nom = feuille_au_hasard(parties, alea)
    if nom is None:
        return
    if alea.random() < 0.5:
        seuil, pas = alea.randint(1, 120), alea.randint(1, 3)

        def plus_bas(m: re.Match[bytes]) -> bytes:
            rang = int(m[2])
            return m[1] + str(rang + pas if rang >= seuil else rang).encode() + b'"'

        contenu = re.sub(rb'(<row r=")(\d+)"', plus_bas, parties[nom])
        parties[nom] = re.sub(rb'(<c r="[A-Z]+)(\d+)"', plus_bas, contenu)
    else:
        parties[nom] = re.sub(
            rb'<c r="([A-Y])(\d)', lambda m: b'<c r="' + bytes([m[1][0] + 1]) + m[2], parties[nom]
        )


def _adresses(parties: dict[str, bytes], alea: random.Random) -> None:
    """Cells that say they stand elsewhere, or nowhere."""
    nom = feuille_au_hasard(parties, alea)
    if nom is None:
        return
    par = alea.choice(
        (b'<c r="F12"', b"<c", b'<c r="XFD1048576"', b'<c r="f9"', b'<c r="F0"', b'<c r="12F"', b'<c r=""')
    )
    places = list(re.finditer(rb'<c r="[A-Z]+\d+"', parties[nom]))
    for place in alea.sample(places, min(len(places), alea.randint(1, 3))):
        parties[nom] = parties[nom].replace(place[0], par, 1)


def _fusions(parties: dict[str, bytes], alea: random.Random) -> None:
    nom = feuille_au_hasard(parties, alea)
    if nom:
        haut = alea.randint(1, 150)
        plage = f"{alea.choice('ABCFG')}{haut}:{alea.choice('FGHIJ')}{haut + alea.randint(0, 4)}".encode()
        parties[nom] = parties[nom].replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="' + plage + b'"/></mergeCells>'
        )


def _parties(parties: dict[str, bytes], alea: random.Random) -> None:
    """Whole parts lost, emptied, exchanged, cut or renamed."""
    nom, autre = alea.choice(list(parties)), alea.choice(list(parties))
    match alea.randrange(5):
        case 0:
            del parties[nom]
        case 1:
            parties[nom] = b""
        case 2:
            parties[nom], parties[autre] = parties[autre], parties[nom]
        case 3:
            parties[nom] = parties[nom][: alea.randrange(len(parties[nom]) + 1)]
        case _:
            parties[alea.choice(("../../x.xml", "xl/vbaProject.bin", "xl/worksheets/sheet99.xml"))] = (
                parties.pop(nom)
            )


def _classeur(parties: dict[str, bytes], alea: random.Random) -> None:
    """Sheets renamed, hidden, announced twice."""
    nom = "xl/workbook.xml"
    if nom not in parties:
        return
    match alea.randrange(3):
        case 0:
            parties[nom] = re.sub(
                rb'name="[^"]*"', 'name="Feuil1 \u00e9t\u00e9"'.encode(), parties[nom], count=1
            )
        case 1:
            parties[nom] = parties[nom].replace(b"<sheet ", b'<sheet state="hidden" ', 1)
        case _:
            feuilles = re.findall(rb"<sheet [^>]*/>", parties[nom])
            if feuilles:
                parties[nom] = parties[nom].replace(feuilles[0], feuilles[0] + alea.choice(feuilles), 1)


def _detours(parties: dict[str, bytes], alea: random.Random) -> None:
    """Some values are the same to XML, written with entities, comments, CDATA sections."""
    nom = feuille_au_hasard(parties, alea)
    if nom is None:
        return

    def detourner(m: re.Match[bytes]) -> bytes:
        texte = m[1]
        if alea.random() < 0.8:
            return m[0]
        ou = alea.randrange(len(texte))
        avant, apres = texte[:ou], texte[ou + 1 :]
        signe = texte[ou : ou + 1]
        detour = alea.choice((b"&#%d;" % signe[0], b"<!-- -->" + signe, b"<![CDATA[%b]]>" % signe))
        return b"<v>" + avant + detour + apres + b"</v>"

    parties[nom] = re.sub(rb"<v>([0-9.]+)</v>", detourner, parties[nom])


_POIDS: tuple[tuple[Callable[[dict[str, bytes], random.Random], None], int], ...] = (
    (_cellules, 12),
    (_rangees, 4),
    (_lignes_visibles, 3),
    (_decaler, 2),
    (remonter, 3),
    (coller, 3),
    (masquer, 1),
    (_adresses, 1),
    (_fusions, 2),
    (_parties, 1),
    (_classeur, 1),
    (_detours, 2),
)
_GESTES = [geste for geste, _ in _POIDS]
