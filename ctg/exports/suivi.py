"""The workbook of the mid-term evaluation: what cannot be evaluated and why, the whole matrix, the method."""

from __future__ import annotations

import pandas as pd

from ctg import etats, evaluable, formats, vie
from ctg.entrepot import Entrepot
from ctg.evaluable import EVALUABLE, NIVEAU, NON, VERDICTS, Jugement
from ctg.exports.cellules import Contenu
from ctg.exports.classeur import Colonne, Document, Feuille, Tableau

AUTEUR = "Tableau de bord de la CTG"
TITRE = "Ce que l’évaluation peut dire, et ce qu’elle ne peut pas"
_FICTIF = "Données fictives"
_ORIGINES = {"convention": "imprimé", "propose": "proposé"}
_RANGS = {NON: 0, NIVEAU: 1, EVALUABLE: 2}
_SENS = {
    "disponible": "la réponse est là, et peut être montrée",
    "masque": "la réponse est là ; le nombre est trop petit pour être montré, et n’est écrit nulle part ici",
    "sans_objet": "le répondant dit que la question ne se pose pas chez lui ; il sort des réponses demandées",
    "manquant": "le formulaire est arrivé, la case est vide",
    "refuse": "ce qui était écrit n’a pas pu être lu, ou le formulaire entier a été refusé",
    "en_retard": "le formulaire n’est pas arrivé, son échéance est passée",
    "attendu": "le formulaire n’est pas arrivé, son échéance est à venir",
    "non_demande": "la question n’a pas été posée à ce répondant cette année-là",
}
_REGLES = {
    "Une campagne suffit": "quand au moins {seuil} des répondants interrogés ont répondu, et que le nombre "
    "de la ville n’est pas protégé par le secret statistique",
    VERDICTS[
        EVALUABLE
    ]: "deux campagnes suffisent : un niveau et une évolution ; pour un jalon, un texte ou une "
    "mesure d’évolution, une seule",
    VERDICTS[NIVEAU]: "une seule campagne suffit : on sait où l’on en est, pas d’où l’on vient",
    VERDICTS[
        NON
    ]: "aucune campagne ne suffit ; la cause principale est celle qui manque au plus de répondants",
    "Mesure calculée": "elle se sait pour un répondant quand ses deux termes se savent",
    "Imprimé, proposé": "imprimé dans la convention, ou proposé et à valider par les partenaires",
    "Deux fiches": "une mesure qui sert deux fiches figure sous chacune ; elle n’est demandée qu’une fois",
}


def nom_de_fichier(entrepot: Entrepot) -> str:
    """Bears the version of the data, and says when they are fictional."""
    etat = _contexte(entrepot)
    fictif = _FICTIF if etat.fictif else ""
    return formats.nom_de_fichier("evaluation-couverture", etat.empreinte[:8], fictif, extension="xlsx")


def produire(entrepot: Entrepot) -> bytes:
    """The .xlsx file, the same for the same warehouse: states and counts of answers, never a value."""
    etat = _contexte(entrepot)
    seuil = float(_parametre(entrepot, "couverture.seuil_etat"))
    lignes = entrepot.requete("couverture_indicateurs", axe="tous", fiche="tous")
    jugements = evaluable.juger(lignes, seuil)
    fiches = list(entrepot.requete("avals").itertuples())
    derniere = int(lignes["annee"].max()) if len(lignes) else None
    fictif = [_FICTIF] if etat.fictif else []
    contexte = " · ".join(
        (
            *fictif,
            vie.diffusion(fiches, derniere),
            "source : formulaires reçus des structures et des référents",
            f"entrepôt construit le {formats.date_longue(etat.construit_le)}",
        )
    )
    return Document(
        titre=TITRE,
        auteur=AUTEUR,
        sujet=etat.titre,
        date=etat.construit_le.to_pydatetime().replace(tzinfo=None, microsecond=0),
        pied=" · ".join((*fictif, vie.statut(fiches, derniere))),
        feuilles=(
            _non_evaluable(jugements, contexte),
            _matrice(
                entrepot.requete("couverture_repondants", indicateur="tous", repondant="tous"), contexte
            ),
            _methode(seuil, contexte),
        ),
    ).octets()


def _contexte(entrepot: Entrepot):
    return next(entrepot.requete("export_contexte", annee=None, axe=None, quartier=None).itertuples())


def _parametre(entrepot: Entrepot, cle: str) -> str:
    reglages = entrepot.requete("parametres")
    return reglages.loc[reglages["cle"] == cle, "valeur"].iat[0]


