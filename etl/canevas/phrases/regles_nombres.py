"""The rules of one answer that expects a number: how grave it is, and the one sentence its sender is told.

`etl/canevas/reponse/cas_nombres.py` shows what each is told for; docs/nombres.md is their public page.
"""

from typing import NamedTuple

BLOQUANT, A_CONFIRMER, INFORMATION = "bloquant", "a_confirmer", "information"


class Regle(NamedTuple):
    gravite: str
    phrase: str


_RESTE = "Les autres réponses sont chargées."
_REECRIRE = f"On attend {{attendu}}. {_RESTE}"


def _refus(constat: str, fin: str = _REECRIRE) -> Regle:
    return Regle(BLOQUANT, f"« {{question}} » : {{lu}} {constat} {fin}")


REGLES_NOMBRES: dict[str, Regle] = {
    # --- refused ---
    "nombre_illisible": _refus(
        "n’est pas un nombre.",
        f"On attend {{attendu}}, ou « sans objet » ; laissez vide si vous ne savez pas. {_RESTE}",
    ),
    "nombre_ambigu": _refus(
        "peut se lire de deux façons.",
        "On attend {attendu} : écrivez le nombre sans point, avec une virgule pour les décimales. " + _RESTE,
    ),
    "pourcentage_ambigu": _refus(
        "peut être une part (1 pour le tout) ou un pourcentage (100 pour le tout).",
        "On attend {attendu} : écrivez-le avec le signe %. " + _RESTE,
    ),
    "deux_nombres": _refus(
        "contient deux nombres.",
        "Si la question demande « combien » et « sur », écrivez un nombre dans chaque colonne ; sinon, "
        "écrivez le seul nombre demandé, les fractions avec une virgule (3,5 et non 3 1/2). " + _RESTE,
    ),
    "nombre_borne": _refus(
        "donne une limite ou un intervalle, pas un nombre : on ne choisit pas à votre place.",
        "On attend {attendu} ; si vous ne le connaissez qu’à peu près, écrivez « environ » devant. " + _RESTE,
    ),
    "plusieurs_nombres": _refus(
        "contient plusieurs nombres : on ne sait pas lequel est la réponse.",
        "On attend {attendu} ; le reste s’écrit entre parenthèses ou dans la colonne des précisions. "
        + _RESTE,
    ),
    "nombre_multiple": _refus(
        "contient un mot qui change le nombre (mille, fois, ans, par mois…) : la case attend le nombre "
        "entier, écrit en chiffres."
    ),
    "nombre_en_lettres": _refus("est écrit en lettres : écrivez-le en chiffres."),
    "unite_inattendue": _refus("porte une unité (%, €) qui n’est pas celle de la question."),
    "numero_dans_nombre": _refus("ressemble à un numéro de téléphone ou de SIRET, pas à un compte."),
    "nombre_negatif": _refus("est négatif, ce qu’un compte ne peut pas être."),
    "nombre_non_entier": _refus("n’est pas un nombre entier, et l’on compte ici des unités entières."),
    "hors_bornes": _refus("est hors des bornes."),
    "nombre_demesure": _refus(
        "est trop grand pour être vrai (au plus 1 million pour un compte, 1 milliard pour une mesure ou un "
        "montant)."
    ),
    "date_dans_nombre": _refus(
        "se lit comme une date{origine} : le tableur en fait une de ce qui se tape avec une barre, un point "
        "ou un tiret. Mettez la case au format « Nombre » et retapez la réponse."
    ),
    "duree_dans_nombre": _refus(
        "est une durée ou une heure{origine}, pas un nombre : la case est au format « Heure ». Mettez-la au "
        "format « Nombre » et retapez la réponse."
    ),
    "cellule_en_erreur": _refus(
        "est l’erreur d’un calcul, qui n’est pas une case vide. Remplacez le calcul par son résultat."
    ),
    "formule_non_calculee": _refus(
        "est une formule dont le résultat n’est pas dans le fichier. Ouvrez-le dans Excel ou LibreOffice et "
        "enregistrez-le au format « Classeur Excel (.xlsx) », ou écrivez le résultat."
    ),
    # --- read, and to be confirmed ---
    "nombre_avec_mots": Regle(
        A_CONFIRMER,
        "« {question} » : {lu} a été lu {valeur} ; les mots sont gardés en précision. Confirmez que ce "
        "nombre répond bien à la question.",
    ),
    "nombre_a_l_anglaise": Regle(
        A_CONFIRMER,
        "« {question} » : {lu}, écrit à l’anglaise, a été lu {valeur}. Confirmez-le.",
    ),
    "aucun_lu_zero": Regle(
        A_CONFIRMER,
        "« {question} » : {lu} a été lu 0. Confirmez que vous avez compté et qu’il n’y en a pas ; écrivez « "
        "sans objet » si la question ne vous concerne pas.",
    ),
    "neant": Regle(
        A_CONFIRMER,
        "« {question} » : {lu} ne dit pas si vous avez compté zéro ou si la question ne vous concerne pas ; "
        "rien n’est chargé ici. Écrivez 0 ou « sans objet ».",
    ),
    "part_sans_pourcent": Regle(
        A_CONFIRMER,
        "« {question} » : {lu}, dans une case qui n’est pas au format pourcentage, a été lu {valeur} % ; ce "
        "pourrait être 1 %. Confirmez-le, ou retapez-le avec le signe %.",
    ),
    "passage_barre": Regle(
        A_CONFIRMER,
        "« {question} » : ce qui est barré, masqué ou supprimé dans {lu} n’a pas été lu. Confirmez que "
        "la réponse est ce qui reste, ou retapez-la.",
    ),
    "reponse_barree": Regle(
        A_CONFIRMER,
        "« {question} » : {lu} est barré, masqué ou supprimé en entier ; rien n’est chargé ici. Effacez "
        "cette réponse, ou retapez-la simplement.",
    ),
    # --- read, and said ---
    "texte_barre": Regle(
        INFORMATION,
        "« {question} » : la partie barrée, masquée ou supprimée de la réponse n’a pas été lue. Rien à faire "
        "si c’est exact.",
    ),
    "nombre_a_l_echelle": Regle(
        INFORMATION,
        "« {question} » : la case montre {lu} et contient {valeur}, qui a été lu. Rien à faire si c’est "
        "exact.",
    ),
    "nombre_en_texte": Regle(
        INFORMATION,
        "« {question} » : {lu}, saisi comme du texte, a été lu {valeur}. Rien à faire si c’est exact.",
    ),
    "nombre_en_milliers": Regle(
        INFORMATION,
        "« {question} » : {lu} a été lu {valeur} euros. Rien à faire si c’est exact.",
    ),
    "nombre_annote": Regle(
        INFORMATION,
        "« {question} » : {lu} a été lu {valeur} ; ce qui l’accompagne est gardé en précision. Rien à faire "
        "si c’est exact.",
    ),
    "nombre_estime": Regle(
        INFORMATION,
        "« {question} » : {lu} a été lu {valeur}, comme une estimation : les totaux qui le comptent le "
        "diront. Si vous connaissez le nombre exact, renvoyez-le.",
    ),
    "sans_reponse": Regle(
        INFORMATION,
        "« {question} » : {lu} a été lu comme une absence de réponse (ce n’est pas zéro). Rien à faire, "
        "sauf si vous avez depuis le nombre.",
    ),
}
