"""What the convention did in a quartier, and what is missing there.

It takes the answers of `ctg/requetes/quartier_*.sql` as they come: published values, nothing added up.
"""

from dataclasses import dataclass

import pandas as pd

from ctg import etats, formats, phrases, veille, vie
from ctg.graphiques.barres import barres
from ctg.graphiques.figure import Figure, Notice, assembler

# how a fiche stands in a quartier (`situation` of `quartier_fiches.sql`), as read
SITUATIONS = {
    "sans_acteur": "Aucune structure du quartier n’y répond, d’autres quartiers oui",
    "muette": "Des structures sont attendues, aucune n’a répondu",
    "partielle": "Une partie des structures a répondu",
    "complete": "Toutes les structures attendues ont répondu",
    "referent": "Suivie par le service référent, sans structure de quartier",
    "ville": "Se joue à l’échelle de la ville",
}
MANQUES = ("sans_acteur", "muette")
ESSENTIEL = 6  # measures of an axis shown beside the diagnostic; the others stand below


@dataclass(frozen=True)
class Contexte:
    """The quartier looked at: `seuil` is the share of respondents under which nothing is compared."""

    nom: str
    annee: int
    seuil: float
    fictif: bool
    part_habitants: float | None = None


def parts(lignes: pd.DataFrame, contexte: Contexte) -> Figure | None:
    """Share of the city found here, for the measures the référents chose; None under two of them.

    Only counts that add up, and only where enough answered, here and in the city.
    """
    choisies = lignes[
        lignes["phare"]
        & lignes["part"].notna()
        & (lignes["ville_repondantes"] >= contexte.seuil * lignes["ville_attendues"])
        & (lignes["nb_repondantes"] >= contexte.seuil * lignes["nb_attendues"])
    ].drop_duplicates("indicateur_id")
    if len(choisies) < 2:
        return None
    bornes = [formats.pourcentage(choisies["part"].agg(f), 0) for f in ("min", "max")]
    constat = f"De {bornes[0]} à {bornes[1]} de ce que compte la ville"
    ville = None
    if formats.est_connu(contexte.part_habitants):
        part = formats.pourcentage(contexte.part_habitants, 0)
        constat += f", pour {part} des habitants"
        ville = (float(contexte.part_habitants), f"part des habitants : {part}")
    repondantes, attendues = int(choisies["nb_repondantes"].max()), int(choisies["nb_attendues"].max())
    notice = Notice(
        cle="parts",
        constat=constat,
        mesure=f"Part de {contexte.nom} dans le total de la ville, une mesure choisie par fiche, "
        f"{contexte.annee}",
        couverture=f"au plus {formats.couverture(repondantes, attendues)} selon la mesure",
        source="rapports annuels et formulaires de fiche",
        fictif=contexte.fictif,
    )
    return barres(
        choisies.assign(
            code=choisies["indicateur_id"],
            valeur=choisies["part"],
            compte=choisies["affichage"],
            affichage=[formats.pourcentage(part, 0) for part in choisies["part"]],
        ),
        notice,
        entete="Mesure",
        ville=ville,
        colonnes={"compte": "Ici", "ville_affichage": "Ville"},
    )


def essentiel(lignes: pd.DataFrame, contexte: Contexte) -> list[Figure]:
    """One short table per axis: the measures the référents chose, then those with the most respondents."""
    figures = []
    for axe, groupe in lignes.groupby("axe", sort=False):
        connues = groupe[groupe["etat"] == "publie"].sort_values(
            ["phare", "nb_repondantes", "ordre"], ascending=[False, False, True]
        )
        figures.append(_mesures(str(axe), groupe, connues.head(ESSENTIEL), contexte, "essentiel"))
    return figures


def par_axe(lignes: pd.DataFrame, contexte: Contexte) -> list[Figure]:
    """One whole table per axis, in the order of the convention: every measure something is known of here."""
    return [
        _mesures(str(axe), groupe, groupe[groupe["etat"].isin(["publie", "secret"])], contexte, "mesures")
        for axe, groupe in lignes.groupby("axe", sort=False)
    ]


