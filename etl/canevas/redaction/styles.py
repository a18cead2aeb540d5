"""How the forms look: named styles shared by every cell, so that a workbook is small and quick to write."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from etl.canevas.reponse.nombres import Nature

POLICE = "Arial"
CORPS, PETIT = 10, 8.5
BLEU, BLEU_PALE, GRIS, GRIS_TEXTE = "12436D", "DCE6F0", "EFEFEF", "595959"
SAISIE, BORD_SAISIE, ALERTE = "FFF6D6", "B08900", "801650"

_FORMATS = {
    Nature.ENTIER: "#,##0",
    Nature.DECIMAL: "General",
    Nature.MONTANT: "#,##0",
    Nature.POURCENTAGE: "0.0%",
    Nature.NIVEAU: "0",
    Nature.DATE: "dd/mm/yyyy",
    Nature.ETAT: "General",
    Nature.TEXTE: "@",  # what is typed stays text, even when it begins with « = »
}


def installer(classeur: Workbook) -> None:
    """Add the named styles to a new workbook."""
    for style in _styles():
        classeur.add_named_style(style)


def style_saisie(nature: Nature, preremplie: bool = False) -> str:
    """The style of an input cell; one that was prefilled looks otherwise, and its row says so in words."""
    return f"ctg {'preremplie' if preremplie else 'saisie'} {nature}"


def _styles() -> list[NamedStyle]:
    libelles = [
        _style("ctg titre", taille=16, gras=True, couleur=BLEU, centre=False),
        _style("ctg fictif", taille=11, gras=True, couleur=ALERTE),
        _style("ctg section", taille=11, gras=True, couleur="FFFFFF", fond=BLEU),
        _style("ctg entete", taille=PETIT, gras=True, fond=BLEU_PALE, centre=True),
        _style("ctg question", bord=GRIS),
        _style("ctg question longue", haut=True, bord=GRIS),
        _style("ctg intitule", gras=True),
        _style("ctg detail 1", retrait=2, bord=GRIS),
        _style("ctg detail 2", retrait=4, bord=GRIS),
        _style("ctg legende", taille=PETIT, couleur=GRIS_TEXTE, italique=True),
        _style("ctg legende colonne", taille=PETIT, couleur=GRIS_TEXTE, italique=True, centre=True),
        _style("ctg unite", taille=PETIT, couleur=GRIS_TEXTE, bord=GRIS),
        _style("ctg identite", gras=True),
        _style("ctg texte", haut=True),
        _style("ctg numero", gras=True, haut=True),
    ]
    precedent = _style("ctg precedent", couleur=GRIS_TEXTE, fond=GRIS, bord="FFFFFF")
    precedent.alignment = Alignment(horizontal="right", vertical="center")
    saisies = []
    for preremplie, fond in ((False, SAISIE), (True, BLEU_PALE)):
        for nature in Nature:
            texte = nature is Nature.TEXTE
            nom = style_saisie(nature, preremplie)
            style = _style(
                nom, fond=fond, bord=BORD_SAISIE, haut=texte, centre=not texte, italique=preremplie
            )
            style.number_format = _FORMATS[nature]
            style.protection = Protection(locked=False)
            saisies.append(style)
    remarque = _style("ctg remarque", taille=PETIT, fond=SAISIE, bord=BORD_SAISIE)
    remarque.protection = Protection(locked=False)
    remarque.number_format = "@"
    return [*libelles, precedent, *saisies, remarque]


def _style(
    nom: str,
    *,
    taille: float = CORPS,
    gras: bool = False,
    italique: bool = False,
    couleur: str = "000000",
    fond: str | None = None,
    bord: str | None = None,
    centre: bool = False,
    haut: bool = False,
    retrait: int = 0,
) -> NamedStyle:
    style = NamedStyle(nom)
    style.font = Font(name=POLICE, size=taille, bold=gras, italic=italique, color=couleur)
    style.alignment = Alignment(
        horizontal="center" if centre else "left",
        vertical="top" if haut else "center",
        wrap_text=True,
        indent=retrait,
    )
    if fond:
        style.fill = PatternFill("solid", start_color=fond)
    if bord:
        trait = Side("thin", color=bord)
        style.border = Border(left=trait, right=trait, top=trait, bottom=trait)
    return style
