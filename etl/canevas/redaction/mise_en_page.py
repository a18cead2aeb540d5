"""The sheet around the answers: widths, heights, printing on A4, protection, drop-down lists."""

from functools import lru_cache
from textwrap import wrap

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.canevas.grammaire import COLONNES, ETATS_AVANCEMENT
from etl.canevas.reponse.nombres import Nature

# In characters of the default font; A4 upright with 8 mm margins holds about 105 of them at full size.
LARGEURS = {
    "id": 8, "codes": 8, "libelle": 49, "unite": 13.5, "precedent": 9,
    "v1": 10.5, "v2": 10.5, "v3": 10.5, "v4": 10.5, "remarque": 15,
}  # fmt: skip
RANGS = {nom: rang for rang, nom in enumerate(COLONNES, start=1)}
PREMIERE, DERNIERE = RANGS["libelle"], RANGS["remarque"]
INTERLIGNE = 12.75  # points, at the size of the body
GAIN_PETIT = 1.2  # letters of the small size in the width of one of the body
MARGE, MARGE_HAUT_BAS = 0.32, 0.55  # inches

_MESSAGES_SAISIE = {
    Nature.ENTIER: "Écrivez un nombre entier (30) ou « sans objet ». Laissez vide si vous ne savez pas.",
    Nature.DECIMAL: "Écrivez un nombre (12,5) ou « sans objet ». Laissez vide si vous ne savez pas.",
    Nature.MONTANT: "Écrivez un montant en euros, par exemple 12 500, ou « sans objet ».",
    Nature.POURCENTAGE: "Écrivez un pourcentage entre 0 et 100 %, par exemple 85 %, ou « sans objet ».",
    Nature.NIVEAU: "Choisissez un niveau de 1 à 4, ou écrivez « sans objet ».",
    Nature.DATE: "Écrivez une date complète, par exemple 15/03/2026.",
    Nature.ETAT: "Choisissez un état dans la liste.",
}
_CONDITIONS = {
    Nature.ENTIER: "AND({c}>=0,{c}=INT({c}))",
    Nature.DECIMAL: "{c}>=0",
    Nature.MONTANT: "TRUE",
    Nature.POURCENTAGE: "AND({c}>=0,{c}<=1)",
    Nature.DATE: "{c}>36526",  # after 2000
}


@lru_cache(maxsize=4096)
def nombre_de_lignes(texte: str, largeur: float) -> int:
    """Printed lines of a wrapped text in a column of `largeur` characters."""
    # A width counts digits; in Arial the letters of a French sentence are a sixth narrower, on average.
    caracteres = max(int(largeur * 1.12), 1)
    return sum(len(wrap(paragraphe, caracteres)) or 1 for paragraphe in texte.split("\n"))


def hauteur(texte: str, largeur: float, minimum: float = 16) -> float:
    """Height in points of a row whose tallest cell holds `texte`."""
    return max(minimum, nombre_de_lignes(texte, largeur) * INTERLIGNE + 3)


def largeur_de(debut: str, fin: str) -> float:
    """Width in characters from a column to another, both included."""
    return sum(LARGEURS[nom] for nom in COLONNES[RANGS[debut] - 1 : RANGS[fin]])


def preparer(feuille: Worksheet) -> None:
    """Widths, hidden columns, A4 upright fitted to the width, footer with the page number."""
    for nom, rang in RANGS.items():
        dimension = feuille.column_dimensions[chr(64 + rang)]
        dimension.width = LARGEURS[nom]
        dimension.hidden = rang < PREMIERE
    feuille.sheet_view.showGridLines = False
    imprimer_en_a4(feuille)


def imprimer_en_a4(feuille: Worksheet) -> None:
    """A4 upright, one page wide, as many as needed in height."""
    feuille.page_setup.paperSize = feuille.PAPERSIZE_A4
    feuille.page_setup.orientation = "portrait"
    feuille.page_setup.fitToWidth, feuille.page_setup.fitToHeight = 1, 0
    feuille.sheet_properties.pageSetUpPr.fitToPage = True
    marges = feuille.page_margins
    marges.left = marges.right = MARGE
    marges.top = marges.bottom = MARGE_HAUT_BAS
    marges.header = marges.footer = 0.25
    feuille.print_options.horizontalCentered = True


def entetes_de_page(feuille: Worksheet, pied: str, fictif: bool) -> None:
    """Footer with the name of the form and the page number; header when the data are fictional."""
    feuille.oddFooter.left.text = pied.replace("&", "&&")
    feuille.oddFooter.right.text = "Page &P sur &N"
    feuille.oddFooter.left.size = feuille.oddFooter.right.size = 8
    if fictif:
        feuille.oddHeader.center.text = "DONNÉES FICTIVES"
        feuille.oddHeader.center.size = 9


def proteger(feuille: Worksheet) -> None:
    """Lock the printed words, without a password: rows and columns may still be resized."""
    feuille.protection.sheet = True
    feuille.protection.formatRows = feuille.protection.formatColumns = False
    feuille.protection.formatCells = False


def valider(feuille: Worksheet, adresses: dict[Nature, list[str]]) -> None:
    """One validation by nature over all its input cells, with a French message; texts are free."""
    for nature, cellules in adresses.items():
        if nature is Nature.TEXTE or not cellules:
            continue
        feuille.add_data_validation(_validation(nature, cellules))


def _validation(nature: Nature, cellules: list[str]) -> DataValidation:
    if nature is Nature.ETAT:
        validation = DataValidation("list", formula1=f'"{",".join(ETATS_AVANCEMENT)}"')
    elif nature is Nature.NIVEAU:
        validation = DataValidation("list", formula1='"1,2,3,4,sans objet"')
    else:
        premiere = cellules[0]
        condition = _CONDITIONS[nature].format(c=premiere)
        formule = f'IF(ISNUMBER({premiere}),{condition},LOWER(TRIM({premiere}))="sans objet")'
        validation = DataValidation("custom", formula1=formule)
    validation.errorTitle = "Réponse à vérifier"
    validation.error = _MESSAGES_SAISIE[nature]
    validation.showErrorMessage = True
    validation.allow_blank = True
    validation.sqref = " ".join(cellules)
    return validation
