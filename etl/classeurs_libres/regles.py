"""What is told about a workbook of their own: how grave it is, and the sentence for who repairs it."""

from etl.adresse import adresse
from etl.anomalie import Anomalie
from etl.canevas.phrases.messages import citer
from etl.canevas.phrases.regles import A_CONFIRMER, BLOQUANT, INFORMATION, Regle
from etl.canevas.reponse.petits_nombres import NonMontre

_MONTREES = 12  # addresses or rows named in a sentence

REGLES: dict[str, Regle] = {
    # --- the workbook ---
    "classeur_inconnu": Regle(
        BLOQUANT,
        "{nombre} ({feuilles}), aucune correspondance ne les décrit : rien n’est lu.{proche} Renvoyez les "
        "réponses dans le canevas, ou décrivez ce tableau dans Collecte › Décrire un classeur.",
    ),
    "document_inconnu": Regle(
        BLOQUANT,
        "Ce document Word n’est pas reconnu, rien n’en est lu. Il {contenu} ; {attendu}. Répondez "
        "dans le modèle reçu de la coordination, sans en changer les intitulés, et renvoyez-le.",
    ),
    "classeur_ambigu": Regle(
        BLOQUANT,
        "Plusieurs correspondances reconnaissent ce classeur ({modeles}) : rien n’est lu. Précisez la "
        "rubrique « reconnaissance » de l’une d’elles.",
    ),
    "classeur_ecarte": Regle(INFORMATION, "{raison}"),
    "rien_de_lu": Regle(
        BLOQUANT,
        "La correspondance « {modele} » reconnaît ce classeur, mais aucune valeur n’y a été trouvée. "
        "Comparez le fichier à sa correspondance, ou demandez un fichier rempli.",
    ),
    "feuille_non_decrite": Regle(
        INFORMATION,
        "La feuille « {feuille} » n’est pas décrite par la correspondance « {modele} » : elle n’est pas lue. "
        "Si elle contient des réponses, décrivez-la ; sinon, nommez-la dans « feuilles_ignorees ».",
    ),
    "feuille_semblable": Regle(
        A_CONFIRMER,
        "La feuille « {feuille} » porte l’en-tête d’un tableau attendu ({entete}), mais ce nom de feuille "
        "n’est pas connu : elle n’est pas lue. Redonnez-lui son ancien nom, ou confirmez qu’elle n’est pas à "
        "lire ; si elle est nouvelle, ajoutez-la à la correspondance « {modele} ».",
    ),
    "feuille_ignoree": Regle(INFORMATION, "La feuille « {feuille} » n’est pas lue, comme prévu : {raison}."),
    "feuille_cachee": Regle(
        A_CONFIRMER,
        "La feuille « {feuille} » est masquée dans le classeur, et ses valeurs sont lues comme les autres. "
        "Confirmez qu’elles sont à jour, ou supprimez cette feuille et renvoyez le fichier.",
    ),
    "cases_masquees": Regle(
        A_CONFIRMER,
        "Lu dans des lignes ou des colonnes masquées de la feuille « {feuille} » : {adresses}. Ces valeurs "
        "comptent comme les autres : confirmez qu’elles sont à jour, ou supprimez-les et renvoyez le "
        "fichier.",
    ),
    "cases_ignorees": Regle(INFORMATION, "{combien}, comme prévu ({raison}) : {adresses}."),
    "hors_tableau": Regle(
        INFORMATION,
        "Hors des tableaux décrits : {combien} ({adresses}), titres ou notes. Si "
        "c’est une réponse, complétez la correspondance « {modele} ».",
    ),
    "lignes_connues_non_lues": Regle(
        A_CONFIRMER,
        "Non lu : {lignes}. On y trouve des nombres et des mots attendus ({libelles}), mais hors des "
        "tableaux décrits. L’en-tête, le titre ou une ligne vide au-dessus a pu changer : remettez-les comme "
        "avant et renvoyez le fichier, ou confirmez que ces lignes ne sont pas à lire.",
    ),
    "titre_absent": Regle(
        A_CONFIRMER,
        "Titre attendu et absent : {titres}. Si ses lignes sont encore là, elles sont lues avec celles du "
        "titre d’avant : remettez-le et renvoyez le fichier, ou confirmez qu’il n’est plus dans ce classeur.",
    ),
    "annee_contredite": Regle(
        A_CONFIRMER,
        "{lu} dit {annee}, mais ces réponses sont chargées pour {declaree}, l’année que la correspondance "
        "« {modele} » leur donne toujours. Confirmez-la, ou décrivez de nouveau ce classeur en prenant "
        "l’année qui y est écrite.",
    ),
    "case_double": Regle(
        BLOQUANT,
        "« {libelle} » est suivi de plusieurs nombres ({adresses}) : on ne sait pas lequel est la réponse, "
        "rien n’en est chargé. Gardez le bon à côté de son libellé, et lui seul, puis renvoyez le fichier.",
    ),
    "case_partagee": Regle(
        BLOQUANT,
        "« {libelle} » ne se trouve qu’une fois pour plusieurs questions ({questions}) : une ligne a été "
        "ôtée ou déplacée, rien n’en est chargé. Remettez chaque ligne à sa place et renvoyez le fichier.",
    ),
    "colonnes_decalees": Regle(
        BLOQUANT,
        "Des nombres se trouvent dans une colonne qui n’était pas attendue ({adresses}), et ce tableau n’a "
        "pas d’en-tête qui dise laquelle est la bonne : rien n’en est lu. Remettez les colonnes comme avant "
        "et renvoyez le fichier, ou corrigez la correspondance « {modele} ».",
    ),
    "titres_decales": Regle(
        BLOQUANT,
        "Des nombres (à partir de {dehors}) ne sont sous aucun titre attendu, et un titre attendu n’a plus "
        "les siens : les titres ont sans doute glissé d’une case. Rien n’est chargé de {adresses}. Remettez "
        "chaque titre au-dessus de ses nombres et renvoyez le fichier ; si la colonne est nouvelle, "
        "décrivez-la dans la correspondance « {modele} ».",
    ),
    "reponses_glissees": Regle(
        BLOQUANT,
        "{dehors} dépasse du tableau et {trou} est vide : les réponses de la {sens} ont sans doute glissé "
        "d’une case. Rien n’est chargé de {adresses}. Remettez chacune à sa place et renvoyez le fichier.",
    ),
    "reste_non_lu": Regle(
        A_CONFIRMER,
        "{combien}, où rien n’était attendu : {adresses}. Si c’est une réponse, recopiez-la à sa place et "
        "renvoyez le fichier, ou ajoutez ces mots aux « titres » de la correspondance « {modele} ».",
    ),
    # --- the table ---
    "tableau_absent": Regle(
        BLOQUANT,
        "La ligne d’en-tête attendue ({entete}) ne se trouve pas : rien n’est lu de ce tableau. Corrigez le "
        "fichier, ou la correspondance « {modele} ».",
    ),
    "tableau_ecarte": Regle(INFORMATION, "Tableau non lu, comme prévu ({raison}) : {lignes}."),
    "entete_repete": Regle(
        INFORMATION, "L’en-tête du tableau est répété ({lignes}) : ces lignes ne sont pas des données."
    ),
    "tableau_facultatif_absent": Regle(
        A_CONFIRMER,
        "Le tableau d’en-tête {entete} ne se trouve pas : ses questions comptent comme non répondues. "
        "Confirmez qu’il n’était pas à remplir, ou ajoutez-le et renvoyez le fichier.",
    ),
    "colonne_absente": Regle(
        BLOQUANT,
        "La colonne « {colonne} » manque à ce tableau : {suite}. Corrigez le fichier, ou ajoutez son nouveau "
        "nom à la correspondance « {modele} ».",
    ),
    "colonne_en_double": Regle(
        BLOQUANT,
        "Plusieurs colonnes s’appellent « {colonne} » ({adresses}) : {suite}, faute de savoir laquelle est "
        "la bonne. Renommez-en une, ou désignez-la par sa lettre dans « {modele} ».",
    ),
    "colonne_non_decrite": Regle(
        A_CONFIRMER,
        "La colonne « {colonne} » n’est pas décrite par la correspondance « {modele} » : {combien}. "
        "Décrivez-la, ou dites pourquoi elle n’est pas lue (« donne: rien »).",
    ),
    "lignes_passees": Regle(INFORMATION, "{combien}, comme prévu ({raison}) : {lignes}."),
    "libelle_inconnu": Regle(
        BLOQUANT,
        "{quoi} : le libellé {lu} n’est pas reconnu{proposition}. Non chargé : {lignes}. Ajoutez ce "
        "libellé à la table « noms » de la correspondance « {modele} » (Collecte › Décrire un classeur), ou "
        "corrigez-le dans le fichier.",
    ),
    "libelle_absent": Regle(
        BLOQUANT,
        "{quoi} manque : on ne sait pas à quoi rattacher ces valeurs. Non chargé : {lignes}. Complétez le "
        "fichier et renvoyez-le ; si ces lignes ne répondent à rien, dites-le à la coordination.",
    ),
    "code_repare": Regle(
        INFORMATION,
        "{lu}, abîmé par le tableur, a été lu {valeur} ({lignes}). Rien à faire si c’est exact.",
    ),
    "code_perdu": Regle(
        BLOQUANT,
        "{combien} comme {lu} : le tableur n’en a gardé que le début, le reste ne se retrouve pas. Non "
        "chargé : {lignes}. Écrivez les codes entiers dans une colonne au format « texte », ou demandez le "
        "fichier d’origine.",
    ),
    "autres_passes": Regle(INFORMATION, "{combien}, comme prévu ({raison}) : {lignes}."),
    "annee_equivoque": Regle(
        BLOQUANT,
        "{lu} dit plusieurs années, et rien ne dit laquelle est celle de ces réponses : elles ne sont pas "
        "chargées{ou}. Écrivez une seule année ; si c’est une année scolaire, dites-le à la coordination : "
        "elle comptera pour l’année où elle finit.",
    ),
    "annee_scolaire": Regle(
        A_CONFIRMER,
        "{lu} est une année scolaire, lue {annee}, l’année où elle finit ; or ceci se compte par année "
        "civile : {questions}. Confirmez que ces nombres sont ceux de {annee}, ou donnez ceux de l’année "
        "civile.",
    ),
    "annee_a_venir": Regle(
        A_CONFIRMER,
        "Ces réponses sont de {annee}, qui n’a pas commencé ({adresses}) : sont-ce des prévisions ? "
        "Confirmez, ou ôtez-les et renvoyez le fichier.",
    ),
    "annee_hors_convention": Regle(
        BLOQUANT,
        "L’année {lu} n’est pas une année de la convention ({debut} à {fin}). Non chargé : {lignes}.",
    ),
    # --- the values ---
    "sans_valeur": Regle(
        INFORMATION, "{nombre} répondant(s) n’ont aucune valeur dans ce fichier : {noms}. Rien n’en est lu."
    ),
    "case_absente": Regle(
        A_CONFIRMER,
        "« {libelle} » ne se trouve pas dans ce fichier : « {question} » compte comme non répondu. "
        "Confirmez, ou corrigez la correspondance « {modele} ».",
    ),
    "mesure_non_demandee": Regle(
        BLOQUANT,
        "« {nom} » [{mesure}]{detail} n’est pas demandé à « {repondant} » : {adresses} non chargé. Corrigez "
        "la correspondance « {modele} », ou le référentiel.",
    ),
    "valeur_repetee": Regle(
        BLOQUANT,
        "« {question} » est donné plusieurs fois, différemment ({adresses}) : rien n’en est chargé, faute "
        "de savoir laquelle est la bonne. Gardez la bonne et renvoyez le fichier, ou déclarez « repetition: "
        "additionner » dans la correspondance « {modele} », si ces cellules s’additionnent (des mois, des "
        "sites).",
    ),
    "somme_incomplete": Regle(
        BLOQUANT,
        "« {question} » additionne plusieurs cellules ({adresses}), dont une au moins est refusée : la somme "
        "serait fausse, elle n’est pas chargée. Corrigez la cellule refusée.",
    ),
    "valeur_redite": Regle(
        INFORMATION, "« {question} » est donné plusieurs fois, à l’identique ({adresses}) : lu une fois."
    ),
    "somme_partielle": Regle(
        A_CONFIRMER,
        "Des cellules qui s’additionnent sont sans réponse ({adresses}) : les sommes sont chargées sans "
        "elles. Confirmez qu’il n’y avait rien à compter, ou complétez-les et renvoyez le fichier.",
    ),
    "somme_redite": Regle(
        A_CONFIRMER,
        "Des lignes qui s’additionnent portent les mêmes mots ({lignes}) : la même chose est-elle comptée "
        "deux fois ? Confirmez que non, ou ôtez la ligne en trop et renvoyez le fichier.",
    ),
    "somme_courte": Regle(
        A_CONFIRMER,
        "La somme qui commence {ligne} n’a pas {manque}, que toutes les autres additionnent : elle est "
        "chargée ainsi. Confirmez qu’il n’y avait rien à compter, ou ajoutez ce qui manque et renvoyez le "
        "fichier.",
    ),
    "valeurs_additionnees": Regle(
        INFORMATION,
        "Comme prévu, {nombre} valeur(s) additionnent plusieurs cellules ; la remarque de chacune dit "
        "lesquelles.",
    ),
}


