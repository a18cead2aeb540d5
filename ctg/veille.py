"""Social watch: which movements of the open data are worth a debate, each said with what it rests on.

The published change is the only one read: it compares the same IRIS both years. Nothing is summed here, so a
year in which an IRIS was masked can never look like a fall.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ctg import formats
from ctg.graphiques.figure import Figure, Notice, assembler

# how far beyond chance or habit (`force` of `veille_evolutions.sql`, in standard deviations), strongest first
DEGRES = ((3.0, "fort"), (2.0, "net"), (1.0, "à confirmer"))


@dataclass(frozen=True)
class Signal:
    """One movement: `phrase` says it, `serie` gives both values, `certitude` what is masked or uncertain."""

    degre: str
    phrase: str
    serie: str
    certitude: str
    source: str
    niveau: str
    quartier_id: str
    variable_id: str
    sujet: str
    affichage: str
    fiches: tuple[str, ...]


def reperer(evolutions: pd.DataFrame, *, seuil_stable: float, seuil_couverture: float) -> list[Signal]:
    """Keep the movements that say something, strongest first.

    `evolutions` is the answer of `veille_evolutions.sql`. Left out: what moved less than `seuil_stable`
    (ratio; points over 100 for a rate), what rests on less than `seuil_couverture` of the IRIS, and what
    chance or the usual movement explains.
    """
    return [
        _signal(ligne)
        for ligne in evolutions.itertuples()
        if degre(ligne.force)
        and ligne.nb_communs >= seuil_couverture * ligne.nb_assignes
        and abs(ligne.ecart / 100 if ligne.unite == "%" else ligne.ecart_relatif or 0) >= seuil_stable
    ]


def degre(force: float | None) -> str | None:
    """Word for a strength: « fort », « net », « à confirmer »; None when chance or habit may explain it."""
    if not formats.est_connu(force):
        return None
    return next((mot for seuil, mot in DEGRES if force >= seuil), None)


def lieu(niveau: str, nom: str, quartier: str | None) -> str:
    """Name a territory with its level: « Le Lac (Fontaine d’Ouche) », « QPV Les Grésilles »."""
    if niveau == "qpv":
        return f"QPV {nom}"
    if niveau == "iris" and formats.est_connu(quartier):
        return f"{nom} ({quartier})"
    return nom


def sujet(libelle: str) -> str:
    """A label in the middle of a sentence: first letter lowered."""
    return libelle[:1].lower() + libelle[1:]


def _signal(ligne) -> Signal:
    return Signal(
        degre=degre(ligne.force),
        phrase=_phrase(ligne),
        serie=_serie(ligne),
        certitude=certitude(ligne.nb_communs, ligne.nb_assignes, ligne.masques, ligne.certitude),
        source=f"{ligne.source_libelle}, {int(ligne.annee_base)} et {int(ligne.annee)}",
        niveau=ligne.niveau,
        quartier_id=ligne.quartier_id,
        variable_id=ligne.variable_id,
        sujet=sujet(ligne.libelle),
        affichage=ligne.affichage,
        fiches=tuple(ligne.fiches.split()),
    )


def _phrase(ligne) -> str:
    annees = f"de {int(ligne.annee_base)} à {int(ligne.annee)}"
    lieu_dit = lieu(ligne.niveau, ligne.nom, ligne.quartier)
    return f"{lieu_dit} : {sujet(ligne.libelle)}, {ligne.affichage} {annees}{_comparaison(ligne)}"


def _comparaison(ligne) -> str:
    """What the same movement is elsewhere; nothing when no other place can be compared."""
    if formats.est_connu(ligne.evolution_ville):
        return f" (ville : {ligne.evolution_ville})"
    if formats.est_connu(ligne.habitude):
        ecrit = formats.points(ligne.habitude) if ligne.unite == "%" else formats.evolution(ligne.habitude)
        return f" (IRIS de la ville, en médiane : {ecrit})"
    return ""


def _serie(ligne) -> str:
    return " ; ".join(
        f"{int(annee)} : {formats.mesure_courte(valeur, ligne.unite)}"
        for annee, valeur in ((ligne.annee_base, ligne.valeur_base), (ligne.annee, ligne.valeur))
    )


def certitude(nb_communs: int, nb_assignes: int, masques: str, rattachement: str) -> str:
    """What the comparison rests on: the IRIS compared, those masked, and how sure their quartier is."""
    dits = []
    if nb_assignes > 1:
        dits.append(
            f"sur les {nb_communs} IRIS du quartier"
            if nb_communs == nb_assignes
            else f"sur les {nb_communs} IRIS publiés les deux années, {nb_assignes} en tout"
        )
    if masques:
        dits.append(f"masqués : {masques}" if ", " in masques else f"masqué : {masques}")
    if rattachement in {"faible", "moyenne"}:
        dits.append("rattachement au quartier à confirmer")
    return " ; ".join(dits) or "publié tel quel par le producteur"


def tableau(signaux: Sequence[Signal], cle: str, mesure: str) -> Figure:
    """Signals as a table, in the order given."""
    lignes = pd.DataFrame(
        {
            "Signal": signal.phrase,
            "Force": signal.degre,
            "Série": signal.serie,
            "Certitude": signal.certitude,
            "Fiches": ", ".join(signal.fiches),
        }
        for signal in signaux
    )
    notice = Notice(
        cle=cle,
        constat=formats.compter(len(signaux), "signaux" if len(signaux) > 1 else "signal"),
        mesure=mesure,
        couverture="les mêmes IRIS les deux années",
        source=formats.liste(list(dict.fromkeys(signal.source for signal in signaux))),
        ouverte=True,
    )
    return assembler(notice, "Tableau", None, lignes)
