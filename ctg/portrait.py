"""The diagnostic of a quartier: what is counted there, beside the city. Published values, never added up."""

import math

import pandas as pd

from ctg import formats, veille
from ctg.graphiques.barres import barres
from ctg.graphiques.figure import Figure, Notice, assembler

HABITANTS = "population"
SOMMES = (
    HABITANTS,
    "caf_allocataires",
    "caf_personnes_couvertes",
    "caf_monoparents",
    "caf_couples_3_enfants",
    "caf_rsa_socle",
    "caf_aah",
    "caf_aide_logement",
    "caf_jeunes_non_etudiants",
)
AGES = tuple(f"caf_enfants_{tranche}" for tranche in ("0_2", "3_5", "6_10", "11_14", "15_17", "18_24"))
QPV = (
    "qpv_population",
    "qpv_part_0_24",
    "qpv_part_menages_1_personne",
    "qpv_caf_allocataires",
    "qpv_caf_monoparents",
    "qpv_niveau_vie_median",
    "qpv_taux_pauvrete",
    "qpv_demandeurs_abc",
    "qpv_demandeurs_moins_26",
)


def couverture(nb_couverts: float, nb_assignes: float, part_population: float | None = None) -> str:
    """Say how much of a quartier a sum holds: « 4 IRIS publiés sur 5, 79 % de la population »."""
    dit = f"{int(nb_couverts)} {formats.accorder('IRIS publiés', nb_couverts)} sur {int(nb_assignes)}"
    if nb_couverts < nb_assignes and formats.est_connu(part_population):
        dit += f", {formats.pourcentage(100 * part_population, 0)} de la population"
    return dit


def certitude(nb_iris: int, nb_a_confirmer: int) -> str:
    """Say how sure the outline of a quartier is: its crosswalk is a proposal until the city validates it."""
    if not nb_a_confirmer:
        return f"{nb_iris} IRIS, rattachement sûr"
    return f"{nb_iris} IRIS, dont {nb_a_confirmer} au rattachement à confirmer"


def part_habitants(sommes: pd.DataFrame) -> float | None:
    """Share of the inhabitants of the city who live here, in percent; None unless all its IRIS are known."""
    for ligne in sommes.itertuples():
        if (
            ligne.variable_id == HABITANTS
            and ligne.nb_couverts == ligne.nb_assignes
            and ligne.ville_etat == "publie"
        ):
            return 100 * ligne.valeur / ligne.ville_valeur
    return None


def _ici(ligne) -> str:
    if ligne.etat != "publie":
        return ligne.affichage
    valeur = formats.mesure_courte(ligne.valeur, ligne.unite)
    if ligne.nb_couverts < ligne.nb_assignes:
        return f"{valeur} {formats.lier(f'({int(ligne.nb_couverts)} IRIS sur {int(ligne.nb_assignes)})')}"
    return valeur


def mouvement(ligne) -> str:
    """The change on the same IRIS, beside the city's: « + 4 % (ville : + 3 %) »."""
    if not formats.est_connu(ligne.evolution):
        return "pas d’année comparable"
    dit = ligne.evolution
    if formats.est_connu(ligne.evolution_ville):
        dit += f" {formats.lier(f'(ville : {ligne.evolution_ville})')}"
    if ligne.nb_communs < ligne.nb_couverts:
        dit += f", sur {int(ligne.nb_communs)} IRIS"
    return dit


def _compte(ligne) -> str:
    """What is counted and when; two years when they are compared."""
    annees = f"{int(ligne.annee)}"
    if formats.est_connu(ligne.evolution):
        annees = f"{int(ligne.annee_base)} et {annees}"
    return f"{ligne.libelle}, {annees}"


def _sources(lignes: pd.DataFrame) -> str:
    dites = dict.fromkeys(
        f"{source}, {int(annee)}"
        for source, annee in zip(lignes["source_libelle"], lignes["annee"], strict=True)
    )
    return " ; ".join(dites)


def _couvertures(lignes: pd.DataFrame) -> str:
    dites = dict.fromkeys(
        couverture(ligne.nb_couverts, ligne.nb_assignes, ligne.couverture_population)
        for ligne in lignes.itertuples()
        if formats.est_connu(ligne.nb_assignes)
    )
    return " ; ".join(dites)


