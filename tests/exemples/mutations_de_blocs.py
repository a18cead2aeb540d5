"""Damages to blocks of a form: answers moved up or down in a column, pasted elsewhere, hidden."""

import random
import re

CELLULE = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
RANGEE = re.compile(rb"<row .*?</row>", re.DOTALL)


def feuille_au_hasard(parties: dict[str, bytes], alea: random.Random) -> str | None:
    noms = [nom for nom in parties if nom.startswith("xl/worksheets/sheet")]
    return alea.choice(noms) if noms else None


def remonter(parties: dict[str, bytes], alea: random.Random) -> None:
    """« Supprimer, décaler vers le haut » (or down) in one column, over some rows or to the end: each answer
    stands against the next question."""
    nom = feuille_au_hasard(parties, alea)
    places = {(m[1], int(m[2])): m[0] for m in CELLULE.finditer(parties[nom])} if nom else {}
    colonne = alea.choice((b"F", b"F", b"G", b"H", b"I", b"E", b"J"))
    rangs = sorted(rang for ici, rang in places if ici == colonne)
    if len(rangs) < 3:
        return
    premier = alea.randrange(len(rangs) - 2)
    dernier = len(rangs) if alea.random() < 0.3 else premier + alea.randint(2, 12)
    bloc, pas = rangs[premier:dernier], alea.choice((-1, 1))
    nouvelles = {rang: places.get((colonne, rang - pas)) for rang in bloc}
    nouvelles[bloc[-1 if pas < 0 else 0]] = None
    parties[nom] = _poser(parties[nom], {(colonne, rang): cellule for rang, cellule in nouvelles.items()})


def coller(parties: dict[str, bytes], alea: random.Random) -> None:
    """A block of the answers pasted elsewhere: some rows and columns off, over whatever stands there."""
    nom = feuille_au_hasard(parties, alea)
    places = {(m[1], int(m[2])): m[0] for m in CELLULE.finditer(parties[nom])} if nom else {}
    if not places:
        return
    haut, gauche = alea.randint(10, 100), alea.randrange(5, 9)  # F to I
    bas, droite = alea.choice((-3, -1, 0, 1, 1, 2, 7)), alea.choice((-3, -2, -1, 0, 0, 0, 1, 2))
    lettres = b"ABCDEFGHIJKL"
    collees = {}
    for rang in range(haut, haut + alea.randint(1, 10)):
        for colonne in range(gauche, min(gauche + alea.randint(1, 4), 9)):
            cellule = places.get((lettres[colonne : colonne + 1], rang))
            collees[lettres[colonne + droite : colonne + droite + 1], rang + bas] = cellule
    parties[nom] = _poser(parties[nom], collees)


def _poser(contenu: bytes, cellules: dict[tuple[bytes, int], bytes | None]) -> bytes:
    """The sheet with these cells, written at their new addresses; None: a blank. Rows that are not there stay
    so."""

    def refaire(rangee: re.Match[bytes]) -> bytes:
        rang = int(re.search(rb'r="(\d+)"', rangee[0])[1])
        siennes = {m[1]: m[0] for m in CELLULE.finditer(rangee[0])}
        for (colonne, ici), cellule in cellules.items():
            if ici == rang:
                adresse = b'r="%b%d"' % (colonne, rang)
                siennes[colonne] = re.sub(rb'r="[A-Z]+\d+"', adresse, cellule or b'<c r="A1"/>', count=1)
        debut = rangee[0][: rangee[0].index(b">") + 1]
        return debut + b"".join(siennes[colonne] for colonne in sorted(siennes)) + b"</row>"

    visees = {rang for _, rang in cellules}
    return RANGEE.sub(
        lambda m: refaire(m) if int(re.search(rb'r="(\d+)"', m[0])[1]) in visees else m[0], contenu
    )


def masquer(parties: dict[str, bytes], alea: random.Random) -> None:
    """Some rows hidden, or one column: what stands there is told."""
    nom = feuille_au_hasard(parties, alea)
    if nom is None:
        return
    if alea.random() < 0.7:
        parties[nom] = re.sub(
            rb"<row (?![^>]*hidden)",
            lambda m: b'<row hidden="1" ' if alea.random() < 0.05 else m[0],
            parties[nom],
        )
    else:
        rang = str(alea.randint(4, 11)).encode()
        parties[nom] = re.sub(
            rb'<col (?![^>]*hidden)([^>]*min="%b")' % rang, rb'<col hidden="1" \g<1>', parties[nom]
        )
