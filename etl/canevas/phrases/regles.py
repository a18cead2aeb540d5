"""The rules of the forms: how grave it is, and the one sentence its sender is told.

Those of a number are in `regles_nombres`, those of what stands around the answers in `regles_autour`.
"""

from etl.canevas.phrases.regles_autour import REGLES_AUTOUR
from etl.canevas.phrases.regles_nombres import A_CONFIRMER, BLOQUANT, INFORMATION, REGLES_NOMBRES, Regle

REGLES: dict[str, Regle] = {
    # --- the workbook, once opened (etl/classeurs says why it is not) ---
    "document_d_aide": Regle(
        INFORMATION,
        "Ce classeur est un document d’aide (questionnaire de satisfaction ou mode d’emploi) : il n’y a rien "
        "à y lire. Les réponses au questionnaire se comptent, puis s’écrivent dans le rapport annuel.",
    ),
    "aucun_formulaire": Regle(
        BLOQUANT,
        "Aucune feuille de ce classeur n’est un formulaire de la convention. Recopiez vos réponses dans le "
        "canevas envoyé par la ville et renvoyez-le.",
    ),
    "manifeste_absent": Regle(
        INFORMATION,
        "La feuille cachée qui décrit ce classeur a disparu ; chaque formulaire a été reconnu par ses "
        "propres repères. Rien à faire.",
    ),
    "csv_une_feuille": Regle(
        INFORMATION,
        "Un fichier .csv ne garde qu’une feuille : si votre classeur en contenait d’autres à remplir, "
        "envoyez-les aussi. Sinon, rien à faire.",
    ),
    "feuille_ajoutee": Regle(
        INFORMATION,
        "La feuille « {feuille} » a été ajoutée au classeur : elle n’est pas lue. Si elle contient une "
        "réponse, recopiez-la dans le formulaire.",
    ),
    "feuille_retiree": Regle(
        A_CONFIRMER,
        "La feuille de « {nom} » n’est plus dans ce classeur : rien n’est lu pour elle ici. Si elle a été "
        "envoyée à part, rien à faire ; sinon, renvoyez-la.",
    ),
    # --- the form ---
    "preremplissage_non_confirme": Regle(
        BLOQUANT,
        "Ce formulaire ne contient que ce qui y était prérempli, et la date « Rempli le » est vide : rien ne "
        "dit que ces valeurs ont été relues. Écrivez la date pour les confirmer, ou complétez le formulaire, "
        "puis renvoyez-le.",
    ),
    "formulaire_vide": Regle(
        BLOQUANT,
        "Ce formulaire est vide : aucune case n’est remplie, il ne compte donc pas comme un rapport. Si "
        "c’est un envoi par erreur, rien à faire ; sinon, renvoyez le formulaire rempli.",
    ),
    "reperes_supprimes": Regle(
        BLOQUANT,
        "La feuille de « {nom} » ne se lit plus : ni les colonnes cachées du canevas, ni sa ligne d’en-têtes "
        "(« Question », « Votre réponse ») ne s’y trouvent. Recopiez les réponses dans un canevas neuf et "
        "renvoyez-le.",
    ),
    "reperes_perdus": Regle(
        A_CONFIRMER,
        "Les identifiants cachés de cette feuille ont disparu (colonne A du canevas). {combien} "
        "par leur libellé exact et lues. Confirmez qu’il s’agit bien du canevas de "
        "l’année ; la prochaine fois, répondez dans le canevas envoyé.",
    ),
    "reponses_deplacees": Regle(
        BLOQUANT,
        "Les identifiants cachés ont disparu, et les colonnes de réponses ne sont plus sous leurs intitulés "
        "(« combien », « sur », « proposés »…) : on ne sait plus quelle réponse va avec quelle case. "
        "Recopiez les réponses dans un canevas neuf et renvoyez-le.",
    ),
    "colonne_codes_supprimee": Regle(
        INFORMATION,
        "La colonne cachée des codes a disparu (colonne B du canevas) : les réponses ont été lues d’après "
        "l’identifiant de leur ligne. Rien à faire.",
    ),
    "colonne_supprimee": Regle(
        BLOQUANT,
        "La colonne « {colonne} » du canevas a été supprimée : on ne sait plus quelle réponse va avec "
        "quelle question. Recopiez les réponses dans un canevas neuf et renvoyez-le.",
    ),
    "colonne_remarques_supprimee": Regle(
        A_CONFIRMER,
        "La colonne des précisions a été supprimée : les réponses sont lues, sans leurs précisions. "
        "Confirmez qu’il n’y en avait pas.",
    ),
    "reperes_repetes": Regle(
        BLOQUANT,
        "Cette feuille contient deux formulaires collés, l’un sous l’autre ou côte à côte. Gardez un seul "
        "formulaire par feuille et renvoyez le fichier.",
    ),
    "version_inconnue": Regle(
        BLOQUANT,
        "Ce formulaire est de la version {version} du canevas, que ce logiciel ne connaît pas (il lit la "
        "version {connue}). Demandez le canevas de l’année à la coordination.",
    ),
    "identite_absente": Regle(
        BLOQUANT,
        "L’identité du formulaire a disparu ({manque}) : on ne sait pas de qui ou de quelle année il "
        "parle. Recopiez les réponses dans un canevas neuf et renvoyez-le.",
    ),
    "identifiant_perdu": Regle(
        A_CONFIRMER,
        "L’identifiant caché de ce formulaire a disparu ; d’après son nom, c’est celui de {lu}, et il est lu "
        "comme le sien. Confirmez-le.",
    ),
    "identifiant_inconnu": Regle(
        BLOQUANT,
        "L’identifiant {lu} n’existe pas dans la convention. Les cellules cachées ont été modifiées : "
        "recopiez les réponses dans un canevas neuf et renvoyez-le.",
    ),
    "nom_inconnu": Regle(
        BLOQUANT,
        "Les identifiants cachés ont disparu, et {lu} n’est pas le nom exact d’une seule structure ou fiche "
        "de la convention : on ne sait pas de qui parlent ces réponses. Écrivez le nom exactement comme dans "
        "le canevas envoyé, ou recopiez les réponses dans un canevas neuf, puis renvoyez-le.",
    ),
    "identite_contredite": Regle(
        BLOQUANT,
        "Le formulaire porte le nom {lu}, mais son identifiant est celui de « {nom} ». Rien n’est lu, "
        "pour ne pas attribuer ces réponses à une autre : renvoyez-les dans le canevas de la bonne "
        "structure.",
    ),
    "nom_ancien": Regle(
        INFORMATION,
        "Le formulaire porte le nom {lu} ; d’après son identifiant caché, c’est celui de « {nom} », dont le "
        "nom a changé dans la convention depuis l’envoi. Il est lu comme le sien.",
    ),
    "nom_change": Regle(
        A_CONFIRMER,
        "Le formulaire porte le nom {lu}, récrit depuis l’envoi ; d’après son identifiant caché, c’est celui "
        "de « {nom} », et il est lu comme le sien. Confirmez que ces réponses sont bien les siennes.",
    ),
    "annee_absente": Regle(
        BLOQUANT,
        "L’année du rapport n’est pas écrite : rien n’est lu, faute de savoir de quelle année parlent ces "
        "réponses. Écrivez-la en face de « Année du rapport », puis renvoyez le fichier.",
    ),
    "annee_contredite": Regle(
        BLOQUANT,
        "Le formulaire porte l’année {lu}, alors que le canevas rempli était celui de {attendue}. Recopiez "
        "les réponses dans le canevas de la bonne année.",
    ),
    "feuille_d_une_autre_annee": Regle(
        BLOQUANT,
        "Cette feuille est un formulaire de {lu} dans le classeur de {attendue} : elle n’est pas lue. Gardée "
        "pour mémoire, elle peut y rester, et il n’y a rien à faire ; sinon, envoyez-la dans son propre "
        "classeur.",
    ),
    "annee_hors_convention": Regle(
        BLOQUANT,
        "L’année {lu} n’est pas une année de la convention ({debut} à {fin}) : rien n’est lu. Écrivez "
        "la bonne en face de « Année du rapport », puis renvoyez le fichier ; si ces réponses parlent d’une "
        "autre année que le canevas envoyé, recopiez-les dans le canevas de leur année.",
    ),
    "structure_fermee": Regle(
        BLOQUANT,
        "D’après la convention, cette structure n’était pas ouverte en {annee} : rien ne lui est demandé, et "
        "rien de ce formulaire n’est chargé. Confirmez l’année, ou signalez ses dates d’ouverture à la "
        "coordination.",
    ),
    "formulaire_en_double": Regle(
        BLOQUANT,
        "Deux feuilles répondent pour « {nom} » : {feuilles}. Aucune n’est lue, faute de savoir laquelle est "
        "la bonne. Supprimez l’autre et renvoyez le fichier.",
    ),
    "fictif_inconnu": Regle(
        A_CONFIRMER,
        "Le formulaire ne dit plus si ses données sont fictives. Elles sont lues comme des données réelles "
        ": confirmez-le.",
    ),
    "date_de_saisie_illisible": Regle(
        A_CONFIRMER,
        "{lu} n’est pas une date : on ne sait pas quand ce formulaire a été rempli. Écrivez le "
        "jour, le mois et l’année en quatre chiffres, par exemple {exemple}.",
    ),
    # --- the rows ---
    "ligne_inconnue": Regle(
        BLOQUANT,
        "L’identifiant de ligne {lu} n’existe pas dans la convention : le formulaire entier est refusé. "
        "Recopiez les réponses dans un canevas neuf et renvoyez-le.",
    ),
    "ligne_non_demandee": Regle(
        BLOQUANT,
        "La ligne {lu} n’est pas demandée à ce répondant : ses réponses ne sont pas chargées. Si elles "
        "doivent l’être, signalez-le à la coordination.",
    ),
    "codes_modifies": Regle(
        BLOQUANT,
        "Les repères cachés de « {question} » ont été modifiés ({lu} au lieu de « {attendu} ») : ses "
        "réponses ne sont pas chargées. Recopiez-les dans un canevas neuf.",
    ),
    "ligne_repetee": Regle(
        BLOQUANT,
        "La question « {question} » figure plusieurs fois (lignes {lignes}) : aucune n’est chargée, faute "
        "de savoir laquelle est la bonne. Supprimez les lignes en trop.",
    ),
    "ligne_retrouvee": Regle(
        A_CONFIRMER,
        "L’identifiant caché de la ligne {ligne} a disparu ; son libellé est exactement celui d’une question "
        "du canevas, et sa réponse est lue. Confirmez que c’est bien elle.",
    ),
    "ligne_a_rapprocher": Regle(
        A_CONFIRMER,
        "Ligne {ligne}, {lu} : probablement « {propose} ». Sa réponse n’est pas chargée : à confirmer dans "
        "Collecte, ou à recopier dans le canevas envoyé.",
    ),
    "libelle_d_une_autre": Regle(
        BLOQUANT,
        "Ligne {ligne} : {lu} est le libellé d’une autre ligne{precision}, mais l’identifiant caché est "
        "celui de « {question} ». Des lignes ont sans doute été triées, échangées ou décalées sans leurs "
        "colonnes cachées : rien n’en est chargé.{etendue} Recopiez-les dans le canevas envoyé et renvoyez-"
        "le.",
    ),
    "libelle_change": Regle(
        A_CONFIRMER,
        "Ligne {ligne} : {lu} n’est pas le libellé imprimé ; d’après l’identifiant caché, c’est "
        "« {question} ».{etendue} La réponse n’est pas chargée : à confirmer dans Collecte, ou remettez le "
        "libellé du canevas envoyé.",
    ),
    "libelle_ecrase": Regle(
        BLOQUANT,
        "Ligne {ligne} : {lu} remplace le libellé de « {question} » : sa réponse n’est pas chargée, faute de "
        "savoir de quoi elle parle.{etendue} Recopiez-la dans le canevas envoyé et renvoyez-le.",
    ),
    "libelle_efface": Regle(
        A_CONFIRMER,
        "Ligne {ligne} : le libellé a été effacé ; d’après l’identifiant caché, c’est celui de « {question} »"
        ", et la réponse est lue. Confirmez que c’est bien elle.",
    ),
    "ligne_ambigue": Regle(
        BLOQUANT,
        "Ligne {ligne}, {lu} : ce libellé peut répondre à plusieurs questions, ou le titre de la sienne a "
        "changé. Sa réponse n’est pas chargée : recopiez-la dans le canevas envoyé et renvoyez-le.",
    ),
    "ligne_non_reconnue": Regle(
        BLOQUANT,
        "Ligne {ligne}, {lu} : aucune question du canevas ne porte ce libellé. Sa réponse n’est pas "
        "chargée : recopiez-la dans le canevas envoyé et renvoyez-le.",
    ),
    "cases_fusionnees": Regle(
        BLOQUANT,
        "Les cases {plage} sont fusionnées : {lu} répond à plusieurs cases à la fois ({questions}), et rien "
        "ne dit comment le partager. Défusionnez-les et écrivez une réponse par case. Les autres réponses "
        "sont chargées.",
    ),
    "lignes_absentes": Regle(
        A_CONFIRMER,
        "Il manque {combien} du canevas : {questions}. Ce qui manque compte comme non répondu : "
        "confirmez que c’est voulu.",
    ),
    **REGLES_AUTOUR,
    # --- the cells ---
    **REGLES_NOMBRES,
    "date_illisible": Regle(
        BLOQUANT,
        "« {question} » : {lu} n’est pas une date complète. On attend {attendu}. Les autres réponses "
        "sont chargées.",
    ),
    "date_en_texte": Regle(
        INFORMATION,
        "« {question} » : {lu}, saisi comme du texte, a été lu comme une date. Rien à faire si c’est exact.",
    ),
    "etat_inconnu": Regle(
        BLOQUANT,
        "« {question} » : {lu} n’est pas dans la liste. On attend {attendu}. Les autres réponses sont "
        "chargées.",
    ),
    "texte_a_relire": Regle(
        A_CONFIRMER,
        "« {question} » : ce texte contient peut-être {motifs}. Il reste dans ce fichier et n’est pas "
        "chargé : retirez ce qui désigne une personne et renvoyez-le, ou reformulez s’il n’y en a pas.",
    ),
}