def habitants(lignes: pd.DataFrame, nom: str) -> Figure:
    """What is counted in the quartier (`quartier_portrait.sql`), beside the city, as a table."""
    premiere = next(lignes.itertuples())
    constat = f"{nom} en chiffres"
    if premiere.variable_id == HABITANTS and premiere.etat == "publie":
        constat = f"{formats.nombre(premiere.valeur)} habitants en {int(premiere.annee)}"
        if formats.est_connu(premiere.evolution):
            constat += f", {premiere.evolution} depuis {int(premiere.annee_base)}"
    tableau = pd.DataFrame(
        {
            "Ce qui est compté": _compte(ligne),
            "Ici": _ici(ligne),
            "Ville": formats.mesure_courte(ligne.ville_valeur, ligne.unite),
            "Évolution": mouvement(ligne),
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="habitants",
        constat=constat,
        mesure="Sommes des IRIS du quartier, dernière année connue ; évolution sur les mêmes "
        "IRIS les deux années",
        couverture=_couvertures(lignes),
        source=_sources(lignes),
        ouverte=True,
    )
    return assembler(notice, "Tableau", None, tableau)


def enfants(lignes: pd.DataFrame) -> Figure:
    """Children covered by the Caf, by age, as bars in the order of the ages."""
    tranches = [libelle.rsplit(", de ", 1)[-1] for libelle in lignes["libelle"]]
    notice = Notice(
        cle="enfants",
        constat=_constat_enfants(lignes, tranches),
        mesure=f"Enfants couverts par la Caf, par âge, en {int(lignes['annee'].max())}, somme des "
        "IRIS publiés",
        couverture=_couvertures(lignes),
        source=_sources(lignes),
        ouverte=True,
    )
    return barres(
        lignes.assign(
            code=lignes["variable_id"],
            libelle=tranches,
            affichage=[formats.nombre(ligne.valeur) for ligne in lignes.itertuples()],
            ville=[formats.nombre(v) for v in lignes["ville_valeur"]],
            evolution_dite=[mouvement(ligne) for ligne in lignes.itertuples()],
        ),
        notice,
        entete="Âge",
        tri="donne",
        colonnes={"ville": "Ville", "evolution_dite": "Évolution"},
    )


def _constat_enfants(lignes: pd.DataFrame, tranches: list[str]) -> str:
    """The age that moves most, when it moves more than chance would (same rule as the social watch)."""
    mouvements = [
        (
            abs(ligne.valeur_comparee - ligne.valeur_base)
            / math.sqrt(ligne.valeur_comparee + ligne.valeur_base),
            tranche,
            ligne,
        )
        for ligne, tranche in zip(lignes.itertuples(), tranches, strict=True)
        if formats.est_connu(ligne.evolution) and ligne.valeur_base > 0
    ]
    if not mouvements:
        return "Enfants par âge : une seule année connue"
    force, tranche, ligne = max(mouvements, key=lambda m: m[0])
    if veille.degre(force) is None:
        return f"Enfants par âge : pas de mouvement net depuis {int(ligne.annee_base)}"
    return f"{tranche} : {mouvement(ligne)} depuis {int(ligne.annee_base)}"


def qpv(lignes: pd.DataFrame) -> Figure:
    """The QPV that bears the name of the quartier (`quartier_qpv.sql`), on its own perimeter."""
    premiere = lignes.iloc[0]
    tableau = pd.DataFrame(
        {
            "Ce qui est compté": _compte(ligne),
            "QPV": formats.mesure_courte(ligne.valeur, ligne.unite)
            if ligne.etat == "publie"
            else ligne.affichage,
            "Évolution": ligne.evolution if formats.est_connu(ligne.evolution) else "pas d’année comparable",
        }
        for ligne in lignes.itertuples()
    )
    habitants_qpv = lignes[lignes["variable_id"] == QPV[0]]
    constat = f"QPV {premiere['nom']}"
    if len(habitants_qpv) and habitants_qpv.iloc[0]["etat"] == "publie":
        constat += f" : {formats.nombre(habitants_qpv.iloc[0]['valeur'])} habitants"
    notice = Notice(
        cle="qpv",
        constat=constat,
        mesure="Quartier prioritaire : un périmètre plus petit que le quartier, ses chiffres ne "
        "s’y comparent pas",
        couverture=f"1 QPV ({premiere['territoire_id']})",
        source=_sources(lignes),
        ouverte=True,
    )
    return assembler(notice, "Tableau", None, tableau)


def panorama(lignes: pd.DataFrame, annee: int) -> Figure:
    """All the quartiers (`quartier_panorama.sql`) in the order of the seminars: inhabitants as bars."""
    datee = lignes["annee"].dropna()
    notice = Notice(
        cle="panorama",
        constat=f"{formats.compter(len(lignes), 'quartiers')}, "
        f"{int(lignes['nb_structures'].sum())} structures placées",
        mesure=f"Habitants par quartier{f', {int(datee.max())}' if len(datee) else ''}, somme des "
        "IRIS publiés ; "
        f"rapports reçus, campagne {annee}",
        couverture=formats.couverture(lignes["nb_recues"].sum(), lignes["nb_structures"].sum()),
        source="Insee (recensement), rattachement des IRIS proposé ; suivi de la collecte",
    )
    return barres(
        lignes.assign(
            affichage=[formats.nombre(valeur) for valeur in lignes["valeur"]],
            rapports=[
                f"{int(ligne.nb_recues)} sur {int(ligne.nb_structures)}" for ligne in lignes.itertuples()
            ],
            prioritaire=["oui" if qpv else "non" for qpv in lignes["qpv"]],
        ),
        notice,
        entete="Quartier",
        tri="donne",
        colonnes={"rapports": "Rapports reçus", "prioritaire": "Quartier prioritaire"},
    )
