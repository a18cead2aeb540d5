"""Where a campaign stands: expected, received, late, refused, accepted, whoever it is counted by."""

import datetime as dt

import pandas as pd

from ctg import etats, formats
from ctg.graphiques.figure import Figure, Notice, assembler

# how the forms can be grouped: code of `collecte_suivi.sql` → heading of the column, title of the choice
GROUPES = {
    "expediteur": ("Expéditeur", "Gestionnaire"),
    "quartier": ("Quartier", "Quartier"),
    "type": ("Type de structure", "Type"),
}
_SOURCE = "fichiers de data/raw, reconnus à leur contenu"
_COLONNES = {
    "nb_demandes": "Demandés",
    "nb_recus": "Reçus",
    "nb_acceptes": "Acceptés",
    "nb_a_corriger": "dont à corriger",
    "nb_tardifs": "dont reçus en retard",
    "nb_refuses": "Refusés",
    "nb_non_recus": "En retard, non reçus",
    "nb_attendus": "Attendus",
}
# shown from the day one is declared: nobody confirms or validates before the forms are there
_DECLARES = {"nb_confirmes": "Confirmés", "nb_valides": "Validés", "nb_avals": "Aval Caf"}


def resume(groupes: pd.DataFrame) -> str:
    """Where it stands: « 68 formulaires reçus sur 72 ; 4 non reçus et en retard ; 1 à corriger »."""
    sommes = groupes[list(_COLONNES)].sum()
    dits = [f"{formats.compter(int(sommes['nb_recus']), 'formulaires reçus')} sur {sommes['nb_demandes']}"]
    dits += [
        f"{formats.nombre(sommes[colonne])} {formats.accorder(mots, int(sommes[colonne]))}"
        for colonne, mots in (
            ("nb_non_recus", "non reçus et en retard"),
            ("nb_attendus", "attendus"),
            ("nb_refuses", "refusés"),
            ("nb_a_corriger", "à corriger"),
            ("nb_tardifs", "reçus en retard"),
        )
        if sommes[colonne]
    ]
    return " ; ".join(dits)


def calendrier(campagne: pd.Series) -> str:
    """The deadlines of a row of `collecte_campagnes.sql`, counted from the day the warehouse was built."""
    construit_le = campagne["construit_le"].date()
    arrete = f"état au {formats.date_longue(construit_le)}, jour de la construction"
    if not formats.est_connu(campagne["echeance"]):
        return f"Campagne sans échéance déclarée ; {arrete}"
    echeances = dict.fromkeys((campagne["echeance"], campagne["derniere_echeance"]))
    dites = [f"{formats.date_longue(jour)} ({_ecart(jour, construit_le)})" for jour in echeances]
    return f"{'Échéances' if len(dites) > 1 else 'Échéance'} : {formats.liste(dites)} ; {arrete}"


def _ecart(echeance: dt.date | dt.datetime, aujourd_hui: dt.date) -> str:
    jours = (pd.Timestamp(echeance).date() - aujourd_hui).days
    if not jours:
        return "aujourd’hui"
    dits = formats.compter(abs(jours), "jours")
    return f"dans {dits}" if jours > 0 else f"il y a {dits}"


def ouverte(campagne: pd.Series) -> str:
    """A campaign nobody answered yet: « Campagne 2026 ouverte : 0 reçu sur 72 »."""
    echeance = campagne["derniere_echeance"]
    passee = formats.est_connu(echeance) and pd.Timestamp(echeance).date() < campagne["construit_le"].date()
    return _rien_recu(campagne["annee"], campagne["nb_demandes"], passee)


def _rien_recu(annee: int, demandes: int, passee: bool) -> str:
    dit = f"Campagne {annee} ouverte : 0 reçu sur {formats.nombre(demandes)}"
    return f"{dit}, échéance passée" if passee else dit


def matrice(groupes: pd.DataFrame, par: str, annee: int, fictif: bool) -> Figure:
    """The rows of `collecte_suivi.sql` as they are grouped (`par`: a key of GROUPES), worst first."""
    entete, _ = GROUPES[par]
    declares = {colonne: titre for colonne, titre in _DECLARES.items() if groupes[colonne].any()}
    colonnes = _COLONNES | declares
    tableau = pd.DataFrame(
        {entete: ligne["groupe"]}
        | {titre: formats.compte_ou_tiret(ligne[colonne]) for colonne, titre in colonnes.items()}
        for _, ligne in groupes.iterrows()
    )
    notice = Notice(
        cle=f"suivi_{par}",
        constat=_constat(groupes, annee),
        mesure=f"Formulaires de structure et de fiche, par état, campagne {annee}",
        couverture=resume(groupes),
        source=_SOURCE,
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _constat(groupes: pd.DataFrame, annee: int) -> str:
    sommes = groupes[list(_COLONNES)].sum()
    if not sommes["nb_recus"]:
        return _rien_recu(annee, sommes["nb_demandes"], not sommes["nb_attendus"])
    manquent = int(sommes["nb_demandes"] - sommes["nb_acceptes"])
    if manquent:
        return f"Il manque {formats.compter(manquent, 'formulaires')} sur {sommes['nb_demandes']}"
    return f"Les {sommes['nb_demandes']} formulaires sont acceptés"


def _etat(ligne) -> str:
    """« reçu ; confirmé le 03/09/2026 » : where a form stands, then what was declared of it."""
    dits = [etats.situation(ligne.statut, ligne.jours_de_retard)]
    dits += [
        f"{mot} le {formats.date_courte(le)}"
        for mot, le in (
            ("confirmé", ligne.confirme_le),
            ("validé", ligne.valide_le),
            ("aval de la Caf", ligne.aval_le),
        )
        if formats.est_connu(le)
    ]
    return " ; ".join(dits)


def formulaires(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Every form expected (`collecte_repondants.sql`), sender by sender, with what was refused and why."""
    arrives = int(lignes["statut"].isin(etats.ARRIVES).sum())
    tableau = pd.DataFrame(
        {
            "Expéditeur": ligne.expediteur,
            "Formulaire": ligne.repondant,
            "État": _etat(ligne),
            "Reçu le": formats.date_courte(ligne.recu_le) if formats.est_connu(ligne.recu_le) else "—",
            "Jours de retard": formats.compte_ou_tiret(ligne.jours_de_retard)
            if formats.est_connu(ligne.jours_de_retard)
            else "—",
            "Pourquoi": ligne.raison if formats.est_connu(ligne.raison) else "—",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="formulaires",
        constat=f"{formats.compter(len(lignes), 'formulaires demandés')}, un par ligne",
        mesure=f"État de chaque formulaire, campagne {annee}",
        couverture=formats.couverture(arrives, len(lignes)),
        source=_SOURCE,
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)
