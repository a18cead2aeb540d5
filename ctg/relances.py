"""Who to remind, since when they have been silent, and the text to send to each."""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ctg import etats, formats
from ctg.destinataire import DELAI_DE_REPONSE, DEUX_VERSIONS, dire
from ctg.exports.archive import ArchiveDatee
from ctg.graphiques.figure import Figure, Notice, assembler

FICTIF = "DONNÉES FICTIVES : ne pas envoyer."
# what these rules say is for the coordination, yet the sender holds the answer: it is asked this instead
_DEMANDES = {"ordre_des_depots": DEUX_VERSIONS}


@dataclass(frozen=True)
class Campagne:
    """What a reminder must name; `construit_le` is the day its facts were true."""

    annee: int
    titre: str
    ville: str
    partenaire: str
    construit_le: dt.date
    fictif: bool = False


def silences(lignes: pd.DataFrame, campagne: Campagne) -> Figure:
    """Who to write to (`collecte_silences.sql`), the longest silence first."""
    tableau = pd.DataFrame(
        {
            "Expéditeur": ligne.expediteur,
            "Manquants": formats.compte_ou_tiret(ligne.nb_manquants),
            "À renvoyer": formats.compte_ou_tiret(ligne.nb_refuses),
            "À corriger": formats.compte_ou_tiret(ligne.nb_a_corriger),
            "Retard": formats.compter(int(ligne.jours_de_retard), "jours") if ligne.jours_de_retard else "–",
            "Dernier envoi reçu": _dernier_envoi(ligne),
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="relances",
        constat=f"{formats.compter(len(lignes), 'expéditeurs')} à relancer",
        mesure=f"Ce que chacun n’a pas encore donné pour la campagne {campagne.annee}, "
        f"au {formats.date_longue(campagne.construit_le)}",
        couverture="le plus en retard d’abord",
        source="fichiers de data/raw, reconnus à leur contenu",
        fictif=campagne.fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _dernier_envoi(ligne) -> str:
    if not formats.est_connu(ligne.dernier_recu_le):
        return "jamais, toutes campagnes confondues"
    jours = formats.compter(int(ligne.jours_de_silence), "jours")
    return f"{formats.date_courte(ligne.dernier_recu_le)} (il y a {jours})"


def texte(campagne: Campagne, formulaires: pd.DataFrame, points: pd.DataFrame) -> str:
    """The mail to one sender, plain text, in words for a structure.

    `formulaires` are all its rows of `collecte_repondants.sql`, those already received included; `points` its
    rows of `collecte_points.sql`. What is refused is said once, under the form to send again.
    """
    manquants = formulaires[formulaires["statut"] == "attendu"]
    a_renvoyer = formulaires[formulaires["statut"] == "refuse"]
    a_corriger = formulaires[formulaires["statut"] == "a_corriger"]
    recus = formulaires[formulaires["statut"].isin(etats.ARRIVES)]
    lignes = [FICTIF, ""] if campagne.fictif else []
    lignes += [
        f"Objet : {campagne.titre}, rapport annuel {campagne.annee}",
        "",
        "Bonjour,",
        "",
        f"L’évaluation de la {campagne.titre} ({campagne.ville}, {campagne.partenaire}) s’appuie sur vos "
        f"réponses. {_attendus(formulaires, campagne.annee, nommes=len(manquants) < len(formulaires))}",
    ]
    if len(recus):
        lignes += ["", f"Merci, nous avons bien reçu : {formats.liste(list(recus['repondant']))}."]
    if len(manquants):
        lignes += ["", "Il nous manque encore :"]
        lignes += [f"- {nom}" for nom in manquants["repondant"]]
    for demandes, question in (
        (a_renvoyer, "Ce que nous avons reçu n’a pas pu être lu ; pourriez-vous le renvoyer ?"),
        (a_corriger, "Dans ce que vous nous avez envoyé, pourriez-vous corriger ces points ?"),
    ):
        if dites := _demandes(demandes, points):
            lignes += ["", question, *dites]
    lignes += [
        "",
        _pour_quand(pd.concat([manquants, a_renvoyer, a_corriger])["echeance"], campagne.construit_le),
        "",
        "Le formulaire se complète et se renvoie tel quel, sans supprimer ni ligne ni colonne. Laissez vide "
        "ce que vous ne savez pas ; zéro est une réponse, une case vide n’en est pas une. Si une difficulté "
        "vous retarde, dites-le-nous : nous chercherons une solution avec vous.",
        "",
        "Merci de votre aide,",
        "La coordination de la convention territoriale globale",
    ]
    return "\n".join(lignes)


def _attendus(formulaires: pd.DataFrame, annee: int, nommes: bool) -> str:
    """How many forms are asked; `nommes`: which ones, unless all of them are about to be named as missing."""
    noms = f" : {formats.liste(list(formulaires['repondant']))}" if nommes else ""
    if len(formulaires) == 1:
        return f"Pour {annee}, un formulaire vous est demandé{noms}."
    return f"Pour {annee}, {len(formulaires)} formulaires vous sont demandés{noms}."


def _pour_quand(echeances: pd.Series, aujourd_hui: dt.date) -> str:
    """When to answer: before the first deadline of what is asked, soon when it is past."""
    echeance = echeances.min()
    if not formats.est_connu(echeance):
        return "Merci de nous répondre dès que possible."
    dite = formats.date_longue(echeance)
    if pd.Timestamp(echeance).date() >= aujourd_hui:
        return f"Merci de nous répondre avant le {dite}."
    # a delay, not a date: these facts are those of the day the warehouse was built, the mail leaves later
    delai = formats.compter(DELAI_DE_REPONSE.days, "jours")
    return f"L’échéance du {dite} est passée : merci de nous répondre sous {delai}."


def _demandes(formulaires: pd.DataFrame, points: pd.DataFrame) -> list[str]:
    """One line per thing asked, each once, under the name of its form; what is ours to repair is left out."""
    lignes = []
    for nom, repondant_id in zip(formulaires["repondant"], formulaires["repondant_id"], strict=True):
        siens = points[points["repondant_id"] == repondant_id]
        if siens.empty:  # refused, and nobody kept why
            lignes.append(f"- {nom}")
        lignes += [
            f"- {nom}{_lieu(point)} : {demande}"
            for point in siens.itertuples()
            if (demande := _demande(point))
        ]
    return list(dict.fromkeys(lignes))


def _demande(point) -> str | None:
    """What its sender is asked, in its words; None for what is ours to repair."""
    return _DEMANDES.get(point.regle) or dire(point.regle, point.message)


def _lieu(point) -> str:
    """Where in the sender's own file, whose name it knows without our folders."""
    if point.regle in _DEMANDES:
        return ""
    nom = str(point.fichier).rpartition("/")[2]
    dits = [f" (fichier « {nom} »"]
    dits += [f"feuille « {point.feuille} »"] if formats.est_connu(point.feuille) else []
    dits += [f"cellule {point.cellule}"] if formats.est_connu(point.cellule) else []
    return ", ".join(dits) + ")"


def textes(campagne: Campagne, formulaires: pd.DataFrame, points: pd.DataFrame) -> dict[str, str]:
    """Sender → its text, for each one who is asked something. The frames hold the whole campaign."""
    manquants = formulaires["statut"] == "attendu"
    a_redemander = [
        bool(ligne.statut in ("refuse", "a_corriger") and _demandes(pd.DataFrame([ligne._asdict()]), points))
        for ligne in formulaires.itertuples()
    ]
    a_relancer = formulaires[manquants | pd.Series(a_redemander, index=formulaires.index, dtype=bool)]
    return {
        expediteur_id: texte(
            campagne,
            formulaires[formulaires["expediteur_id"] == expediteur_id],
            points[points["expediteur_id"] == expediteur_id],
        )
        for expediteur_id in dict.fromkeys(a_relancer["expediteur_id"])
    }


def nom_de_fichier(campagne: Campagne, expediteur_id: str) -> str:
    """« relance_vyv_2025.txt », fictional ones named so."""
    fictif = "fictif" if campagne.fictif else ""
    return formats.nom_de_fichier("relance", expediteur_id, campagne.annee, fictif, extension="txt")


def archive(campagne: Campagne, lus: Mapping[str, str]) -> bytes:
    """All the texts, one .txt each, in a zip: the same texts always give the same bytes."""
    sortie = io.BytesIO()
    jour = dt.datetime.combine(campagne.construit_le, dt.time())
    with ArchiveDatee(sortie, jour) as paquet:
        for expediteur_id, contenu in lus.items():
            # with a BOM and CRLF, the notepad of any Windows shows the accents and the lines
            paquet.writestr(
                nom_de_fichier(campagne, expediteur_id),
                contenu.replace("\n", "\r\n").encode("utf-8-sig"),
            )
    return sortie.getvalue()