def _mesures(axe: str, lignes: pd.DataFrame, montrees: pd.DataFrame, contexte: Contexte, cle: str) -> Figure:
    connues = int(lignes["etat"].isin(["publie", "secret"]).sum())
    tableau = pd.DataFrame(
        [
            {
                "Mesure": ligne.libelle,
                "Ici": vie.lue(_ici(ligne), ligne.a_l_aval),
                "Ville": vie.lue(
                    formats.mesure_courte(ligne.ville_valeur, ligne.unite)
                    if ligne.ville_etat == "publie"
                    else formats.INCONNU,
                    ligne.ville_a_l_aval,
                ),
                "Évolution": _evolution(ligne),
            }
            for ligne in montrees.itertuples()
        ],
        columns=["Mesure", "Ici", "Ville", "Évolution"],
    )
    notice = Notice(
        cle=formats.cle_ascii(cle, str(lignes["axe_id"].iat[0])),
        constat=f"{axe} : {connues} {formats.accorder('mesures connues', connues)} sur {len(lignes)}",
        mesure=f"{contexte.nom}, {contexte.annee} ; évolution sur un an, chez les mêmes répondants",
        couverture=_sans_reponse(lignes)
        + (f" ; {formats.DONT_ESTIMATIONS}" if montrees["estime"].any() else ""),
        source="rapports annuels et formulaires de fiche",
        fictif=contexte.fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _ici(ligne) -> str:
    """The value here, with its respondents as soon as one is missing."""
    if ligne.etat != "publie":
        return ligne.affichage
    valeur = formats.mesure_lue(ligne.valeur, ligne.unite, ligne.estime)
    if ligne.nb_repondantes < ligne.nb_attendues:
        return f"{valeur} {formats.lier(f'({int(ligne.nb_repondantes)} sur {int(ligne.nb_attendues)})')}"
    return valeur


def _sans_reponse(lignes: pd.DataFrame) -> str:
    manquantes = list(lignes[lignes["etat"] == "manquant"]["libelle"])
    if not manquantes:
        return "aucune mesure sans réponse"
    return f"sans réponse ici : {quelques([veille.sujet(manquante) for manquante in manquantes])}"


def quelques(noms: list[str], montres: int = 2) -> str:
    """The first names of a list, then how many others."""
    if len(noms) <= montres + 1:
        return formats.liste(noms)
    return formats.liste([*noms[:montres], f"{len(noms) - montres} autres"])


def _evolution(ligne) -> str:
    if ligne.evolution_etat != "publie":
        return "pas encore comparable"
    ici = vie.lue(ligne.evolution, ligne.evolution_a_l_aval)
    if ligne.evolution_ville_etat != "publie":
        return ici
    ville = vie.lue(ligne.evolution_ville, ligne.evolution_ville_a_l_aval)
    return f"{ici} {formats.lier(f'(ville : {ville})')}"


def fiches(lignes: pd.DataFrame, contexte: Contexte) -> Figure:
    """The fiches as seen from here, what is missing first, as a table."""
    ordre = {code: rang for rang, code in enumerate(SITUATIONS)}
    triees = lignes.sort_values("situation", key=lambda codes: codes.map(ordre), kind="stable")
    manquent = int(lignes["situation"].isin(MANQUES).sum())
    constat = (
        f"{formats.compter(manquent, 'fiches', feminin=True)} sur {len(lignes)} sans réponse d’ici"
        if manquent
        else "Chaque fiche attendue ici a au moins une réponse"
    )
    tableau = pd.DataFrame(
        {
            "Fiche": f"{ligne.fiche_id} · {phrases.abreger(ligne.titre, 9)}",
            "Dans le quartier": SITUATIONS[ligne.situation],
            "Structures": f"{int(ligne.nb_structures_ont_repondu)} sur {int(ligne.nb_structures)}"
            if ligne.nb_structures
            else "aucune attendue",
        }
        for ligne in triees.itertuples()
    )
    notice = Notice(
        cle="fiches",
        constat=phrases.majuscule(constat),
        mesure=f"Fiches de la convention vues de {contexte.nom}, structures qui ont répondu, "
        f"{contexte.annee}",
        couverture=f"{formats.compter(len(lignes), 'fiches', feminin=True)}, les sites des structures de "
        "toute la ville compris",
        source="suivi de la collecte",
        fictif=contexte.fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def structures(lignes: pd.DataFrame, contexte: Contexte, constat: str | None = None) -> Figure:
    """The structures placed here, by type then by name: no rank."""
    arrives = int(lignes["statut"].isin(etats.ARRIVES).sum())
    tableau = pd.DataFrame(
        {
            "Structure": ligne.nom,
            "Type": ligne.type_libelle,
            "Gestionnaire": ligne.gestionnaire if formats.est_connu(ligne.gestionnaire) else "—",
            "Rapport": etats.situation(ligne.statut, ligne.jours_de_retard),
            "Rattachement": "sûr" if ligne.certitude == "elevee" else "à confirmer",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle=formats.cle_ascii("structures", contexte.nom),
        constat=constat or f"{contexte.nom} : {formats.compter(len(lignes), 'structures', feminin=True)}",
        mesure=f"Structures des annexes 2 et 2 bis, état de leur rapport {contexte.annee}",
        couverture=formats.couverture(arrives, len(lignes)),
        source="annexes 2 et 2 bis de la convention, suivi de la collecte",
        fictif=contexte.fictif,
    )
    return assembler(notice, "Tableau", None, tableau)