def _non_evaluable(jugements: list[Jugement], contexte: str) -> Feuille:
    """Every measure, those that say nothing first."""
    annees = sorted({annee for jugement in jugements for annee in jugement.parts})
    comptes = {verdict: sum(j.verdict == verdict for j in jugements) for verdict in VERDICTS}
    colonnes = (
        Colonne("Axe", 15),
        Colonne("Fiche", 8),
        Colonne("Indicateur", 14),
        Colonne("Libellé", 36),
        Colonne("Origine", 11),
        Colonne("Qui répond", 23),
        *(Colonne(f"Réponses {annee}", 10) for annee in annees),
        Colonne("Campagnes qui suffisent", 12),
        Colonne("Ce que l’on peut en dire", 17),
        Colonne("Cause principale", 17),
        Colonne("Pourquoi", 44),
    )
    return Feuille(
        "Non évaluable",
        "Ce qui ne peut pas être évalué, et pourquoi",
        f"Ne peuvent pas être évalués : {comptes[NON]} sur {len(jugements)} ; niveau seul : "
        f"{comptes[NIVEAU]} ; niveau et évolution : {comptes[EVALUABLE]}. Un indicateur par ligne et par "
        "fiche, ceux qui ne disent rien d’abord.",
        contexte,
        Tableau(
            "Evaluable",
            colonnes,
            [_ligne(j, annees) for j in sorted(jugements, key=lambda j: _RANGS[j.verdict])],
            vide="Aucune campagne n’est déclarée dans la convention.",
        ),
    )


def _ligne(j: Jugement, annees: list[int]) -> list[Contenu]:
    return [
        j.axe,
        j.fiche_id,
        j.indicateur_id,
        j.libelle,
        _ORIGINES[j.origine],
        j.repondant or "—",
        *(_part(*j.parts.get(annee, (0, 0))) for annee in annees),
        ", ".join(str(annee) for annee in j.annees) or "aucune",
        VERDICTS[j.verdict],
        j.cause,
        j.raison,
    ]


def _part(donnees: int, demandees: int) -> str:
    return f"{donnees} sur {demandees}" if demandees else "non demandé"


def _matrice(lignes: pd.DataFrame, contexte: str) -> Feuille:
    """One measure and one respondent per row, one campaign per column."""
    annees = sorted(lignes["annee"].unique())
    rangees: dict[tuple, dict] = {}
    for ligne in lignes.itertuples():
        cle = (ligne.indicateur_id, ligne.libelle, ligne.formulaire, ligne.repondant_id, ligne.repondant)
        rangees.setdefault(cle, {})[ligne.annee] = ligne
    corps = [
        [
            indicateur_id,
            libelle,
            repondant,
            "structure" if formulaire == "structure" else "référent",
            *(_etat(vues.get(annee)) for annee in annees),
            _precisions(vues),
        ]
        for (indicateur_id, libelle, formulaire, _, repondant), vues in rangees.items()
    ]
    return Feuille(
        "Matrice",
        "Indicateur × répondant × campagne",
        f"{formats.compter(len(corps), 'lignes', feminin=True)} : une par indicateur et par répondant "
        "interrogé au moins une fois ; une colonne par campagne. Des états, jamais une valeur.",
        contexte,
        Tableau(
            "Matrice",
            (
                Colonne("Indicateur", 14),
                Colonne("Libellé", 44),
                Colonne("Répondant", 34),
                Colonne("Qui", 11),
                *(Colonne(f"État {annee}", 17) for annee in annees),
                Colonne("Précisions", 60),
            ),
            corps,
            vide="Aucune campagne n’est déclarée dans la convention.",
        ),
    )


def _etat(ligne) -> str:
    # a structure closed that year was asked nothing
    etat = etats.CONNAISSANCES[ligne.etat if ligne else "non_demande"]
    return f"{etat.symbole} {etat.mot}"


def _precisions(vues: dict) -> str:
    dites = [
        f"{annee} : {vue.raison}" for annee, vue in sorted(vues.items()) if formats.est_connu(vue.raison)
    ]
    return " ".join(dites) or "—"


def _methode(seuil: float, contexte: str) -> Feuille:
    part = formats.pourcentage(100 * seuil)
    lignes: list[list[Contenu]] = [["Règle", nom, texte.format(seuil=part)] for nom, texte in _REGLES.items()]
    lignes += [
        ["État", f"{etat.symbole} {etat.mot}", _SENS[code]] for code, etat in etats.CONNAISSANCES.items()
    ]
    return Feuille(
        "Méthode",
        "Comment ces feuilles ont été faites",
        "Les règles appliquées, et le sens de chaque état. Un tableau, une règle ou un état par ligne.",
        contexte,
        Tableau(
            "Methode", (Colonne("Rubrique", 14), Colonne("Élément", 30), Colonne("Explication", 100)), lignes
        ),
    )
