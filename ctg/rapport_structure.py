"""What a structure did and says: its answers against its own past and the median of its type. No rank."""

import pandas as pd

from ctg import etats, formats
from ctg.graphiques import evolution as courbe
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.vie import depuis_l_aval, lue

# under it, a median would tell what a neighbour answered
MINIMUM_MEDIANE = 5
# what the page shows open, in this order; every other heading stands folded
MOTS_PREMIERS = ("points_forts", "points_faibles", "enjeux")


def identite(fiche: pd.Series) -> list[tuple[str, str]]:
    """Label and text of each thing known of a structure, in the order read."""
    lieu = " ".join(fiche[c] for c in ("adresse", "code_postal", "ville") if formats.est_connu(fiche[c]))
    dits = [
        ("Type", fiche["type_libelle"]),
        ("Gestionnaire", fiche["gestionnaire"]),
        ("Rapport envoyé par", fiche["expediteur"]),
        ("Quartier", rattachement(fiche)),
        ("Adresse", lieu or None),
        ("Ouverte le", _jour(fiche["ouverte_le"])),
        ("Fermée le", _jour(fiche["fermee_le"])),
    ]
    return [(nom, texte) for nom, texte in dits if formats.est_connu(texte) and texte]


def rattachement(fiche: pd.Series) -> str:
    """The quartier of a structure and how sure it is, in words."""
    if fiche["quartier_id"] == "ville":
        return "toute la ville : ses réponses se lisent par quartier quand elle les donne, jamais étalées"
    if fiche["quartier_id"] == "hors-dijon":
        return "hors de Dijon : elle compte pour la ville, dans aucun quartier"
    if fiche["certitude"] == "elevee":
        return str(fiche["quartier"])
    note = f" ({fiche['certitude_note']})" if formats.est_connu(fiche["certitude_note"]) else ""
    return f"{fiche['quartier']}, rattachement à confirmer{note}"


def _jour(date: object) -> str | None:
    return formats.date_longue(date) if formats.est_connu(date) else None


def etat(ligne) -> str:
    """Where one report stands: « reçu le 12 juillet 2026, 14 points à confirmer »."""
    dit = etats.situation(ligne["statut"], ligne["jours_de_retard"])
    if formats.est_connu(ligne["recu_le"]):
        arrivee, *suite = dit.split(", ")  # « reçu, à corriger »: the day is that of the arrival
        dit = ", ".join([f"{arrivee} le {formats.date_longue(ligne['recu_le'])}", *suite])
    elif ligne["statut"] == "attendu":
        pour = f"pour le {formats.date_longue(ligne['echeance'])}"
        dit = f"{dit} {pour}" if dit == etats.STATUTS["attendu"] else f"{dit} (attendu {pour})"
    reste = _anomalies(ligne)
    return f"{dit}, {reste}" if reste else dit


