"""Is what came at least what it would replace: the same doubts, years, places, variables, figures?

A file cut short, emptied or of another year has less than the one that is there, or other figures for the
same years. A new vintage may lose something too: how much is said below, and why.
"""

from collections.abc import Hashable, Iterable, Mapping, Set
from typing import NamedTuple

from ctg.formats import compter, nombre
from etl.sources.modele import LectureSource
from etl.telechargement.echecs import Echec

# of the figures of the years that both have: a producer hides or corrects a few afterwards, no more
PART_GARDEE = 0.95
# of the series of the former vintage (a variable in a place): a new one hides others, redraws, renames
PART_NOUVEAU_MILLESIME = 0.75
# of the variables: a new vintage may drop some, or their former years; a file of the same years, none
PART_VARIABLES = 0.75
# of the schools: some close each year; an IRIS, a district and a commune do not
PART_ECOLES = 0.9
# of the figures of the years that both have: corrected, most stay as they were (of two vintages taken one for
# the other, Caf 2019 and 2020, Filosofi 2018 and 2019, 5 to 8 in 100 are the same). Those of schools are of
# the day: in one year they all change
PART_INCHANGEE = 0.5
_ASSEZ_DE_CHIFFRES = 20  # fewer of them may well all change
_CITES = 4
_ECOLE = "ecole"
_SI_VOULU = (
    "Il est peut-être incomplet ou d’un autre millésime ; si c’est bien ce que publie le producteur, retirez "
    "d’abord l’ancien fichier, puis relancez."
)


_Cle = tuple[Hashable, tuple[str, str], int]  # variable, place (its level first), year


class _Tenu(NamedTuple):
    """What a reading holds: its published figures, and the places it names."""

    chiffres: Mapping[_Cle, float]
    lieux: Set[tuple[str, str]]

    @property
    def annees(self) -> set[int]:
        return {annee for _, _, annee in self.chiffres}

    @property
    def annees_des_variables(self) -> dict[Hashable, set[int]]:
        annees: dict[Hashable, set[int]] = {}
        for variable, _, annee in self.chiffres:
            annees.setdefault(variable, set()).add(annee)
        return annees

    @property
    def dernieres(self) -> dict[tuple[Hashable, tuple[str, str]], int]:
        """The last year of each series: of a variable in a place."""
        dernieres: dict[tuple[Hashable, tuple[str, str]], int] = {}
        for variable, lieu, annee in self.chiffres:
            dernieres[variable, lieu] = max(annee, dernieres.get((variable, lieu), annee))
        return dernieres

    @property
    def est_une_serie(self) -> bool:
        """Say whether a figure is given for several years; else the year of a line is but its last update."""
        return len(self.dernieres) < len(self.chiffres)


def comparer(recue: LectureSource, ancienne: LectureSource) -> None:
    """Raises Echec when what came is less than what is there, or other than what it says it is."""
    recu, tenu = _tenu(recue), _tenu(ancienne)
    nouveau = max(recu.annees, default=0) > max(tenu.annees, default=0)
    nouveaux_doutes = doutes(recue)
    if not nouveau and len(nouveaux_doutes) > len(doutes(ancienne)):  # those of a new vintage are told
        raise Echec(f"Le fichier reçu est moins sûr que celui qui est là : {nouveaux_doutes[0]} {_SI_VOULU}")
    if not tenu.chiffres:
        return
    _comparer_les_annees(recu, tenu)
    _comparer_les_lieux(recu, tenu)
    _comparer_les_variables(recu, tenu, nouveau)
    if tenu.est_une_serie:
        _comparer_les_annees_communes(recu, tenu)
    _comparer_les_series(recu, tenu, PART_NOUVEAU_MILLESIME if nouveau else PART_GARDEE)
    _comparer_les_valeurs(recu, tenu)


def doutes(lecture: LectureSource) -> list[str]:
    """What a person has to look at in a file."""
    return [a.message for a in lecture.anomalies if a.gravite == "a_confirmer"]


def _tenu(lecture: LectureSource) -> _Tenu:
    chiffres = {
        ((o["source_id"], o["variable_id"]), (o["niveau"], o["territoire_id"]), o["annee"]): o["valeur"]
        for o in lecture.observations.to_pylist()
        if o["etat"] == "publie"
    }
    nommes = {(t.niveau, t.territoire_id) for t in lecture.territoires}
    return _Tenu(chiffres, nommes | {lieu for _, lieu, _ in chiffres})


