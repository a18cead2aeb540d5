"""The rules of what stands around the answers: titles, captions, units, notes, answers out of their cells."""

from etl.canevas.phrases.regles_nombres import A_CONFIRMER, BLOQUANT, INFORMATION, Regle

REGLES_AUTOUR: dict[str, Regle] = {
    "hors_saisie": Regle(
        INFORMATION,
        "Un contenu écrit hors des cases de réponse n’est pas lu : {lu} ({adresses}). Si c’est une "
        "réponse, recopiez-la dans la case prévue.",
    ),
    "echelle_annoncee": Regle(
        A_CONFIRMER,
        "{lu} ({adresses}) annonce peut-être des milliers ou des millions. Les réponses sont lues comme "
        "elles sont écrites, dans l’unité imprimée : confirmez-le, ou récrivez-les en entier (412 500 et non "
        "412,5).",
    ),
    "reponse_a_cote": Regle(
        BLOQUANT,
        "« {question} » : {lu} est écrit à côté de la case de réponse ({case}), qui est vide. Ce n’est pas "
        "lu, faute de savoir si c’est la réponse : recopiez-la dans la case {case}, ou effacez-la.",
    ),
    "reponses_glissees": Regle(
        BLOQUANT,
        "« {question} » : {lu} est écrit à {cote} des réponses, et la case {case} est vide : elles ont sans "
        "doute été écrites une case trop à {cote}. Aucune n’est lue : remettez chacune sous son intitulé.",
    ),
    "rappel_pour_reponse": Regle(
        BLOQUANT,
        "« {question} » : {lu}, dans la case de réponse, est le rappel de l’an dernier, sorti de sa colonne "
        ": des cases ont sans doute été insérées. La ligne n’est pas lue : remettez chaque case à sa place, "
        "ou retapez la réponse.",
    ),
    "rappel_sans_reponse": Regle(
        INFORMATION,
        "« {question} » : un nombre figure dans la colonne du rappel, et la case de réponse est vide. Ce "
        "fichier ne dit pas s’il y était imprimé : si c’est la réponse, recopiez-la dans sa case.",
    ),
    "unite_changee": Regle(
        A_CONFIRMER,
        "« {question} » : l’unité imprimée, « {attendu} », a été remplacée par {lu}. Les réponses de la "
        "ligne sont lues en « {attendu} » : confirmez-le, ou corrigez-les.",
    ),
    "intitules_echanges": Regle(
        BLOQUANT,
        "Au-dessus des réponses, {lu} est écrit à la place de « {attendu} » : les deux nombres ont pu être "
        "écrits l’un pour l’autre. Aucune réponse sous cet intitulé n’est chargée : remettez l’intitulé "
        "imprimé, vérifiez l’ordre des réponses, et renvoyez le fichier.",
    ),
    "intitule_change": Regle(
        A_CONFIRMER,
        "Au-dessus des réponses, {lu} remplace « {attendu} ». Les réponses dessous sont lues comme celles de "
        "« {attendu} » : confirmez que c’est bien ce qu’elles comptent.",
    ),
    "reponses_decalees": Regle(
        BLOQUANT,
        "L’intitulé {lu} est descendu ou remonté parmi les réponses : des cases ont été insérées ou "
        "supprimées dans les colonnes de réponses, qui ne sont plus en face de leurs questions. Rien n’est "
        "lu de cette feuille : recopiez les réponses dans le canevas envoyé et renvoyez-le.",
    ),
    "feuille_masquee": Regle(
        A_CONFIRMER,
        "Cette feuille est masquée dans le classeur, et ses réponses sont lues comme les autres. Confirmez "
        "qu’elles sont à jour, ou supprimez la feuille et renvoyez le fichier.",
    ),
    "cases_masquees": Regle(
        A_CONFIRMER,
        "Lu dans des lignes ou des colonnes masquées de la feuille : {adresses}. Ces réponses comptent comme "
        "les autres : confirmez qu’elles sont à jour, ou effacez-les et renvoyez le fichier.",
    ),
    "lignes_glissees": Regle(
        A_CONFIRMER,
        "Lignes {lignes}, à partir de « {question} » : {nombre} réponses sont proches de ce que la ligne du "
        "{cote} disait l’an dernier, et loin de ce que disait la leur. Ont-elles glissé d’une ligne ? Elles "
        "sont lues où elles sont : remettez chacune en face de sa question, ou confirmez-les.",
    ),
    "meme_remarque": Regle(
        INFORMATION,
        "Même remarque qu’en {premiere} ({quoi}) pour : {adresses}.",
    ),
    "commentaires_non_lus": Regle(
        INFORMATION,
        "Des commentaires ou des zones de texte sont posés sur la feuille ({adresses}) : ils restent dans "
        "ce fichier et ne sont pas lus. S’ils précisent une réponse, recopiez-les dans la colonne "
        "« Précision ».",
    ),
}
