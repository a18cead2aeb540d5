"""One cell taken in a workbook of their own, read as the form would read it: same numbers, same sentences."""

from etl.canevas.lecture.journal import Journal
from etl.canevas.phrases.messages import ATTENDU, lu_comme, origine_de_la_date
from etl.canevas.plan import Ligne
from etl.canevas.reponse.nombres import Nature, lire_nombre
from etl.canevas.reponse.petits_nombres import a_montrer, remarque_petite
from etl.canevas.reponse.valeurs import MANQUANT, Valeur, lire_valeur
from etl.classeurs import Calcul
from etl.classeurs_libres.lecture.releve import Prise
from etl.classeurs_libres.mots import un_correspond

_REFUS = Valeur(None, None, "refuse")
# In a .csv every cell is a text: saying so of each number would drown what matters.
_DE_TEXTE = frozenset({"nombre_en_texte", "date_en_texte"})
# « 412,5 k€ » in a column declared in k€, or its number shown divided: multiplied once already
_DIT_SON_UNITE = frozenset({"nombre_en_milliers", "nombre_a_l_echelle"})
_NOMBRES = frozenset({Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT})


def lire_prise(
    prise: Prise,
    ligne: Ligne,
    nature: Nature,
    manquants: tuple[str, ...],
    en_texte: bool,
    seuil: int,
    journal: Journal,
) -> Valeur:
    """The value of a cell, in the unit of its measure; what there is to tell goes to `journal`.

    `manquants`: wordings that this model uses for no answer; `en_texte`: the file holds only texts;
    `seuil`: the smallest count of people that may be shown.
    """
    if prise.refusee:  # told once for all that goes with it
        return _REFUS
    if isinstance(prise.lu, Calcul):
        regle = "cellule_en_erreur" if prise.lu.erreur else "formule_non_calculee"
        _noter(regle, prise, prise.lu.erreur or prise.lu.formule, ligne, nature, _REFUS, seuil, journal)
        return _REFUS
    if isinstance(prise.lu, str) and un_correspond(manquants, prise.lu):
        return MANQUANT
    valeur = _en_unite(prise, nature)
    if valeur.regle == "texte_a_relire":
        motifs = " et ".join(valeur.motifs)
        journal.noter("texte_a_relire", prise.place, question=ligne.nom, motifs=motifs)
    elif valeur.regle and not (en_texte and valeur.regle in _DE_TEXTE):
        _noter(valeur.regle, prise, prise.lu, ligne, nature, valeur, seuil, journal)
    return valeur


def _en_unite(prise: Prise, nature: Nature) -> Valeur:
    """A number written in thousands becomes the amount it means; a text, a date or a refusal is as read."""
    if prise.facteur == 1 or nature not in _NOMBRES:
        return lire_valeur(prise.lu, nature)
    # « 12,5 » thousand people is a whole number: what is written is checked once in the unit of the measure
    ecrite = lire_valeur(prise.lu, Nature.MONTANT if nature is Nature.MONTANT else Nature.DECIMAL)
    if ecrite.valeur is None:
        return ecrite
    facteur = 1.0 if ecrite.regle in _DIT_SON_UNITE else prise.facteur
    verifiee = lire_nombre(round(ecrite.valeur * facteur, 6), nature)
    if verifiee.valeur is None:
        return _REFUS._replace(regle=verifiee.regle)
    return ecrite._replace(valeur=verifiee.valeur)


def remarque_de(prise: Prise, ligne: Ligne, valeur: Valeur, seuil: int) -> tuple[str | None, bool]:
    """What stands beside the number, and whether it may tell a small count of people."""
    mots = " ; ".join(filter(None, (prise.remarque, valeur.remarque))) or None
    petite = ligne.confidentielle and bool(
        valeur.remarque
        and valeur.valeur is not None
        and remarque_petite(valeur.remarque, valeur.valeur, seuil)
    )
    return mots, petite


def _noter(
    regle: str,
    prise: Prise,
    lu: object,
    ligne: Ligne,
    nature: Nature,
    valeur: Valeur,
    seuil: int,
    journal: Journal,
) -> None:
    montre = a_montrer(lu, seuil, valeur.valeur, valeur.remarque) if ligne.confidentielle else lu
    journal.noter(
        regle,
        prise.place,
        montre,
        question=ligne.nom,
        attendu=ATTENDU[nature],
        valeur=lu_comme(montre, valeur.valeur),
        origine=origine_de_la_date(montre),
    )
