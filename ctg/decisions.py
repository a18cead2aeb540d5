"""What people decide about the numbers, as tables: corrections, stages of fiches, sources side by side."""

import pandas as pd

from ctg import formats, vie
from ctg.codes import CODES
from ctg.essais import SAISIES, chiffre
from ctg.graphiques.figure import Figure, Notice, assembler

SORTS = {
    "appliquee": "appliquée",
    "maintenue": "appliquée ; un rapport plus récent redit l’ancienne valeur",
    "corrigee_depuis": "suivie d’une autre",
    "recue_depuis": "reçue depuis à l’identique",
    "perimee": "non appliquée : la valeur reçue a changé",
}


def corrections(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Every figure corrected by hand (`decision_corrections.sql`), the old value beside the new one."""
    tableau = pd.DataFrame(
        {
            "Le": formats.date_courte(ligne.le),
            "Chiffre": f"{ligne.repondant} : {ligne.mesure}, {CODES.get(ligne.code, ligne.code)}",
            "Ancienne": ligne.ancienne,
            "Nouvelle": ligne.nouvelle,
            "Fonction": ligne.fonction,
            "Raison": ligne.raison,
            "État": SORTS[ligne.sort],
            "Où": _adresse(ligne),
        }
        for ligne in lignes.itertuples()
    )
    appliquees = int(lignes["sort"].isin(("appliquee", "maintenue")).sum())
    notice = Notice(
        cle=f"corrections_{annee}",
        constat=_constat_de_corrections(lignes),
        mesure=f"Corrections de la campagne {annee}, la dernière d’abord ; pour revenir sur l’une, choisir "
        "sa case ci-dessus, puis « Reprendre la valeur reçue »",
        couverture=f"{formats.nombre(appliquees)} {formats.accorder('appliquées', appliquees)} "
        f"sur {len(lignes)}",
        source=f"{SAISIES}, valeurs.csv",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _constat_de_corrections(lignes: pd.DataFrame) -> str:
    """How many; first of all, those that a newer report made void and that nobody looked at since."""
    dernieres = lignes.drop_duplicates(["repondant", "mesure", "code"])  # the last one comes first
    perimees = int((dernieres["sort"] == "perimee").sum())
    if perimees:
        combien = formats.compter(perimees, "corrections", feminin=True)
        return f"À revoir : {combien} d’une valeur qui a changé depuis"
    return formats.compter(len(lignes), "corrections à la main", feminin=True)


def _adresse(ligne) -> str:
    saisie = f"valeurs.csv, ligne {ligne.ligne}"
    if not formats.est_connu(ligne.fichier):
        return saisie
    return f"{saisie} ; {ligne.fichier}, feuille {ligne.feuille}, cellule {ligne.cellule}"


def etapes(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Fiche × stage (`decision_etapes.sql`): when and by whom, a dash when it was not reached."""
    tableau = pd.DataFrame(
        {
            "Fiche": f"{ligne.fiche_id} · {ligne.titre}",
            **{
                libelle[:1].upper() + libelle[1:]: etape_dite(ligne, etape)
                for etape, libelle in vie.LIBELLES.items()
            },
            "Structures qui ont confirmé": f"{ligne.nb_confirmees} sur {ligne.nb_structures}"
            if ligne.nb_structures
            else "—",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle=f"etapes_{annee}",
        constat=_constat_d_aval(lignes),
        mesure=f"La vie des valeurs, fiche par fiche, campagne {annee} ; une étape n’en saute aucune, et ne "
        "vaut que pour les chiffres sur lesquels elle a été donnée",
        couverture=formats.compter(
            int(lignes["atteintes"].map(lambda e: "recue" in e).sum()), "fiches reçues", feminin=True
        ),
        source=f"{SAISIES}, etapes.csv ; reçue et contrôlée : par le chargement",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _constat_d_aval(lignes: pd.DataFrame) -> str:
    """How many have it; first of all, those whose figures changed since: somebody must decide."""
    tombees = list(lignes.loc[lignes["nb_changements"] > 0, "fiche_id"])
    if tombees:
        return f"À décider : des chiffres ont changé depuis l’aval de la Caf ({', '.join(tombees)})"
    avalisees = lignes[lignes["avalisee"]]
    if avalisees.empty:
        return "Aucune fiche n’a encore l’aval de la Caf"
    constat = f"{formats.compter(len(avalisees), 'fiches')} sur {len(lignes)} avec l’aval de la Caf"
    modifiees = list(avalisees.loc[avalisees["nb_changees"] > 0, "fiche_id"])
    if not modifiees:
        return constat
    dites = formats.accorder("modifiées", len(modifiees))
    return f"{constat}, dont {len(modifiees)} {dites} depuis ({', '.join(modifiees)})"


def etape_dite(ligne, etape: str) -> str:
    """A stage of a row of `decision_etapes.sql`: an aval suspended or withdrawn is not one never given."""
    if etape == "aval" and ligne.nb_changements:
        return "suspendu : changement à admettre"
    une = next((e for e in ligne.etapes if e["etape"] == etape), None)
    if une is None:
        if etape == "aval" and formats.est_connu(ligne.aval_retire):
            return f"retiré le {formats.date_courte(ligne.aval_retire)}"
        return "—"
    dite = _date(une)
    if une["perimee"]:
        return f"{dite} ; les chiffres ont changé depuis : {vie.A_REDIRE[etape]}"
    if etape == "confirmee" and ligne.nb_confirmees < ligne.nb_structures:
        return f"{dite} ; {confirmees(ligne)} : {une['raison'] or 'sans raison dite'}"
    if etape == "aval" and ligne.nb_changees:
        return f"{dite} ; modifiée depuis : {formats.compter(ligne.nb_changees, 'chiffres')}"
    return dite


def confirmees(ligne) -> str:
    """« 0 structure sur 12 a confirmé », of a row of `decision_etapes.sql`."""
    faites = f"{formats.nombre(ligne.nb_confirmees)} {formats.accorder('structures', ligne.nb_confirmees)}"
    ont = "ont" if ligne.nb_confirmees > 1 else "a"
    return f"{faites} sur {formats.nombre(ligne.nb_structures)} {ont} confirmé"


def _date(une: dict) -> str:
    """« 14/11/2026, Caf de la Côte-d’Or (écrit le 21/11/2026) »."""
    if not formats.est_connu(une["atteinte_le"]):
        return "sans date connue"
    dite = formats.date_courte(une["atteinte_le"])
    if formats.est_connu(une["fonction"]):
        dite += f", {une['fonction']}"
    if formats.est_connu(une["enregistree_le"]):
        ecrite = formats.date_courte(une["enregistree_le"])
        dite += f" (écrit le {ecrite})" if ecrite != formats.date_courte(une["atteinte_le"]) else ""
    return dite


def changements(lignes: pd.DataFrame, fiche_id: str, annee: int, fictif: bool) -> Figure:
    """What changed since the aval (`decision_changements.sql`), with the reason given or what is missing."""
    sans_raison = int(lignes["raison"].isna().sum())
    tableau = pd.DataFrame(
        {
            "Chiffre": chiffre(ligne),
            "À l’aval": ligne.avant,
            "Aujourd’hui": ligne.apres,
            "Raison": ligne.raison if formats.est_connu(ligne.raison) else "à dire",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle=formats.cle_ascii("changements", fiche_id, annee),
        constat=f"{fiche_id} : {formats.compter(len(lignes), 'chiffres')} "
        f"{'ont' if len(lignes) > 1 else 'a'} changé depuis l’aval{_retrait(lignes)}",
        mesure=f"Ce qui était publié au jour de l’aval, et aujourd’hui, campagne {annee}",
        couverture=f"{sans_raison} sans raison dite",
        source=f"{SAISIES}, avals et etapes.csv",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _retrait(lignes: pd.DataFrame) -> str:
    """« , retiré le 21/11/2026 » when the aval these changes are compared with was."""
    retire_le = lignes["retire_le"].max()
    return f", retiré le {formats.date_courte(retire_le)}" if formats.est_connu(retire_le) else ""


def sources(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Answers given by two sources (`decision_sources.sql`), side by side; the one that counts says why."""
    differentes = lignes[lignes["differe"]].drop_duplicates(["repondant_id", "indicateur_id"])
    tableau = pd.DataFrame(
        {
            "Réponse": ", ".join(
                str(mot)
                for mot in (ligne.repondant, ligne.mesure, ligne.periode, ligne.lieu, ligne.detail)
                if formats.est_connu(mot)
            ),
            "Source": ligne.source_libelle,
            "Valeur": ligne.affichage,
            "Retenue": f"oui : {ligne.raison}" if ligne.retenu else "non",
            "Où": f"{ligne.fichier}, feuille {ligne.feuille}, cellule {ligne.cellule}",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle=f"sources_{annee}",
        constat=f"{formats.compter(len(differentes), 'réponses')} où deux sources diffèrent"
        if len(differentes)
        else "Les sources disent la même chose",
        mesure=f"Réponses données par deux sources, campagne {annee}",
        couverture=formats.compter(
            len(lignes.drop_duplicates(["repondant_id", "indicateur_id"])), "réponses"
        ),
        source="formulaires, classeurs des structures et extraits reçus",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)
