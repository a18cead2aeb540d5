"""What the page of a structure shows, read and drawn once for each version of the warehouse."""

from dataclasses import dataclass

from ctg import rapport_structure as rapport
from ctg.graphiques.figure import Figure
from pages.commun import donnees


@dataclass(frozen=True)
class Lecture:
    """A structure read up to one campaign: identity, figures, words as (heading, text)."""

    nom: str
    type_libelle: str
    quartier_id: str
    identite: tuple[tuple[str, str], ...]
    mesures: Figure | None
    noms_des_mesures: dict[str, str]
    premiere_mesure: str | None
    moyens: tuple[Figure, ...]
    premiers_mots: tuple[tuple[str, str], ...]
    autres_mots: tuple[tuple[str, str], ...]
    annees_des_mots: tuple[int, ...]
    rapports: Figure | None


@donnees.retenue
def lire(code: str, annee: int) -> Lecture:
    """Read a structure as its reports stand, up to the campaign asked for."""
    fiche = donnees.lire("structure_identite", structure=code).iloc[0]
    rapports = donnees.lire("structure_rapports", structure=code)
    mesures = _mesures(code, annee)
    noms = dict(zip(mesures["indicateur_id"], mesures["libelle"], strict=True))
    identite = rapport.identite(fiche)
    attendu = rapports[rapports["annee"] == annee]
    if len(attendu):
        identite.append((f"Rapport {annee}", rapport.etat(attendu.iloc[0])))
    mots = donnees.lire("structure_mots", structure=code)
    dits = mots[mots["annee"] == annee]
    en_tete = dits["rubrique"].isin(rapport.MOTS_PREMIERS)
    return Lecture(
        nom=fiche["nom"],
        type_libelle=fiche["type_libelle"],
        quartier_id=fiche["quartier_id"],
        identite=tuple(identite),
        mesures=rapport.mesures(mesures, fiche["type_libelle"], donnees.fictif()) if noms else None,
        noms_des_mesures=noms,
        premiere_mesure=rapport.premiere_lisible(mesures) if noms else None,
        moyens=_moyens(code, annee),
        premiers_mots=_paires(dits[en_tete]),
        autres_mots=_paires(dits[~en_tete]),
        annees_des_mots=tuple(int(a) for a in dict.fromkeys(mots["annee"])),
        rapports=rapport.rapports(rapports) if len(rapports) else None,
    )


@donnees.retenue
def une_mesure(code: str, annee: int, indicateur: str) -> Figure:
    """One measure of the structure over the campaigns, up to the one asked for."""
    lignes = _mesures(code, annee)
    return rapport.une_mesure(lignes[lignes["indicateur_id"] == indicateur], donnees.fictif())


def _mesures(code: str, annee: int):
    lignes = donnees.lire("structure_mesures", structure=code, minimum=rapport.MINIMUM_MEDIANE)
    return lignes[lignes["annee"] <= annee]


def _moyens(code: str, annee: int) -> tuple[Figure, ...]:
    """Its accounts of the campaign, then its life up to it."""
    comptes = donnees.lire("structure_chiffres", structure=code, annee=annee)
    vie = donnees.lire("structure_vie", structure=code, annee=annee)
    figures = [rapport.chiffres_clefs(comptes, annee, donnees.fictif())] if len(comptes) else []
    return (*figures, *([rapport.vie(vie, donnees.fictif())] if len(vie) else []))


def _paires(mots) -> tuple[tuple[str, str], ...]:
    return tuple(zip(mots["rubrique_libelle"], mots["texte"], strict=True))
