"""What the blank forms already say: last year's answers, and what an extract answers for this year."""

from collections import defaultdict
from pathlib import Path

from ctg.entrepot import Entrepot, EntrepotAbsent, EntrepotIllisible
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import TRIMESTRES, Cle, analyser_cle
from etl.canevas.redaction.preremplissage import Prerempli

# the sender sees again what it declared itself: its own cells, unmasked, and never fictional ones
_LIRE = """
    SELECT repondant_id, rubrique, objet_id, quartier_id,
           nullif(ventilation, 'total') AS ventilation, nullif(modalite, 'total') AS modalite, code,
           valeur, CASE WHEN code = 'etat' THEN texte END AS etat
    FROM interne.cellule
    WHERE retenu AND NOT fictif AND annee = $annee AND etat = 'valeur' AND rubrique IN ('i', 'v')
"""
# an extract that no answer of the respondent has replaced yet
_PREREMPLIR = """
    SELECT c.repondant_id, c.rubrique, c.objet_id, c.quartier_id,
           nullif(c.ventilation, 'total') AS ventilation, nullif(c.modalite, 'total') AS modalite, c.code,
           c.valeur, regexp_replace(n.libelle, '^extrait ', '') AS source
    FROM interne.cellule AS c
    JOIN interne.source_reponse AS n ON n.source = c.source
    WHERE c.retenu AND NOT c.fictif AND c.annee = $annee AND c.valeur IS NOT NULL
      AND starts_with(c.source, 'extrait:')
    ORDER BY c.cellule
"""
_RAPPORTS = (("numerateur", "denominateur"), ("satisfaits", "repondants"))


def lire_precedents(entrepot: Path, annee: int, referentiel: Referentiel) -> dict[tuple[str, str], object]:
    """{(respondent, row key): what it declared for `annee`}; empty when there is no warehouse yet.

    The four quarters give their sum, a ratio its quotient in the unit of the measure, a jalon its state.
    """
    try:
        lues = Entrepot(entrepot).executer(_LIRE, annee=annee)
    except (EntrepotAbsent, EntrepotIllisible):
        return {}
    rangees: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
    for repondant_id, *cle, code, valeur, etat in (
        lues.astype(object).where(lues.notna(), None).itertuples(index=False)
    ):
        rangees[repondant_id, str(Cle(*cle))][code] = etat if code == "etat" else valeur
    return {
        adresse: valeur
        for adresse, codes in rangees.items()
        if (valeur := rappel(referentiel, adresse[1], codes)) is not None
    }


def lire_preremplis(entrepot: Path, annee: int) -> dict[tuple[str, str], Prerempli]:
    """{(respondent, row key): what the extracts of the warehouse answer for `annee`}; empty without one."""
    try:
        lues = Entrepot(entrepot).executer(_PREREMPLIR, annee=annee)
    except (EntrepotAbsent, EntrepotIllisible):
        return {}
    preremplis: dict[tuple[str, str], Prerempli] = {}
    for repondant_id, *cle, code, valeur, source in (
        lues.astype(object).where(lues.notna(), None).itertuples(index=False)
    ):
        rangee = preremplis.setdefault((repondant_id, str(Cle(*cle))), Prerempli(source, {}))
        rangee.valeurs[code] = valeur
    return preremplis


def rappel(referentiel: Referentiel, cle: str, codes: dict[str, object]) -> object:
    """What is printed beside the row `cle`, from its answers by code (numbers, a state), or None."""
    for code in ("valeur", "niveau", "etat"):
        if codes.get(code) is not None:
            return codes[code]
    trimestres = [codes.get(trimestre) for trimestre in TRIMESTRES]
    if None not in trimestres:
        return sum(trimestres)
    for haut, bas in _RAPPORTS:
        if codes.get(haut) is not None and codes.get(bas):
            facteur = referentiel.indicateurs[analyser_cle(cle).objet_id].facteur
            return round(facteur * codes[haut] / codes[bas], 1)
    return None
