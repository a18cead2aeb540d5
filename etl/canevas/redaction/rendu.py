"""Draws one form on one sheet: identity, sections, questions, input cells, from the plan of the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.worksheet.worksheet import Worksheet

from ctg import formats
from etl.canevas.grammaire import (
    BANDEAU_FICTIF,
    CLE_DECOR,
    COLONNES,
    LIBELLE_PRECISION,
    LIBELLE_QUESTION,
    LIBELLE_REPONSE,
    LIBELLE_UNITE,
    REPONSES,
    marque,
    rappel_de,
)
from etl.canevas.impression import est_une_boite, intitule_de_boite, intitule_imprime
from etl.canevas.legendes import LEGENDES, legende_exercices
from etl.canevas.plan import Ligne, Question, Section
from etl.canevas.redaction import mise_en_page as page
from etl.canevas.redaction.mise_en_page import RANGS
from etl.canevas.redaction.preremplissage import SANS, Prerempli
from etl.canevas.redaction.styles import style_saisie
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.valeurs import lire_date

_HAUTEUR_BOITE = 4 * page.INTERLIGNE + 4
_LARGEUR_REPONSE = page.largeur_de("v1", "remarque")
_LARGEUR_LIBELLE = page.LARGEURS["libelle"]
_LARGEUR_LARGE = page.largeur_de("libelle", "precedent")


@dataclass(frozen=True, slots=True)
class Contenu:
    """What stands on a form besides its questions.

    `identite`: rows (key, words, value); the hidden ones have no words. `precedents`: last year's value by
    row key; `preremplis`: what an extract already answers, by row key too. `reponses`: {(row key, code):
    value}, percentages in points; the code `remarque` is the note at the end of the row.
    """

    genre: str
    repondant_id: str
    titre: str
    sous_titre: str
    annee: int
    fictif: bool
    identite: tuple[tuple[str, str, object], ...]
    precedents: Mapping[str, object]
    reponses: Mapping[tuple[str, str], object]
    preremplis: Mapping[str, Prerempli] = field(default_factory=dict)


@dataclass(slots=True)
class _Plume:
    """Where the next row goes, and which input cells were drawn, by nature."""

    feuille: Worksheet
    contenu: Contenu
    rang: int = 0
    saisies: dict[Nature, list[str]] = field(default_factory=dict)
    ecrites: set[tuple[str, str]] = field(default_factory=set)
    ensemble: str = ""  # what the last captions were about
    rappels: dict[str, str] = field(default_factory=dict)


def dessiner(feuille: Worksheet, sections: Iterable[Section], contenu: Contenu) -> dict[str, str]:
    """Fill an empty sheet; returns last year's answers as they are printed there, by row key.

    Raises ValueError when an answer matches no cell of the form.
    """
    page.preparer(feuille)
    plume = _Plume(feuille, contenu)
    _entete(plume)
    _identite(plume)
    for section in sections:
        _section(plume, section)
    inconnues = contenu.reponses.keys() - plume.ecrites
    if inconnues:
        raise ValueError(f"réponses sans case dans « {contenu.titre} » : {sorted(inconnues)}")
    page.valider(feuille, plume.saisies)
    page.proteger(feuille)
    page.entetes_de_page(feuille, f"{contenu.titre} · {contenu.annee}", contenu.fictif)
    feuille.print_area = f"C1:{feuille.cell(plume.rang, page.DERNIERE).coordinate}"
    return plume.rappels


def _ecrire(plume: _Plume, colonne: str, valeur: object, style: str) -> None:
    cellule = plume.feuille.cell(plume.rang, RANGS[colonne])
    cellule.value = valeur
    if isinstance(valeur, str):
        cellule.data_type = "s"  # words are words, even when they begin with « = »
    cellule.style = style


def _reperes(plume: _Plume, cle: str, codes: str = "") -> None:
    plume.rang += 1
    plume.feuille.cell(plume.rang, RANGS["id"]).value = cle
    if codes:
        plume.feuille.cell(plume.rang, RANGS["codes"]).value = codes


def _fusionner(plume: _Plume, debut: str, fin: str, style: str) -> None:
    for nom in COLONNES[RANGS[debut] - 1 : RANGS[fin]]:
        plume.feuille.cell(plume.rang, RANGS[nom]).style = style
    plume.feuille.merge_cells(
        start_row=plume.rang, end_row=plume.rang, start_column=RANGS[debut], end_column=RANGS[fin]
    )


def _haut(plume: _Plume, points: float) -> None:
    plume.feuille.row_dimensions[plume.rang].height = points


def _bandeau(plume: _Plume, texte: str, style: str, points: float) -> None:
    """A row of words over the whole width."""
    _reperes(plume, CLE_DECOR)
    _ecrire(plume, "libelle", texte, style)
    _fusionner(plume, "libelle", "remarque", style)
    _haut(plume, points)


def _entete(plume: _Plume) -> None:
    contenu, feuille = plume.contenu, plume.feuille
    _bandeau(plume, contenu.titre, "ctg titre", page.hauteur(contenu.titre, 62, 24) + 4)
    _bandeau(plume, contenu.sous_titre, "ctg legende", 14)
    if contenu.fictif:
        _bandeau(plume, BANDEAU_FICTIF, "ctg fictif", 18)
    _reperes(plume, marque(contenu.genre))
    for nom in COLONNES[1:]:
        feuille.cell(plume.rang, RANGS[nom]).value = nom
    feuille.row_dimensions[plume.rang].hidden = True
    _reperes(plume, CLE_DECOR)
    entetes = {
        "libelle": LIBELLE_QUESTION,
        "unite": LIBELLE_UNITE,
        "precedent": rappel_de(contenu.annee),
        "v1": LIBELLE_REPONSE,
        "remarque": LIBELLE_PRECISION,
    }
    for nom in COLONNES[2:]:
        _ecrire(plume, nom, entetes.get(nom), "ctg entete")
    feuille.merge_cells(
        start_row=plume.rang, end_row=plume.rang, start_column=RANGS["v1"], end_column=RANGS["v4"]
    )
    _haut(plume, 26)
    feuille.print_title_rows = f"{plume.rang}:{plume.rang}"
    feuille.freeze_panes = feuille.cell(plume.rang + 1, 1)


def _identite(plume: _Plume) -> None:
    for cle, libelle, valeur in plume.contenu.identite:
        _reperes(plume, cle, "valeur")
        if not libelle:
            _ecrire(plume, "v1", valeur, "ctg identite")
            plume.feuille.row_dimensions[plume.rang].hidden = True
            continue
        _ecrire(plume, "libelle", libelle, "ctg question")
        if cle == "m:rempli_le":
            _saisir(plume, "v1", cle, "valeur", Nature.DATE, valeur)
        else:
            _ecrire(plume, "v1", valeur, "ctg identite")
            _fusionner(plume, "v1", "remarque", "ctg identite")
        _haut(plume, page.hauteur(str(valeur or ""), _LARGEUR_REPONSE))


def _section(plume: _Plume, section: Section) -> None:
    _bandeau(plume, section.titre, "ctg section", page.hauteur(section.titre, 110, 20))
    plume.ensemble = ""
    for question in section.questions:
        _legende(plume, question)
        _question(plume, question)


def _legende(plume: _Plume, question: Question) -> None:
    """Names the answer cells of the questions of a kind, once before the first of them."""
    if question.saisie == plume.ensemble:
        return
    plume.ensemble = question.saisie
    if question.saisie == "compte":
        legende = legende_exercices(plume.contenu.annee)
    elif (legende := LEGENDES.get(question.saisie)) is None:
        return
    _reperes(plume, CLE_DECOR)
    _ecrire(plume, "libelle", legende.annonce, "ctg legende")
    plume.feuille.merge_cells(
        start_row=plume.rang, end_row=plume.rang, start_column=RANGS["libelle"], end_column=RANGS["precedent"]
    )
    for colonne, mot in zip(REPONSES, legende.cellules, strict=False):
        _ecrire(plume, colonne, mot, "ctg legende colonne")
    if legende.remarque:
        _ecrire(plume, "remarque", legende.remarque, "ctg legende colonne")
    _haut(plume, 25 if any("\n" in mot for mot in legende.cellules) else 15)


def _question(plume: _Plume, question: Question) -> None:
    intitule = intitule_imprime(question, plume.contenu.annee)
    premiere = question.lignes[0]
    if est_une_boite(premiere):
        _boite(plume, question, premiere)
        return
    detaillee = premiere.cle.quartier_id or premiere.cle.ventilation
    if detaillee:
        _bandeau(plume, intitule, "ctg intitule", page.hauteur(intitule, 115))
    ventilation = None
    for ligne in question.lignes:
        if ligne.cle.ventilation != ventilation and ligne.sous_titre:
            _bandeau(plume, ligne.sous_titre, "ctg legende", 14)
        ventilation = ligne.cle.ventilation
        principale = ligne is premiere and not detaillee
        _rangee(plume, ligne, intitule if principale else ligne.libelle, principale or not ventilation)


def _rangee(plume: _Plume, ligne: Ligne, libelle: str, precisable: bool) -> None:
    cle = str(ligne.cle)
    _reperes(plume, cle, "|".join(ligne.codes))
    _ecrire(plume, "libelle", libelle, f"ctg detail {ligne.retrait}" if ligne.retrait else "ctg question")
    rappel = plume.contenu.precedents.get(cle)
    unite = _unite(ligne, rappel)
    _ecrire(plume, "unite", unite, "ctg unite")
    dit = _rappel(rappel, ligne.unite_rappel)
    _ecrire(plume, "precedent", dit, "ctg precedent")
    if dit is not None:
        plume.rappels[cle] = str(dit)
    prerempli = plume.contenu.preremplis.get(cle, SANS).dans(ligne.codes)
    deja = prerempli.valeurs
    for colonne, code, nature in zip(REPONSES, ligne.codes, ligne.natures, strict=False):
        valeur = plume.contenu.reponses.get((cle, code), deja.get(code))
        _saisir(plume, colonne, cle, code, nature, valeur, code in deja)
    remarque = plume.contenu.reponses.get((cle, "remarque"), prerempli.remarque)
    if ligne.cle.rubrique == "i" and (precisable or deja):
        plume.ecrites.add((cle, "remarque"))
        _ecrire(plume, "remarque", remarque, "ctg remarque")
    petits = ((unite, "unite"), (str(remarque or ""), "remarque"))
    hauteurs = [page.hauteur(texte, page.LARGEURS[colonne] * page.GAIN_PETIT) for texte, colonne in petits]
    _haut(plume, max(page.hauteur(libelle, _LARGEUR_LIBELLE - 3 * ligne.retrait), *hauteurs))


def _boite(plume: _Plume, question: Question, ligne: Ligne) -> None:
    """A text question: words at the left, a large cell at the right."""
    cle = str(ligne.cle)
    texte = plume.contenu.reponses.get((cle, "texte"))
    libelle = intitule_de_boite(question)
    _reperes(plume, cle, "texte")
    _ecrire(plume, "libelle", libelle, "ctg question longue")
    _fusionner(plume, "libelle", "precedent", "ctg question longue")
    _saisir(plume, "v1", cle, "texte", Nature.TEXTE, texte)
    _fusionner(plume, "v1", "remarque", style_saisie(Nature.TEXTE))
    voulue = max(page.hauteur(str(texte or ""), _LARGEUR_REPONSE), page.hauteur(libelle, _LARGEUR_LARGE))
    _haut(plume, min(max(_HAUTEUR_BOITE, voulue), 400))


def _saisir(
    plume: _Plume,
    colonne: str,
    cle: str,
    code: str,
    nature: Nature,
    valeur: object,
    preremplie: bool = False,
) -> None:
    plume.ecrites.add((cle, code))
    if nature is Nature.POURCENTAGE and isinstance(valeur, (int, float)):
        valeur = valeur / 100  # a spreadsheet stores 85 % as 0.85
    elif nature is Nature.DATE and isinstance(valeur, str):
        valeur = lire_date(valeur) or valeur
    _ecrire(plume, colonne, valeur, style_saisie(nature, preremplie))
    plume.saisies.setdefault(nature, []).append(plume.feuille.cell(plume.rang, RANGS[colonne]).coordinate)


def _unite(ligne: Ligne, rappel: object) -> str:
    """Beside two counts, the unit of the rate that is recalled, when « % » does not say it."""
    if rappel is None or ligne.unite_rappel in ("", "%"):
        return ligne.unite
    return f"rappel en {ligne.unite_rappel}"


def _rappel(valeur: object, unite: str) -> object:
    if not isinstance(valeur, (int, float)):
        return valeur
    return formats.mesure(valeur, unite if unite == "%" else None)
