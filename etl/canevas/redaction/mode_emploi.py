"""The first sheet of a workbook: how to fill it, in a dozen short sentences."""

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from ctg import formats
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import FEUILLE_AIDE, marque
from etl.canevas.redaction import mise_en_page as page
from etl.canevas.redaction.styles import style_saisie
from etl.canevas.reponse.nombres import Nature

_LARGEURS = (5, 92)
_TITRES = {"structure": "Rapport annuel {annee}", "fiche": "Évaluation de la fiche projet en {annee}"}
_QUI = {
    "structure": "Une feuille par structure : les onglets en bas de l’écran.",
    "fiche": "Une feuille pour la fiche projet ; chaque mesure dit quel service la donne.",
}
_PHRASES = (
    "Écrivez seulement dans les cases jaunes. Le reste est protégé, sans mot de passe.",
    "Zéro s’écrit 0. Une case vide veut dire « nous ne savons pas » ; rien n’est inventé à sa place.",
    "Si une question ne vous concerne pas, écrivez « sans objet » : elle ne comptera pas contre vous.",
    "Un nombre par case, sans mot : 12 ou 12,5. Les précisions vont dans la dernière colonne.",
    "« dont » détaille la ligne du dessus. Par quartier, ne donnez pas de total : il se calcule ; ce que "
    "vous ne savez pas situer va dans « Sans quartier précis ».",
    "Satisfaction : donnez le nombre de questionnaires proposés, de réponses, et de notes 4 ou 5 sur 5. Un "
    "questionnaire d’une page est fourni.",
    "{annee_scolaire}",
    "La colonne grise rappelle votre réponse de l’année précédente, quand elle est connue.",
    "Une case bleue est préremplie par ce que la Caf ou un logiciel de la Ville sait déjà : laissez-la pour "
    "confirmer, ou corrigez-la. Écrivez la date en haut, « Rempli le ».",
    "Ne nommez personne et ne donnez aucun détail de santé : ces textes seront lus en réunion.",
    "Ne supprimez ni ligne, ni colonne, ni onglet. Vous pouvez les élargir, et renommer l’onglet.",
    "Renvoyez ce classeur au format .xlsx, même incomplet{echeance}. Une erreur n’en fait pas perdre le "
    "reste : nous vous dirons quelle case corriger.",
)


def dessiner(feuille: Worksheet, referentiel: Referentiel, genre: str, annee: int, fictif: bool) -> None:
    """Fill the sheet of explanations of a workbook of structures or of a fiche."""
    feuille.title = FEUILLE_AIDE
    feuille.cell(1, 1, marque("aide"))
    feuille.column_dimensions["A"].hidden = True
    for lettre, largeur in zip("BC", _LARGEURS, strict=True):
        feuille.column_dimensions[lettre].width = largeur
    feuille.cell(1, 2, f"{_TITRES[genre].format(annee=annee)} : mode d’emploi").style = "ctg titre"
    feuille.cell(1, 2).alignment = Alignment(wrap_text=False, vertical="center")
    feuille.row_dimensions[1].height = 32
    rang = 2
    if fictif:
        feuille.cell(rang, 2, "DONNÉES FICTIVES : ce formulaire sert à essayer l’outil.").style = "ctg fictif"
        feuille.cell(rang, 2).alignment = Alignment(wrap_text=False)
        rang += 1
    for numero, phrase in enumerate(_phrases(referentiel, genre, annee), start=1):
        feuille.cell(rang, 2, numero).style = "ctg numero"
        feuille.cell(rang, 3, phrase).style = "ctg texte"
        feuille.row_dimensions[rang].height = page.hauteur(phrase, _LARGEURS[1]) + 5
        rang += 1
    feuille.cell(rang, 3, "Une case à remplir ressemble à ceci.").style = style_saisie(Nature.TEXTE)
    feuille.sheet_view.showGridLines = False
    page.imprimer_en_a4(feuille)
    page.proteger(feuille)


def _phrases(referentiel: Referentiel, genre: str, annee: int) -> list[str]:
    echeance = next((c.echeance for c in referentiel.parametres.campagnes if c.annee == annee), None)
    details = {
        "annee_scolaire": referentiel.parametres.annee_scolaire,
        "echeance": f", avant le {formats.date_longue(echeance)}" if echeance else "",
    }
    return [_QUI[genre], *(phrase.format(**details) for phrase in _PHRASES)]
