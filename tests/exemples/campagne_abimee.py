"""A fuzzing campaign: mutated forms, loaded by the real build, then held against an independent witness."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.mutations import muter
from tests.exemples.temoin import Adresses, est_dans, masquees, voir

_PAR_LOT = 60  # files in one build
_ADRESSE = re.compile(r"\b[A-Z]{1,3}[0-9]{1,7}\b")
_NOMBRE = re.compile(r"\s*-?[0-9]+(?:[.,\s][0-9]+)*\s*")
_LIGNE = re.compile(r"^Ligne ([0-9]+)\b")
_LIGNES = re.compile(r"\bLes lignes ([0-9]+) à ([0-9]+) en dépendent")
_CLE = re.compile(r"[ictv]:\S")
_DATES = ("m:annee", "m:rempli_le")
_LUES = """
    SELECT d.fichier, coalesce(l.feuille, d.feuille), l.cellule, l.valeur, l.texte, l.etat, l.remarque
    FROM interne.lue AS l JOIN interne.depot AS d ON d.depot_id = l.depot_id
    WHERE d.source = 'formulaire'
"""


@dataclass(frozen=True, slots=True)
class Modele:
    """What a form bears before it is damaged: `nombres` that are no answer (its year, its date, what it
    recalls in words), the `mots` beside each key."""

    nombres: frozenset[str]
    mots: dict[str, str]

    @classmethod
    def de(cls, vues: Adresses) -> "Modele":
        mots = {
            texte: vues.get((feuille, f"C{_rang(ou)}"), "")
            for (feuille, ou), texte in vues.items()
            if _colonne(ou) == "A" and _CLE.match(texte)
        }
        return cls(frozenset(_imprimes(vues)), mots)


@dataclass(slots=True)
class Constat:
    """What was found. `inventees`: values that their cell does not hold, or that stand beside the words of
    another row; `perdues`: cells nobody told, among
    the answers, and anywhere on the sheet when a number was typed there."""

    fichiers: int = 0
    lisibles: int = 0
    valeurs: int = 0
    refuses: int = 0
    inventees: list[str] = field(default_factory=list)
    perdues: list[str] = field(default_factory=list)
    tues: list[str] = field(default_factory=list)  # loaded from a hidden row or column, without a word
    muets: list[str] = field(default_factory=list)  # refused without a word, or with that of our fault


def mener(modeles: list[Path], dossier: Path, nombre: int, premiere_graine: int = 0) -> Constat:
    """Mutate `nombre` times the workbooks `modeles`, load them by lots, and note what is not as it should."""
    constat = Constat()
    imprimes = {modele.name: Modele.de(voir(modele) or {}) for modele in modeles}
    for debut in range(premiere_graine, premiere_graine + nombre, _PAR_LOT):
        lot = dossier / f"lot_{debut}"
        lot.mkdir()
        for graine in range(debut, min(debut + _PAR_LOT, premiere_graine + nombre)):
            modele = modeles[graine % len(modeles)]
            (lot / f"{graine}_{modele.name}").write_bytes(muter(modele.read_bytes(), graine))
        _juger(lot, imprimes, constat)
        for chemin in lot.iterdir():
            chemin.unlink()
    return constat


def _juger(lot: Path, imprimes: dict[str, Modele], constat: Constat) -> None:
    entrepot = lot.with_suffix(".duckdb")
    construire((lot,), dossier_par_defaut(), entrepot)
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        lues = connexion.execute(_LUES).fetchall()
        dites = connexion.execute(
            "SELECT fichier, feuille, cellule, message FROM collecte.anomalie"
        ).fetchall()
        sorts = dict(
            connexion.execute("SELECT fichier, max(statut) FROM collecte.fichier GROUP BY 1").fetchall()
        )
        motifs = dict(
            connexion.execute("SELECT fichier, max(message) FROM collecte.fichier GROUP BY 1").fetchall()
        )
    entrepot.unlink()
    for chemin in sorted(lot.iterdir()):
        constat.fichiers += 1
        siennes = [ligne[1:] for ligne in lues if ligne[0] == chemin.name]
        paroles = [ligne[1:] for ligne in dites if ligne[0] == chemin.name]
        if sorts.get(chemin.name) in (None, "refuse"):
            constat.refuses += 1
            imprevu = any("n’a pas su lire" in message for *_, message in paroles)
            if imprevu or (not paroles and not motifs.get(chemin.name)):
                constat.muets.append(chemin.name)
        vues = voir(chemin)
        if vues is not None:
            constat.lisibles += 1
            modele = imprimes[chemin.name.partition("_")[2]]
            _confronter(chemin.name, siennes, paroles, vues, modele, constat)
            _chercher_masquees(chemin, siennes, paroles, constat)


def _confronter(
    nom: str, lues: list[tuple], paroles: list[tuple], vues: Adresses, modele: Modele, constat: Constat
) -> None:
    for feuille, cellule, valeur, texte, _, _ in lues:
        if valeur is not None:
            constat.valeurs += 1
            vu = vues.get((feuille, cellule), "")
            if not est_dans(valeur, vu):
                constat.inventees.append(f"{nom} {feuille}!{cellule} : {valeur} lu, « {vu[:60]} » écrit")
            elif mot := _mot_d_une_autre(feuille, _rang(cellule), vues, modele):
                constat.inventees.append(f"{nom} {feuille}!{cellule} : lu à côté de « {mot[:60]} »")
        elif texte is not None and (feuille, cellule) not in vues:
            constat.inventees.append(f"{nom} {feuille}!{cellule} : « {texte[:60]} » lu, rien d’écrit")
    feuilles = {feuille for feuille, *_ in lues}
    connues = {(feuille, cellule) for feuille, cellule, _, _, etat, _ in lues if etat != "manquant"}
    for feuille, cellule, message in paroles:
        connues |= {(feuille, ou) for ou in [cellule, *_ADRESSE.findall(message)]}
    gardees = {(feuille, _rang(cellule)): remarque or "" for feuille, cellule, *_, remarque in lues}
    # « Ligne 22 : … sa réponse n’est pas chargée » speaks of the answers of that row, not of what is beside
    lignes = {(feuille, rang) for feuille, _, message in paroles for rang in _LIGNE.findall(message)}
    for feuille, _, message in paroles:
        for premiere, derniere in _LIGNES.findall(message):
            lignes |= {(feuille, str(rang)) for rang in range(int(premiere), int(derniere) + 1)}
    connues |= {
        (feuille, ou) for feuille, ou in vues if (feuille, _rang(ou)) in lignes and _colonne(ou) not in "DE"
    }
    for feuille, cellule in (_saisies(vues, feuilles) | _nombres(vues, feuilles, modele.nombres)) - connues:
        typee = _chiffres(vues[feuille, cellule])
        if typee and typee in _chiffres(gardees.get((feuille, _rang(cellule)), "")):
            continue  # a number typed as a note is kept as one
        constat.perdues.append(f"{nom} {feuille}!{cellule} : « {vues[feuille, cellule][:60]} »")


def _chercher_masquees(chemin: Path, lues: list[tuple], paroles: list[tuple], constat: Constat) -> None:
    """Values that stand where nobody sees them, and that no sentence names nor counts (« et 3 de plus »)."""
    caches = masquees(chemin)
    dites = {
        (feuille, ou)
        for feuille, cellule, message in paroles
        for ou in (
            cellule,
            "de plus" if "masquées" in message and "de plus" in message else "",
            *_ADRESSE.findall(message),
        )
    }
    constat.tues += [
        f"{chemin.name} {feuille}!{ou}"
        for feuille, ou, valeur, *_ in lues
        if valeur is not None and caches & {(feuille, _rang(ou)), (feuille, _colonne(ou))}
        if not dites & {(feuille, ou), (feuille, "de plus")}
    ]


def _mot_d_une_autre(feuille: str, rang: str, vues: Adresses, modele: Modele) -> str | None:
    """The words beside a value, when the form prints them beside another key than that of its row."""
    noms = {texte: _colonne(ou) for (nom, ou), texte in vues.items() if nom == feuille and texte == "libelle"}
    marques = [
        _colonne(ou) for (nom, ou), texte in vues.items() if nom == feuille and texte.startswith("ctg:")
    ]
    if "libelle" not in noms or not marques:
        return None
    attendu = modele.mots.get(vues.get((feuille, f"{marques[0]}{rang}"), ""))
    mot = vues.get((feuille, f"{noms['libelle']}{rang}"), "")
    return mot if attendu is not None and mot != attendu and mot in modele.mots.values() else None


def _saisies(vues: Adresses, feuilles: set[str]) -> set[tuple[str, str]]:
    """Cells of the answer columns, on the rows that bear a key, of the sheets that were read as forms."""
    saisies = set()
    for feuille in feuilles:
        siennes = {ou: texte for (nom, ou), texte in vues.items() if nom == feuille}
        reperes = {_colonne(ou) for ou, texte in siennes.items() if texte.startswith("ctg:")}
        reponses = {_colonne(ou) for ou, texte in siennes.items() if re.fullmatch(r"v[1-4]", texte)}
        rangs = {_rang(ou) for ou, texte in siennes.items() if _colonne(ou) in reperes and _CLE.match(texte)}
        saisies |= {(feuille, ou) for ou in siennes if _colonne(ou) in reponses and _rang(ou) in rangs}
    return saisies


def _nombres(vues: Adresses, feuilles: set[str], imprimes: set[str]) -> set[tuple[str, str]]:
    """Cells that hold a number, wherever on the sheets read as forms, but what was printed there.

    Once the hidden sheet that keeps what was recalled is damaged too, nothing tells a recall from a number
    typed over it.
    """
    tenues = {ou[1:] for (nom, ou), texte in vues.items() if nom == "_ctg" and texte.startswith("{")}
    retenues = {
        texte for (nom, ou), texte in vues.items() if nom == "_ctg" and ou in {f"C{r}" for r in tenues}
    }
    genres = {ou[1:] for (nom, ou), texte in vues.items() if nom == "_ctg" and texte == "genre"}
    lisible = any(vues.get(("_ctg", f"B{rang}")) in ("structure", "fiche") for rang in genres)
    oublieuses = feuilles - retenues if lisible else feuilles
    return {
        (feuille, ou)
        for (feuille, ou), texte in vues.items()
        if feuille in feuilles
        and _NOMBRE.fullmatch(texte)
        and texte not in imprimes
        and not (_colonne(ou) == "E" and feuille in oublieuses)
    }


def _imprimes(vues: Adresses) -> set[str]:
    """The numbers of a form that are no answer: its year and its date, and what it recalls, in words."""
    return {
        texte
        for (feuille, ou), texte in vues.items()
        if _NOMBRE.fullmatch(texte)
        and (_colonne(ou) == "E" or vues.get((feuille, f"A{_rang(ou)}")) in _DATES)
    }


def _chiffres(texte: str) -> str:
    return re.sub(r"\D", "", re.sub(r"\.0$", "", texte))


def _colonne(adresse: str) -> str:
    return adresse.rstrip("0123456789")


def _rang(adresse: str) -> str:
    return adresse.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