def dire(
    regle: str,
    feuille: str | None = None,
    place: tuple[int, int] | None = None,
    lu: object = None,
    **details: object,
) -> Anomalie:
    """The anomaly of a rule of this module, its sentence filled in; `place` is (row, column) from 0.

    What was read is quoted, or only named when it may not be shown. Raises KeyError for an unknown rule.
    """
    gravite, phrase = REGLES[regle]
    cite = None if lu is None else citer(lu)
    dit = lu.nom if isinstance(lu, NonMontre) else f"« {cite} »"
    ou = None if place is None else adresse(*place)
    return Anomalie(feuille, ou, gravite, regle, phrase.format(lu=dit, feuille=feuille, **details), cite)


def lignes(rangs: list[int]) -> str:
    """Rows counted from 0, as a person reads them: « lignes 3, 7 et 12 », « lignes 3 à 9 »."""
    numeros = sorted(set(rangs))
    suites: list[list[int]] = []
    for numero in numeros:
        if suites and numero == suites[-1][1] + 1:
            suites[-1][1] = numero
        else:
            suites.append([numero, numero])
    ecrites = [f"{a + 1}" if a == b else f"{a + 1} à {b + 1}" for a, b in suites]
    mot = "ligne" if len(numeros) == 1 else "lignes"
    return f"{mot} {enumerer(ecrites)}"


def adresses(places: list[tuple[int, int]]) -> str:
    """Cells as a person reads them, the first ones when there are many."""
    return enumerer([adresse(*place) for place in places])


def enumerer(ecrits: list[str]) -> str:
    """« A, B et C »; the first ones when there are many."""
    if len(ecrits) > _MONTREES:
        return f"{', '.join(ecrits[:_MONTREES])} et {len(ecrits) - _MONTREES} de plus"
    return " et ".join(filter(None, (", ".join(ecrits[:-1]), ecrits[-1]))) if ecrits else ""