def rapports(lignes: pd.DataFrame) -> Figure:
    """The state of each report, last campaign first."""
    dernier = lignes.iloc[0]
    arrives = int(lignes["statut"].isin(etats.ARRIVES).sum())
    tableau = pd.DataFrame(
        {
            "Campagne": str(int(ligne.annee)),
            "État": etats.situation(ligne.statut, ligne.jours_de_retard),
            "Échéance": formats.date_courte(ligne.echeance),
            "Reçu le": formats.date_courte(ligne.recu_le),
            "À corriger": _anomalies(ligne._asdict()) or "rien",
            "Fichier": ligne.fichier if formats.est_connu(ligne.fichier) else "—",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="rapports",
        constat=f"Rapport {int(dernier['annee'])} : "
        f"{etats.situation(dernier['statut'], dernier['jours_de_retard'])}",
        mesure="Un rapport annuel par campagne",
        couverture=f"{formats.compter(arrives, 'rapports reçus')} sur {len(lignes)}",
        source="suivi de la collecte",
    )
    return assembler(notice, "Tableau", None, tableau)


def _anomalies(ligne) -> str:
    dites = [
        formats.compter(nombre, mots)
        for nombre, mots in (
            (ligne["nb_bloquantes"], "points bloquants"),
            (ligne["nb_a_confirmer"], "points à confirmer"),
        )
        if nombre
    ]
    return " ; ".join(dites)


def mesures(lignes: pd.DataFrame, type_libelle: str, fictif: bool) -> Figure:
    """All its measures (`structure_mesures.sql`), one column per campaign, then the median of its type."""
    annees = sorted({int(annee) for annee in lignes["annee"]})
    derniere = annees[-1]
    rangs = []
    for libelle, groupe in lignes.groupby("libelle", sort=False):
        par_annee = {int(ligne.annee): ligne for ligne in groupe.itertuples()}
        rang = {"Mesure": libelle}
        rang |= {str(a): _valeur(par_annee[a]) if a in par_annee else formats.INCONNU for a in annees}
        rang["Évolution"] = _evolution(par_annee.get(derniere))
        rang["Médiane du type"] = _mediane(par_annee.get(derniere))
        rangs.append(rang)
    connues = int((lignes[lignes["annee"] == derniere]["etat"] == "publie").sum())
    demandees = int((lignes["annee"] == derniere).sum())
    notice = Notice(
        cle="mesures",
        constat=f"{formats.compter(connues, 'réponses', feminin=True)} sur {demandees} en {derniere}",
        mesure=f"Toutes ses mesures, {_bornes(annees)} ; médiane {derniere} du type « "
        f"{type_libelle} », "
        f"à partir de {MINIMUM_MEDIANE} réponses montrées",
        couverture=f"{formats.compter(connues, 'réponses', feminin=True)} sur {demandees} "
        f"attendues en {derniere}" + (f" ; {formats.DONT_ESTIMATIONS}" if lignes["estime"].any() else ""),
        source=_source(lignes),
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, pd.DataFrame(rangs))


def _source(lignes: pd.DataFrame) -> str:
    """The reports of the structure, the extracts it has not confirmed, or both."""
    extraites, repondues = int(lignes["nb_extraites"].sum()), int((lignes["nb_repondantes"] > 0).sum())
    rapports = "rapports annuels de la structure"
    if not extraites:
        return rapports
    tirees = formats.compter(extraites, "réponses tirées", feminin=True)
    extrait = f"{tirees} d’un extrait, que la structure n’a pas {formats.accorder('confirmées', extraites)}"
    return f"{rapports} et {extrait}" if repondues > extraites else extrait


def _bornes(annees: list[int]) -> str:
    return str(annees[0]) if len(annees) == 1 else f"{annees[0]} à {annees[-1]}"


def _valeur(ligne) -> str:
    valeur = ligne.affichage
    if ligne.etat == "publie":
        valeur = formats.mesure_lue(ligne.valeur, ligne.unite, ligne.estime)
        valeur += " (extrait)" if ligne.nb_extraites else ""
    return lue(valeur, ligne.a_l_aval)


def _evolution(ligne) -> str:
    if ligne is None or ligne.evolution_etat != "publie":
        return "pas encore comparable"
    return f"{lue(ligne.evolution, ligne.evolution_a_l_aval)} depuis {int(ligne.annee_base)}"


def _mediane(ligne) -> str:
    if ligne is None or not formats.est_connu(ligne.mediane):
        return "non montrée"
    masquees = f", dont {formats.compter(int(ligne.nb_secretes), 'masquées')}" if ligne.nb_secretes else ""
    nombre = int(ligne.nb_publiees + ligne.nb_secretes)
    return f"{formats.mesure_courte(ligne.mediane, ligne.unite)} ({nombre} structures{masquees})"


def premiere_lisible(lignes: pd.DataFrame) -> str:
    """The measure to show first: one answered the last year and compared with another, else the first."""
    derniere = lignes[lignes["annee"] == lignes["annee"].max()]
    for choix in (
        derniere[derniere["evolution_etat"] == "publie"],
        derniere[derniere["etat"] == "publie"],
        lignes,
    ):
        if len(choix):
            return str(choix["indicateur_id"].iat[0])
    raise ValueError("aucune mesure")


def une_mesure(lignes: pd.DataFrame, fictif: bool) -> Figure:
    """One of its measures over the campaigns, against its own past."""
    derniere = lignes.iloc[-1]
    indicateur = str(derniere["indicateur_id"])
    constat = f"{derniere['affichage']} en {int(derniere['annee'])}"
    if derniere["etat"] != "publie":
        constat = f"{int(derniere['annee'])} : {derniere['affichage']}"
    elif derniere["evolution_etat"] == "publie":
        constat += f", {_evolution(derniere)}"
    mediane = _mediane(next(lignes.tail(1).itertuples()))
    repondues = int((lignes["nb_repondantes"] > 0).sum())
    notice = Notice(
        cle=formats.cle_ascii("une-mesure", indicateur),
        constat=constat,
        mesure=f"{derniere['libelle']} ({derniere['unite']}) ; médiane du type en "
        f"{int(derniere['annee'])} : {mediane}",
        couverture=f"{formats.compter(repondues, 'réponses', feminin=True)} sur {len(lignes)}"
        + depuis_l_aval(lignes, "annee"),
        source=_source(lignes),
        fictif=fictif,
        provenance=indicateur,
    )
    return courbe.evolution(lignes.assign(couverture=""), notice)


def chiffres_clefs(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Its accounts on three exercises: result, landing, budget."""
    exercices = sorted({int(exercice) for exercice in lignes["exercice"]})
    titres = {annee - 1: "résultat", annee: "atterrissage", annee + 1: "budget prévisionnel"}
    entetes = {e: f"{e} ({titres[e]})" if e in titres else str(e) for e in exercices}
    rangs = []
    for _, poste in lignes.groupby("rang", sort=True):
        premier = poste.iloc[0]
        retrait = "\u2003" * int(premier["niveau"] if formats.est_connu(premier["niveau"]) else 0)
        ecrits = {int(e): a for e, a in zip(poste["exercice"], poste["affichage"], strict=True)}
        rangs.append(
            {"Poste": f"{retrait}{premier['libelle']}"}
            | {entetes[e]: ecrits.get(e, formats.INCONNU) for e in exercices}
        )
    notice = Notice(
        cle="chiffres-clefs",
        constat=f"Chiffres clefs, {_bornes(exercices)}",
        mesure=f"Produits, charges et résultats donnés par le rapport {annee}, en euros",
        couverture=f"{formats.compter(len(rangs), 'postes renseignés')}",
        source=f"rapport annuel {annee} de la structure{_a_la_main(lignes)}",
        fictif=fictif,
        hors_fiche=True,
    )
    return assembler(notice, "Tableau", None, pd.DataFrame(rangs))


def vie(lignes: pd.DataFrame, fictif: bool) -> Figure:
    """Staff, members and families over the campaigns."""
    annees = sorted({int(annee) for annee in lignes["annee"]})
    rangs = []
    for libelle, champ in lignes.groupby("libelle", sort=False):
        ecrits = {int(a): t for a, t in zip(champ["annee"], champ["affichage"], strict=True)}
        rangs.append(
            {"Ce qui est compté": libelle} | {str(a): ecrits.get(a, formats.INCONNU) for a in annees}
        )
    notice = Notice(
        cle="vie",
        constat=f"Vie de la structure, {_bornes(annees)}",
        mesure="Équipe, adhérents, familles, tels que le rapport les donne",
        couverture=formats.compter(lignes.loc[lignes["recue"], "annee"].nunique(), "rapports"),
        source=f"rapports annuels de la structure{_a_la_main(lignes)}",
        fictif=fictif,
        hors_fiche=True,
    )
    return assembler(notice, "Tableau", None, pd.DataFrame(rangs))


def _a_la_main(lignes: pd.DataFrame) -> str:
    """How many of these figures a person corrected, or entered for want of a report; the rest is unsaid."""
    nombre = int(lignes["saisie"].notna().sum())
    return f", dont {formats.compter(nombre, 'chiffres saisis ou corrigés')} à la main" if nombre else ""
