"""May what is shown leave the room? The sentence every page and every figure bears (ctg/vie.py)."""

from dataclasses import replace

from ctg import vie
from ctg.graphiques.figure import Figure
from pages.commun import donnees, filtres


@donnees.retenue
def _fiches_par_mesure() -> dict[str, set[str]]:
    fiches: dict[str, set[str]] = {}
    for ligne in donnees.lignes("indicateur_fiches"):
        fiches.setdefault(ligne.indicateur_id, set()).add(ligne.fiche_id)
    return fiches


@donnees.retenue
def _mention(annee: int | None, axe: str | None, fiches: frozenset[str] | None) -> str:
    recues = donnees.lignes("avals")
    montrees = [f for f in recues if axe in (None, f.axe_id) and (fiches is None or f.fiche_id in fiches)]
    return vie.diffusion(montrees, annee)


@donnees.retenue
def _mention_de_fiche(annee: int | None, fiche_id: str) -> str:
    """A measure of two fiches waits for both avals; what changed is told of the fiche looked at only."""
    liees = {fiche_id}.union(*(f for f in _fiches_par_mesure().values() if fiche_id in f))
    recues = [f for f in donnees.lignes("avals") if f.fiche_id in liees]
    siennes = [f for f in recues if f.fiche_id == fiche_id]
    return " ; ".join(filter(None, (vie.statut(recues, annee), vie.changees(siennes, annee))))


def de_la_page() -> str:
    """What the page being drawn bears: the fiche, the measure or the axis it is about, else all of them."""
    choix = filtres.courants()
    annee = choix.annee or filtres.campagne_par_defaut()
    if choix.fiche:
        return _mention_de_fiche(annee, choix.fiche)
    if choix.indicateur:
        return de_la_mesure(choix.indicateur)
    return _mention(annee, choix.axe, None)


def de_la_mesure(indicateur_id: str) -> str:
    """What a figure about one measure bears: provisional while one of its fiches waits for its aval."""
    annee = filtres.courants().annee or filtres.campagne_par_defaut()
    return _mention(annee, None, frozenset(_fiches_par_mesure().get(indicateur_id, ())))


def marquer(figure: Figure) -> Figure:
    """The same figure with its sentence; open data is not waiting for anybody's aval."""
    if figure.ouverte:
        return figure
    mention = de_la_mesure(figure.provenance) if figure.provenance else de_la_page()
    if figure.hors_fiche and not mention.startswith(vie.PROVISOIRE):
        mention = vie.HORS_FICHE
    return replace(figure, diffusion=mention)
