"""Every decision a build applies, and what could not be read of them."""

from dataclasses import dataclass, field
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.canevas.grammaire import analyser_cle
from etl.inventaire import dossier_saisies
from etl.saisies import acceptations
from etl.saisies.avals import lire_copies
from etl.saisies.corrections import RECUE_DITE, montrer, remarque_gardee, verifier_valeur
from etl.saisies.etapes import Deroulement, declaration, derouler, instant
from etl.saisies.lecture import Lecture, Ligne, lire

REGISTRES_JUGES = ("valeurs", "etapes", "sources")
_FICTIF = {True: "oui", False: "non"}


@dataclass(frozen=True, slots=True)
class Saisies:
    """Rows by table of `etl/schema/04_saisies.sql`; `anomalies` by file, as those of the files received."""

    tables: dict[str, list[dict]] = field(default_factory=dict)
    anomalies: tuple[tuple[str, Anomalie], ...] = ()


def rassembler(referentiel: Referentiel, fictif: bool, dossier: Path | None = None) -> Saisies:
    """Read the registers. `fictif`: a fictional campaign is built; a line on the real one is left out, and
    the reverse."""
    dossier = dossier or dossier_saisies()
    lectures = {nom: lire(nom, referentiel, dossier) for nom in REGISTRES_JUGES}
    concernees = {
        nom: [x for x in lecture.lignes if x.champs["fictif"] == _FICTIF[fictif]]
        for nom, lecture in lectures.items()
    }
    deroulement = derouler(declaration(x.numero, x.champs) for x in concernees["etapes"])
    copies, copies_refusees = lire_copies(dossier, deroulement)
    acceptees, acceptations_refusees = acceptations.lire(referentiel, fictif, dossier)
    tables = {
        "fonction": [
            {"fonction_id": f.fonction_id, "libelle": f.libelle} for f in referentiel.fonctions.values()
        ],
        "saisie_valeur": [_valeur(x, referentiel) for x in concernees["valeurs"]],
        "saisie_source": [_entiere(x) for x in concernees["sources"]],
        **_etapes(deroulement),
        "aval_copie": copies,
        "acceptation": acceptees,
    }
    anomalies = [
        *_illisibles(lectures | {"libelles": lire("libelles", referentiel, dossier)}),
        *_refusees(deroulement),
        *copies_refusees,
        *acceptations_refusees,
    ]
    return Saisies(tables, tuple(anomalies))


def _entiere(ligne: Ligne) -> dict:
    champs = {nom: valeur for nom, valeur in ligne.champs.items() if nom != "fictif"}
    return {"ligne": ligne.numero, **champs, "annee": int(champs["annee"]), "le": instant(champs["le"])}


def _valeur(ligne: Ligne, referentiel: Referentiel) -> dict:
    champs = ligne.champs
    correction = verifier_valeur(champs, referentiel)
    cle = analyser_cle(champs["cle"])
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    return {
        "ligne": ligne.numero,
        "le": instant(champs["le"]),
        **{nom: champs[nom] for nom in ("fonction", "raison", "repondant_id", "cle", "code")},
        "annee": int(champs["annee"]),
        "rubrique": cle.rubrique,
        "objet_id": cle.objet_id,
        "quartier_id": cle.quartier_id,
        "ventilation": cle.ventilation or "total",
        "modalite": cle.modalite or "total",
        "ancienne_etat": correction.ancienne.etat,
        "ancienne_valeur": correction.ancienne.valeur,
        "ancienne_texte": correction.ancienne.texte,
        "retour": correction.retour,
        "etat": correction.nouvelle.etat,
        "valeur": correction.nouvelle.valeur,
        "texte": correction.nouvelle.texte,
        "remarque": remarque_gardee(correction, seuil),
        "estime": correction.nouvelle.estime,
        "ancienne": montrer(correction.ligne, correction.nature, correction.ancienne, seuil),
        "nouvelle": RECUE_DITE
        if correction.retour
        else montrer(correction.ligne, correction.nature, correction.nouvelle, seuil),
    }


def _etapes(deroulement: Deroulement) -> dict[str, list[dict]]:
    return {
        "etape_decidee": [
            {
                "annee": annee,
                "fiche_id": fiche_id,
                "etape": etape,
                "atteinte_le": une.atteinte_le,
                "enregistree_le": une.le,
                "fonction": une.fonction,
                "raison": une.raison or None,
                "vu": une.vu or None,
                "ligne": une.numero,
            }
            for (annee, fiche_id), etapes in deroulement.etapes.items()
            for etape, une in etapes.items()
        ],
        "confirmation": [
            {
                "annee": annee,
                "repondant_id": repondant_id,
                "atteinte_le": une.atteinte_le,
                "enregistree_le": une.le,
                "fonction": une.fonction,
                "vu": une.vu or None,
            }
            for (annee, repondant_id), une in deroulement.confirmations.items()
        ],
        "changement_admis": [
            {"annee": x.annee, "fiche_id": x.fiche_id, "le": x.le, "fonction": x.fonction, "raison": x.raison}
            for admis in deroulement.changements.values()
            for x in admis
        ],
        "aval_retire": [
            {
                "annee": aval.annee,
                "fiche_id": aval.fiche_id,
                "aval_le": aval.atteinte_le,
                "copie_le": aval.le,
                "retire_le": retrait.le,
                "raison": retrait.raison,
            }
            for aval, retrait in deroulement.retraits.values()
        ],
    }


def _illisibles(lectures: dict[str, Lecture]) -> list[tuple[str, Anomalie]]:
    return [
        _anomalie(nom, erreur.numero, "saisie_illisible", f"Décision non appliquée : {erreur.message}.")
        for nom, lecture in lectures.items()
        for erreur in lecture.erreurs
    ]


def _refusees(deroulement: Deroulement) -> list[tuple[str, Anomalie]]:
    return [
        _anomalie("etapes", numero, "etape_sautee", f"Étape non appliquée : {message}.")
        for numero, message in deroulement.refus
    ]


def _anomalie(nom: str, numero: int | None, regle: str, message: str) -> tuple[str, Anomalie]:
    cellule = f"ligne {numero}" if numero else None
    return f"saisies/{nom}.csv", Anomalie(None, cellule, "bloquant", regle, message)
