"""The matrix « indicateur × année × répondant »: what is known, what is not, and why."""

import itertools
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from ctg import etats, formats, phrases
from ctg.evaluable import EVALUABLE, NON, VERDICTS, Jugement
from ctg.graphiques.chaleur import carte_chaleur, carte_etats
from ctg.graphiques.figure import Figure, Notice, assembler

_SOURCE = "fichiers de data/raw, formulaire par formulaire"
# depth of the hue of what is known; the rest is hatched
_PROFONDEURS = {"disponible": 1.0, "masque": 0.45, "sans_objet": 0.0}
_MOTS_D_UN_TITRE = 7
# a convention of a whole département has a thousand respondents: the matrix of the workbook holds them all
_LIGNES_MONTREES = 60


def parts(jugements: list[Jugement], titre: str, fictif: bool) -> Figure:
    """Measures × campaigns: how many of those asked answered."""
    annees = sorted({annee for jugement in jugements for annee in jugement.parts})
    cases = pd.DataFrame(
        (j.indicateur_id, annee, *_case(*j.parts.get(annee, (0, 0)))) for j in jugements for annee in annees
    )
    cases.columns = ["ligne", "colonne", "valeur", "etat", "affichage"]
    assez = sum(j.verdict == EVALUABLE for j in jugements)
    notice = Notice(
        cle=formats.cle_ascii("parts", titre),
        constat=_constat(assez, len(jugements)),
        mesure=f"{titre} : réponses données sur réponses demandées, par campagne (« sans objet » exclu)",
        couverture=_causes(jugements),
        source=_SOURCE,
        fictif=fictif,
    )
    return carte_chaleur(
        cases,
        notice,
        lignes=[(j.indicateur_id, _nom(j.indicateur_id, j.libelle)) for j in jugements],
        colonnes=[(annee, str(annee)) for annee in annees],
        entete="Indicateur",
        maximum=100,
        entiers={j.indicateur_id: f"{j.indicateur_id} · {j.libelle}" for j in jugements},
    )


def _constat(assez: int, nombre: int) -> str:
    if not assez:
        return f"Aucun indicateur sur {nombre} ne peut encore être évalué"
    dit = "peut être évalué" if assez == 1 else "peuvent être évalués"
    return f"{formats.compter(assez, 'indicateurs')} sur {nombre} {dit}"


def _case(donnees: int, demandees: int) -> tuple[float | None, str, str]:
    if not demandees:
        return None, "non_demande", ""
    return 100 * donnees / demandees, "publie", f"{donnees} sur {demandees}"


def _nom(indicateur_id: str, libelle: str) -> str:
    return f"{indicateur_id} · {phrases.abreger(libelle, _MOTS_D_UN_TITRE)}"


def _causes(jugements: list[Jugement]) -> str:
    muets = [j.cause for j in jugements if j.verdict == NON]
    if not muets:
        return "aucun indicateur hors d’atteinte"
    dites = [f"{cause} ({muets.count(cause)})" for cause in dict.fromkeys(muets)]
    return f"{formats.compter(len(muets), 'indicateurs')} hors d’atteinte : {formats.liste(dites)}"


def pourquoi(jugements: list[Jugement], titre: str, fictif: bool) -> Figure | None:
    """Those that cannot be evaluated, or by their level only, and why; None when all can."""
    incomplets = [j for j in jugements if j.verdict != EVALUABLE]
    if not incomplets:
        return None
    tableau = pd.DataFrame(
        {
            "Indicateur": f"{j.indicateur_id} · {j.libelle}",
            "Ce que l’on peut en dire": VERDICTS[j.verdict],
            "Pourquoi": j.raison,
        }
        for j in incomplets
    )
    notice = Notice(
        cle=formats.cle_ascii("pourquoi", titre),
        constat=f"Ce qui manque à {formats.compter(len(incomplets), 'indicateurs')}",
        mesure=f"{titre} : ce que l’évaluation ne pourra pas dire, et pourquoi",
        couverture=f"{len(incomplets)} sur {len(jugements)}",
        source=_SOURCE,
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def par_repondant(lignes: pd.DataFrame, titre: str, fictif: bool) -> Figure:
    """One measure: respondents × campaigns, in states (`couverture_repondants.sql`)."""
    return _etats(lignes, "repondant_id", dict(_paires(lignes, "repondant_id", "repondant")), titre, fictif)


def par_indicateur(lignes: pd.DataFrame, titre: str, fictif: bool) -> Figure:
    """One respondent: measures × campaigns, in states (`couverture_repondants.sql`)."""
    libelles = dict(_paires(lignes, "indicateur_id", "libelle"))
    noms = {code: _nom(code, libelle) for code, libelle in libelles.items()}
    entiers = {code: f"{code} · {libelle}" for code, libelle in libelles.items()}
    return _etats(lignes, "indicateur_id", noms, titre, fictif, entiers)


def _paires(lignes: pd.DataFrame, code: str, libelle: str):
    return zip(lignes[code], lignes[libelle], strict=True)


def _etats(
    lignes: pd.DataFrame,
    cle: str,
    noms: dict[str, str],
    titre: str,
    fictif: bool,
    entiers: Mapping[str, str] = MappingProxyType({}),
) -> Figure:
    annees = sorted(lignes["annee"].unique())
    # a structure closed that year was asked nothing
    places = dict.fromkeys(itertools.product(noms, annees), "non_demande")
    places |= {
        (code, annee): etat
        for code, annee, etat in zip(lignes[cle], lignes["annee"], lignes["etat"], strict=True)
    }
    montres = _les_moins_connus(noms, annees, places)
    demandes = [etat for etat in places.values() if etat != "non_demande"]
    connus = sum(etat in _PROFONDEURS for etat in demandes)
    dits = formats.compter(connus, "réponses connues", feminin=True)
    notice = Notice(
        cle=formats.cle_ascii("etats", cle, titre),
        constat=f"{dits.capitalize()} sur {len(demandes)}",
        mesure=f"{titre}, état de chaque réponse demandée, par campagne",
        couverture=_comptes(demandes) + _montres(len(montres), len(noms)),
        source=_SOURCE,
        fictif=fictif,
    )
    return carte_etats(
        pd.DataFrame(
            [(*place, etat) for place, etat in places.items()], columns=["ligne", "colonne", "etat"]
        ),
        notice,
        lignes=list(montres.items()),
        colonnes=[(annee, str(annee)) for annee in annees],
        entete="Indicateur" if cle == "indicateur_id" else "Répondant",
        etats=etats.CONNAISSANCES,
        parts=_PROFONDEURS,
        entiers=entiers,
    )


def _les_moins_connus(noms: dict[str, str], annees: list[int], places: dict) -> dict[str, str]:
    """The rows drawn: all of them, else those where the most is unknown, in the same order."""

    def inconnues(code: str) -> int:
        return sum(places[code, annee] not in (*_PROFONDEURS, "non_demande") for annee in annees)

    gardes = set(sorted(noms, key=inconnues, reverse=True)[:_LIGNES_MONTREES])
    return {code: nom for code, nom in noms.items() if code in gardes}


def _montres(nombre: int, total: int) -> str:
    return "" if nombre == total else f" ; {nombre} lignes montrées sur {total}, les moins connues"


def _comptes(vus: list[str]) -> str:
    dits = [
        f"{etats.CONNAISSANCES[code].mot} : {vus.count(code)}"
        for code in etats.CONNAISSANCES
        if vus.count(code)
    ]
    return " ; ".join(dits) or "rien n’a été demandé"
