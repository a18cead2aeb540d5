"""Why a file is not opened: one sentence per reason, what it is and what to do."""

from etl.anomalie import Anomalie

_RENVOYER = "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le au format « Classeur Excel (.xlsx) »"

PHRASES: dict[str, str] = {
    "fichier_vide": "Ce fichier est vide (0 octet) : l’envoi s’est interrompu. Renvoyez-le.",
    "fichier_trop_lourd": (
        "Ce fichier pèse {taille} Mo ; un rapport en pèse bien moins que {maximum}. Retirez les images "
        "ajoutées et renvoyez-le."
    ),
    "pas_un_classeur": (
        "Ce fichier n’est pas un classeur : son contenu est {nature}. Envoyez le classeur lui-même, au "
        "format .xlsx, .xls, .ods ou .csv."
    ),
    "type_trompeur": (
        "Ce fichier porte l’extension {extension}, mais son contenu est {nature} : il n’a pas été lu. "
        "{conseil}"
    ),
    "protege": (
        "Ce classeur est protégé par un mot de passe : il ne peut pas être lu. Enregistrez-le sans mot de "
        "passe (Fichier, Informations, Protéger le classeur) et renvoyez-le."
    ),
    "classeur_abime": (
        "Ce classeur est abîmé : il ne s’ouvre pas entièrement. Ouvrez-le dans Excel ou LibreOffice, "
        "enregistrez-le sous un autre nom et renvoyez la copie."
    ),
    "trop_de_parties": (
        "Ce classeur contient {nombre} éléments internes (au plus {maximum}). Recopiez vos réponses dans "
        "un classeur neuf et renvoyez-le."
    ),
    "bombe": (
        "Une fois décompressé, ce fichier occuperait {deplie}, {fois} fois sa taille (au plus {maximum} Mo, "
        "et 100 fois) : il n’a pas été ouvert. Recopiez vos réponses dans un classeur neuf et renvoyez-le."
    ),
    "chemin_interdit": (
        "Ce fichier contient un élément dont le nom sort du classeur (« {partie} ») : il n’a pas été "
        "ouvert. Recopiez vos réponses dans un classeur neuf et renvoyez-le."
    ),
    "macros": (
        f"Ce classeur contient des macros : il n’a pas été ouvert. {_RENVOYER}, sans macros, et renvoyez-le."
    ),
    "liens_externes": (
        "Ce classeur est lié à d’autres fichiers ou à une base : ses nombres peuvent changer sans qu’on le "
        "voie. Collez les réponses en « valeurs seules », rompez les liaisons et renvoyez-le."
    ),
    "objets_incorpores": (
        "Ce classeur contient un document incorporé : il n’a pas été ouvert. Retirez-le et renvoyez le "
        "classeur seul."
    ),
    "entites": (
        "Ce fichier contient une déclaration interdite ({partie}) : il n’a pas été ouvert. Recopiez vos "
        "réponses dans un classeur neuf et renvoyez-le."
    ),
    "feuille_demesuree": (
        "La feuille « {feuille} » contient une cellule au-delà de la ligne {lignes} ou de la colonne "
        "{colonnes}. Supprimez ce qui a été saisi loin du tableau et renvoyez le fichier."
    ),
    "classeur_demesure": (
        "Les feuilles de ce classeur s’étendent sur plus de {maximum} millions de cellules. Supprimez ce "
        "qui a été saisi loin des tableaux et renvoyez le fichier."
    ),
    "cellule_demesuree": (
        "La feuille « {feuille} » contient plus de 32 767 caractères dans une seule cellule. "
        "Retirez ce qui y a été collé et renvoyez le fichier."
    ),
    "textes_demesures": (
        "Les textes de ce classeur, répétés de cellule en cellule, font plus de {maximum} millions de "
        "caractères. Recopiez vos réponses dans un classeur neuf et renvoyez-le."
    ),
    "trop_de_feuilles": (
        "Ce classeur a {nombre} feuilles (au plus {maximum}). Gardez celles qui portent vos réponses et "
        "renvoyez-le."
    ),
    "trop_de_formats": (
        "Ce classeur définit {nombre} formats de nombre (au plus {maximum}). Recopiez vos réponses dans un "
        "classeur neuf et renvoyez-le."
    ),
    "copie_impossible": (
        "Les commentaires ne s’écrivent pas dans une copie de ce document Word : le message dit seul ce qui "
        "est à revoir."
    ),
    "texte_illisible": (
        "Ce fichier de texte ne se lit pas comme un tableau (guillemets qui ne se referment pas). "
        f"{_RENVOYER} et renvoyez-le."
    ),
}


class ClasseurRefuse(Exception):  # noqa: N818 — a French name, like its callers
    """The file is not opened. `regle` names the sentence, `anomalie` is what the sender is told."""

    def __init__(self, regle: str, **details: object) -> None:
        super().__init__(regle)
        self.regle = regle
        self.anomalie = Anomalie(None, None, "bloquant", regle, PHRASES[regle].format(**details))


def type_trompeur(extension: str, nature: str, s_ouvre: bool) -> ClasseurRefuse:
    """The refusal of a file whose name says one thing and whose content is another; `s_ouvre`: a spreadsheet
    opens it all the same."""
    conseil = f"{_RENVOYER} et renvoyez-le." if s_ouvre else "Envoyez le classeur lui-même."
    return ClasseurRefuse("type_trompeur", extension=extension, nature=nature, conseil=conseil)
