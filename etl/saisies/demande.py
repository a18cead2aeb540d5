"""A correction typed on the Collecte page: how it reads, why it is refused, its line in valeurs.csv."""

from pathlib import Path

from ctg.entrepot import Entrepot
from ctg.referentiel import Referentiel
from etl.canevas.phrases.messages import anomalie, attendu, lu_comme
from etl.canevas.reponse.petits_nombres import a_montrer
from etl.canevas.reponse.valeurs import lire_valeur
from etl.saisies.ajout import ajouter
from etl.saisies.cases import Case, cases
from etl.saisies.corrections import RECUE, RECUE_DITE, ecrire_valeur, montrer
from etl.saisies.lecture import Lecture
from etl.saisies.refus import SaisieRefusee

_TUES = frozenset({"nombre_en_texte", "sans_reponse", "date_en_texte"})  # what everybody types on a page


def montrer_saisie(case: Case, saisie: str, referentiel: Referentiel) -> str:
    """What may be shown of the value typed for a cell."""
    if saisie == RECUE:
        return RECUE_DITE
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    return montrer(case.ligne, case.nature, lire_valeur(saisie, case.nature), seuil)


def lecture_a_verifier(case: Case, saisie: str, referentiel: Referentiel) -> str | None:
    """How what was typed was read, in the words told to the senders, when it is not what everybody types."""
    lue = lire_valeur(saisie, case.nature)
    if saisie == RECUE or lue.regle is None or lue.regle in _TUES:
        return None
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    montre = a_montrer(saisie, seuil, lue.valeur, lue.remarque) if case.ligne.confidentielle else saisie
    champs = {"question": case.ligne.nom, "attendu": attendu(case.nature, saisie)}
    return anomalie(lue.regle, lu=montre, origine="", valeur=lu_comme(montre, lue.valeur), **champs).message


def verifier_correction(
    entrepot: Entrepot, referentiel: Referentiel, champs: dict[str, object], deja: Lecture
) -> None:
    """Check a line of valeurs.csv against the warehouse as it stands, and the register read in `deja`.

    Raises SaisieRefusee: the figure changed since it was shown, in the warehouse or in the register; or the
    line would change nothing.
    """
    trouvees = cases(entrepot, referentiel, str(champs["repondant_id"]), int(champs["annee"]))
    case = next((c for c in trouvees if (c.cle, c.code) == (champs["cle"], champs["code"])), None)
    if case is None:
        return  # `ajouter` says what is wrong with it
    if case.contenu != champs["ancienne"]:
        raise SaisieRefusee(
            f"ce chiffre a changé depuis qu’il a été affiché ; il est aujourd’hui : {case.affichage}. "
            "Rafraîchir la page, puis le corriger s’il le faut encore"
        )
    _refuser_si_decide_ailleurs(case, champs, deja)
    saisie = str(champs["nouvelle"])
    if saisie == RECUE:
        return
    lue = lire_valeur(saisie, case.nature)
    if (
        ecrire_valeur(case.nature, lue.etat, lue.valeur, lue.texte) == case.contenu
        and lue.estime == case.estime
    ):
        raise SaisieRefusee("c’est déjà la valeur d’aujourd’hui : il n’y a rien à corriger")


def _refuser_si_decide_ailleurs(case: Case, champs: dict[str, object], deja: Lecture) -> None:
    cible = {nom: str(champs[nom]) for nom in ("repondant_id", "annee", "cle", "code")}
    cible["fictif"] = str(champs.get("fictif", "non"))
    for ligne in deja.lignes:
        if ligne.numero > case.decidee and cible.items() <= ligne.champs.items():
            raise SaisieRefusee(
                "ce chiffre vient d’être corrigé ailleurs (valeurs.csv, ligne "
                f"{ligne.numero}) et n’est pas encore rechargé. Charger, puis regarder de nouveau"
            )


def corriger(
    entrepot: Entrepot, referentiel: Referentiel, champs: dict[str, object], dossier: Path | None = None
) -> dict[str, str]:
    """Append a correction to valeurs.csv, unless the figure moved since it was shown (`champs["ancienne"]`).

    Raises SaisieRefusee (nothing written), OSError.
    """
    return ajouter(
        "valeurs",
        champs,
        referentiel,
        dossier,
        lambda deja: verifier_correction(entrepot, referentiel, champs, deja),
    )
