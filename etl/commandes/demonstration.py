"""The fictional campaign: written on demand, or when nothing real was received yet."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from etl.commandes.issue import lire_referentiel, refuser, refuser_ecriture

_FORMULAIRES = "SELECT count(*) FROM w.interne.depot WHERE statut <> 'refuse'"


class Scenario(enum.StrEnum):
    REGIME_ETABLI = "regime-etabli"
    PREMIERE_CAMPAGNE = "premiere-campagne"


class Echelle(enum.StrEnum):
    VILLE = "ville"
    DEPARTEMENT = "departement"
    NATIONAL = "national"


def demo(
    vers: Annotated[Path | None, typer.Option(help="Dossier à remplir (par défaut data/demo).")] = None,
    scenario: Annotated[
        Scenario, typer.Option(help="Régime établi, ou première campagne.")
    ] = Scenario.REGIME_ETABLI,
    echelle: Annotated[Echelle, typer.Option(help="Taille de la campagne.")] = Echelle.VILLE,
) -> None:
    """Écrire une campagne fictive, toujours la même."""
    from ctg.referentiel import dossier_par_defaut
    from etl.commandes.compte_rendu import dire
    from etl.demo import DemoImpossible, generer, peremption
    from etl.inventaire import dossier_demo

    dossier = vers or dossier_demo()
    try:
        bilan = generer(lire_referentiel(), dossier, scenario=scenario.value, echelle=echelle.value)
        if vers is None:  # the only one that `demarrer` keeps up to date
            peremption.signer(dossier, dossier_par_defaut())
    except DemoImpossible as erreur:
        refuser(f"La campagne fictive n’a pas été écrite. {erreur}")
    except OSError as erreur:
        refuser_ecriture("La campagne fictive n’a pas été écrite.", erreur)
    dire(
        f"Campagne fictive « {bilan.scenario} » : {bilan.fichiers} classeurs dans {dossier}, "
        f"{bilan.formulaires_structure} rapports de structure, {bilan.formulaires_fiche} de fiche."
    )


def manque(dossiers: tuple[Path, ...], entrepot: Path) -> bool:
    """Say whether a warehouse up to date shows nothing: built before the first start wrote the campaign."""
    return len(dossiers) == 2 and not dossiers[1].exists() and not _formulaire_charge(entrepot)


def _formulaire_charge(entrepot: Path) -> bool:
    import duckdb

    from ctg.entrepot import attacher

    with duckdb.connect(":memory:") as connexion:
        try:
            attacher(connexion, entrepot, "w")
            return connexion.execute(_FORMULAIRES).fetchone()[0] > 0
        except duckdb.Error:
            return False  # not a warehouse of this version: it is about to be built


def ecrire_au_besoin(dossiers: tuple[Path, ...]) -> None:
    """Make the fictional campaign when it is missing or out of date, and no real form is accepted."""
    from ctg.referentiel import dossier_par_defaut
    from etl.construction.entrepot import formulaire_reel_present
    from etl.demo import peremption

    if (
        len(dossiers) == 2
        and peremption.perimee(dossiers[1], dossier_par_defaut())
        and not formulaire_reel_present(dossiers[0], lire_referentiel())
    ):
        garde = peremption.choix(dossiers[1])
        demo(
            None,
            Scenario(garde.get("scenario", Scenario.REGIME_ETABLI)),
            Echelle(garde.get("echelle", Echelle.VILLE)),
        )
