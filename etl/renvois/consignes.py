"""What a mail asks for at its end: one instruction, that never contradicts the points above."""

from collections.abc import Sequence

from ctg import formats
from etl.anomalie import Anomalie
from etl.renvois.copies import est_word
from etl.renvois.points import A_RECOPIER

_CANEVAS_NEUF = "Si vous n’avez plus le canevas vierge, demandez-le-nous."
_CONFIRMER = "Si une valeur à confirmer est exacte, dites-le-nous simplement en réponse."


def que_faire(
    points: Sequence[Anomalie], feuilles: Sequence[str], copie: str | None, avant: str
) -> list[str]:
    """The last sentences of a mail about `points`; `feuilles` are the sheets of the file, `copie` the name of
    its marked copy, `avant` when to answer (« avant le 15 juillet 2026 »).

    A sheet that cannot be corrected where it stands is to be filled again in a blank form.
    """
    a_recopier = {point.feuille for point in points if point.regle in A_RECOPIER}
    perdues = [f for f in dict.fromkeys((*feuilles, *filter(None, a_recopier))) if f in a_recopier]
    reste = any(p.feuille not in a_recopier for p in points if p.gravite != "information")
    if None in a_recopier or (perdues and not reste):
        entier = None in a_recopier or set(feuilles) <= a_recopier
        return _recopier([] if entier else perdues, copie, avant)
    confirmer = [_CONFIRMER] if any(point.gravite == "a_confirmer" for point in points) else []
    if copie is None:
        return [
            f"Merci de nous renvoyer votre fichier corrigé {avant} : il remplacera votre envoi.",
            *confirmer,
        ]
    marques = (
        "chaque réponse en cause y est commentée dans la marge"
        if est_word(copie)
        else "chaque cellule en cause y est colorée et commentée, et sa première feuille en donne la liste"
    )
    sauf = "Les {} ne se corrigent" if len(perdues) > 1 else "La {} ne se corrige"
    return [
        f"La copie jointe, « {copie} », est votre propre fichier : {marques}.",
        f"Corrigez dans cette copie, enregistrez-la et renvoyez-la-nous {avant} : elle remplacera votre "
        "envoi.",
        *(
            [
                f"{sauf.format(_nommer(perdues))} pas dans la copie : recopiez-en les réponses dans un "
                f"canevas neuf, joint à votre envoi. {_CANEVAS_NEUF}"
            ]
            if perdues
            else []
        ),
        *confirmer,
        "Laissez vide ce que vous ne savez pas ; zéro est une réponse, une case vide n’en est pas une.",
    ]


def _recopier(perdues: Sequence[str], copie: str | None, avant: str) -> list[str]:
    """`perdues`: the only sheets to fill again; none when it is the whole file."""
    de = "des" if len(perdues) > 1 else "de la"
    quoi = f"les réponses {de} {_nommer(perdues)}" if perdues else "vos réponses"
    suite = "le reste de votre envoi ne change pas" if perdues else "il remplacera votre envoi"
    lignes = [f"Recopiez {quoi} dans un canevas neuf et renvoyez-le-nous {avant} : {suite}. {_CANEVAS_NEUF}"]
    if copie:
        lignes.append(
            f"La copie jointe, « {copie} », montre seulement où est la difficulté : inutile d’y corriger "
            "quoi que ce soit."
        )
    return lignes


def _nommer(feuilles: Sequence[str]) -> str:
    """« feuille « A » », « feuilles « A » et « B » »."""
    noms = formats.liste([f"« {feuille} »" for feuille in feuilles])
    return f"{formats.accorder('feuilles', len(feuilles))} {noms}"
