"""What is read place by place, never summed: medians and shares by IRIS, indices by school."""

import pandas as pd

from ctg import formats, portrait
from ctg.graphiques.barres import barres
from ctg.graphiques.chaleur import carte_chaleur
from ctg.graphiques.figure import Figure, Notice, assembler

NIVEAU_DE_VIE = "filosofi_niveau_vie_median"
PARTS_AGES = tuple(
    f"population_part_{tranche}" for tranche in ("0_14", "15_24", "25_54", "55_64", "65_79", "80_plus")
)


def niveaux_de_vie(lignes: pd.DataFrame) -> Figure:
    """Median standard of living of each IRIS (`quartier_iris.sql`), the city as a line."""
    premiere = lignes.iloc[0]
    publies = lignes[lignes["etat"] == "publie"].sort_values("valeur")
    constat = "Niveau de vie : aucun IRIS publié"
    if len(publies) > 1:
        bas, haut = publies.iloc[0], publies.iloc[-1]
        constat = f"De {bas['affichage']} ({bas['libelle']}) à {haut['affichage']} ({haut['libelle']})"
    elif len(publies) == 1:
        constat = f"{publies.iloc[0]['libelle']} : {publies.iloc[0]['affichage']}, seul IRIS publié"
    ville = None
    if formats.est_connu(premiere["ville_valeur"]):
        ville = (float(premiere["ville_valeur"]), f"ville : {premiere['ville_affichage']}")
    notice = Notice(
        cle="niveau-de-vie",
        constat=constat,
        mesure=f"{premiere['variable']} de chaque IRIS, {int(premiere['annee'])} : une médiane ne "
        "se calcule pas "
        "pour le quartier",
        couverture=portrait.couverture(len(publies), len(lignes)),
        source=f"{premiere['source_libelle']}, {int(premiere['annee'])}",
        ouverte=True,
    )
    return barres(lignes, notice, entete="IRIS", ville=ville)


def ages_par_iris(lignes: pd.DataFrame) -> Figure:
    """Share of each age among the inhabitants, IRIS by IRIS, as a heat table."""
    iris = lignes.drop_duplicates("code")
    tranches = lignes.drop_duplicates("variable_id")
    annee = int(lignes["annee"].max())
    jeunes = lignes[(lignes["variable_id"] == PARTS_AGES[0]) & (lignes["etat"] == "publie")].sort_values(
        "valeur"
    )
    constat = "Des âges différents d’un IRIS à l’autre"
    if len(jeunes):
        constat = (
            f"Moins de 15 ans : de {jeunes.iloc[0]['affichage']} à "
            f"{jeunes.iloc[-1]['affichage']} selon l’IRIS"
        )
    notice = Notice(
        cle="ages-iris",
        constat=constat,
        mesure=f"Part de chaque âge parmi les habitants de l’IRIS, {annee} : une part ne se "
        "calcule pas pour le quartier",
        couverture=portrait.couverture(lignes[lignes["etat"] == "publie"]["code"].nunique(), len(iris)),
        source=f"{lignes.iloc[0]['source_libelle']}, {annee}",
        ouverte=True,
    )
    return carte_chaleur(
        lignes.assign(ligne=lignes["code"], colonne=lignes["variable_id"]),
        notice,
        lignes=list(zip(iris["code"], iris["libelle"], strict=True)),
        colonnes=[
            (variable, libelle.removeprefix("Part des habitants de ").replace(" ans", ""))
            for variable, libelle in zip(tranches["variable_id"], tranches["variable"], strict=True)
        ],
        entete="IRIS",
    )


def ecoles(lignes: pd.DataFrame) -> Figure:
    """Schools and collèges, alphabetical, unweighted: their file gives neither pupils nor quartier."""
    annee = int(lignes["annee"].max())
    tableau = pd.DataFrame(
        {"Établissement": ligne.libelle, "Indice": ligne.affichage, "Ce qui est mesuré": ligne.variable}
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="ecoles",
        constat=f"{len(lignes)} établissements, un indice chacun",
        mesure="Indice de position sociale des écoles et collèges de la ville, rentrée "
        f"{annee - 1}, sans pondération : "
        "le fichier ne donne ni effectif ni quartier",
        couverture=f"{formats.compter(len(lignes), 'établissements')}, ordre alphabétique",
        source=f"{lignes.iloc[0]['source_libelle']}, {annee}",
        ouverte=True,
    )
    return assembler(notice, "Tableau", None, tableau)