def _recule(recues: set[int], tenues: set[int], en_serie: bool) -> bool:
    """Series that slide lose as many years as they gain; those that go back are not the next vintage."""
    perdues = len(tenues - recues) > len(recues - tenues)
    return max(recues, default=0) < max(tenues) or (perdues and en_serie)


def _comparer_les_annees(recu: _Tenu, tenu: _Tenu) -> None:
    if _recule(recu.annees, tenu.annees, tenu.est_une_serie):
        raise Echec(
            f"Le fichier reçu n’a pas les années de celui qui est là ({_etendue(recu.annees)} au lieu de "
            f"{_etendue(tenu.annees)}). {_SI_VOULU}"
        )


def _comparer_les_lieux(recu: _Tenu, tenu: _Tenu) -> None:
    for niveau in sorted({niveau for niveau, _ in tenu.lieux}):
        la = {lieu for lieu in tenu.lieux if lieu[0] == niveau}
        restent = la & recu.lieux
        if len(restent) < len(la) * (PART_ECOLES if niveau == _ECOLE else 1):
            raise Echec(
                f"Le fichier reçu tient moins de territoires que celui qui est là ({nombre(len(restent))} au "
                f"lieu de {nombre(len(la))}). {_SI_VOULU}"
            )


def _comparer_les_variables(recu: _Tenu, tenu: _Tenu, nouveau: bool) -> None:
    recues, tenues = recu.annees_des_variables, tenu.annees_des_variables
    en_serie = tenu.est_une_serie
    perdues = [v for v, annees in tenues.items() if _recule(recues.get(v, set()), annees, en_serie)]
    if len(perdues) > len(tenues) * (1 - PART_VARIABLES if nouveau else 0):
        citees = sorted(variable for _, variable in perdues)
        suite = "…" if len(citees) > _CITES else ""
        raise Echec(
            f"Le fichier reçu ne donne plus {compter(len(perdues), 'variables')} sur {nombre(len(tenues))}, "
            f"ou en perd des années ({', '.join(citees[:_CITES])}{suite}). {_SI_VOULU}"
        )


def _comparer_les_annees_communes(recu: _Tenu, tenu: _Tenu) -> None:
    """Compare what each gives of the years that both have of a variable."""
    annees = recu.annees_des_variables
    communs = [c for c in tenu.chiffres if c[2] in annees.get(c[0], ()) and c[1] in recu.lieux]
    gardes = sum(cle in recu.chiffres for cle in communs)
    if gardes < PART_GARDEE * len(communs):
        raise Echec(
            f"Le fichier reçu donne moins de chiffres que celui qui est là pour les mêmes années "
            f"({nombre(gardes)} au lieu de {nombre(len(communs))}). {_SI_VOULU}"
        )


def _comparer_les_series(recu: _Tenu, tenu: _Tenu, part: float) -> None:
    """For most variables in the places that stay, nothing as recent as before is missing."""
    dernieres = recu.dernieres
    avant = {cle: annee for cle, annee in tenu.dernieres.items() if cle[1] in recu.lieux}
    suivies = sum(dernieres.get(cle, 0) >= annee for cle, annee in avant.items())
    if suivies < part * len(avant):
        raise Echec(
            f"Le fichier reçu donne moins de chiffres que celui qui est là ({nombre(suivies)} au lieu de "
            f"{nombre(len(avant))}, chacun pour sa dernière année). {_SI_VOULU}"
        )


def _comparer_les_valeurs(recu: _Tenu, tenu: _Tenu) -> None:
    communs = [c for c in tenu.chiffres if c in recu.chiffres and c[1][0] != _ECOLE]
    changes = sum(recu.chiffres[cle] != tenu.chiffres[cle] for cle in communs)
    if len(communs) >= _ASSEZ_DE_CHIFFRES and changes > (1 - PART_INCHANGEE) * len(communs):
        raise Echec(
            f"Le fichier reçu donne d’autres chiffres que celui qui est là pour les mêmes années "
            f"({nombre(changes)} changés sur {nombre(len(communs))}). {_SI_VOULU}"
        )


def _etendue(annees: Iterable[int]) -> str:
    rangees = sorted(annees)
    if len(rangees) < 2:
        return str(*rangees) or "aucune"
    continue_ = rangees[-1] - rangees[0] == len(rangees) - 1
    return f"{rangees[0]} à {rangees[-1]}" if continue_ else ", ".join(map(str, rangees))
