"""The registers of data/saisies: their columns, and what each cell of a line may hold.

A check raises SaisieRefusee with the sentence for the person who wrote the line.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ctg.formats import nombre
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import analyser_cle
from etl.canevas.reponse.petits_nombres import nombres_dits
from etl.canevas.reponse.textes_libres import motifs_d_une_raison
from etl.saisies.corrections import verifier_valeur
from etl.saisies.etapes import ACTES, ETAPES, instant, verifier_etape
from etl.saisies.refus import SaisieRefusee

__all__ = ["ENTETE", "REGISTRES", "Registre", "SaisieRefusee", "verifier", "verifier_signature"]

ENTETE = ("le", "fonction", "raison")  # the first columns of every register
_SOURCE = re.compile(r"formulaire|(?:classeur|extrait):[^\s;:]+")
_CHIFFRES_D_UNE_ANNEE = 4
# where a number stands when the cells of a line slid: it may be a small count, and is not quoted
_SANS_NOMBRE = frozenset({"le", "fonction", "repondant_id", "annee", "cle", "code", "fictif"})
_NOMBRE_DE_PERSONNES = re.compile(r"[0-9]{1,3}(?:[.,][0-9]*)?")
_OUI_NON = ("oui", "non")
# what the pages ask for too, in their words
_NOMMEES = {"raison": "la raison", "decide_le": "le jour de la décision"}
_MARQUE = re.compile(r"[0-9a-f]{32}")
_DEBUT_DE_FORMULE = ("=", "+", "-", "@")
_LONGUEUR = 2_000  # characters of a cell: far under what the csv module reads back

Champs = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Registre:
    """A register; `raison_due` says whether a line needs a reason, `ensemble` checks its cells together.

    `ajoutees`: how many of its last columns a file may lack, or a line of it.
    """

    colonnes: tuple[str, ...]
    raison_due: Callable[[Champs], bool]
    ensemble: Callable[[Champs, Referentiel], object] = lambda champs, referentiel: None
    ajoutees: int = 0

    @property
    def entete(self) -> tuple[str, ...]:
        """Every column, in the order of the file."""
        return (*ENTETE, *self.colonnes)

    @property
    def entete_ancien(self) -> tuple[str, ...]:
        """That of a file begun before the last columns were added: its lines leave them blank."""
        return self.entete[: len(self.entete) - self.ajoutees]


def _valeur(champs: Champs, referentiel: Referentiel) -> None:
    """The two values; and a reason is shown to everybody, a small count of people is not."""
    correction = verifier_valeur(champs, referentiel)
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    petits = {v.valeur for v in (correction.ancienne, correction.nouvelle) if v.valeur and v.valeur < seuil}
    if correction.ligne.confidentielle and petits & nombres_dits(champs["raison"]):
        raise SaisieRefusee("la raison dit un petit nombre de personnes ; dire pourquoi, sans le nombre")


REGISTRES = {
    "valeurs": Registre(
        ("repondant_id", "annee", "cle", "code", "ancienne", "nouvelle", "fictif"),
        lambda champs: True,
        _valeur,
    ),
    "etapes": Registre(
        ("annee", "fiche_id", "repondant_id", "etape", "acte", "fictif", "decide_le", "vu"),
        lambda champs: champs["acte"] != "atteinte",
        verifier_etape,
        ajoutees=2,
    ),
    "sources": Registre(("repondant_id", "annee", "indicateur_id", "source", "fictif"), lambda champs: True),
    "libelles": Registre(("libelle", "cle"), lambda champs: False),
}


def verifier(nom: str, champs: Champs, referentiel: Referentiel) -> None:
    """Check a line of the register `nom`, every column present. Raises SaisieRefusee."""
    registre = REGISTRES[nom]
    _verifier(registre.entete, champs, referentiel, registre.raison_due(champs))
    registre.ensemble(champs, referentiel)


def verifier_signature(champs: Champs, referentiel: Referentiel) -> None:
    """Check who decides, when and why: what any decision bears, in a register or beside a file. Raises
    SaisieRefusee."""
    _verifier(ENTETE, champs, referentiel, raison_due=True)


def _verifier(colonnes: tuple[str, ...], champs: Champs, referentiel: Referentiel, raison_due: bool) -> None:
    fautes = []
    for colonne in colonnes:
        try:
            _place(colonne, champs[colonne])
            _CONTROLES[colonne](champs[colonne], referentiel)
        except SaisieRefusee as refus:
            fautes.append(f"{_NOMMEES.get(colonne, f'colonne {colonne}')} : {refus}")
    if not fautes and raison_due and not champs["raison"]:
        fautes.append("une raison est nécessaire ; l’écrire en une phrase")
    if fautes:
        raise SaisieRefusee(" ; ".join(fautes))


def _longueur(texte: str) -> None:
    if len(texte) > _LONGUEUR:
        raise SaisieRefusee(
            f"{nombre(len(texte))} caractères, pour {nombre(_LONGUEUR)} au plus ; le dire en une phrase"
        )


def _place(colonne: str, texte: str) -> None:
    if colonne in _SANS_NOMBRE and _NOMBRE_DE_PERSONNES.fullmatch(texte):
        raise SaisieRefusee("un nombre y est écrit : les cases de la ligne ont glissé, les remettre en place")


def _le(texte: str, referentiel: Referentiel) -> None:
    try:
        instant(texte)
    except ValueError:
        raise SaisieRefusee(
            f"« {texte} » n’est pas une date ; écrire par exemple 2026-11-21T14:30:00"
        ) from None


def _jour(texte: str, referentiel: Referentiel) -> None:
    if not texte:
        return
    try:
        dt.date.fromisoformat(texte)
    except ValueError:
        raise SaisieRefusee(f"« {texte} » n’est pas un jour ; écrire par exemple 2026-11-21") from None


def _vu(texte: str, referentiel: Referentiel) -> None:
    if texte and not _MARQUE.fullmatch(texte):
        raise SaisieRefusee("ce n’est pas la marque des chiffres vus ; à la main, laisser vide")


def _raison(texte: str, referentiel: Referentiel) -> None:
    _longueur(texte)
    if motifs := motifs_d_une_raison(texte):
        raise SaisieRefusee(
            f"le texte contient {' et '.join(motifs)} ; dire la fonction, jamais la personne, et pourquoi, "
            "sans le nombre"
        )
    if texte.startswith(_DEBUT_DE_FORMULE):
        raise SaisieRefusee(
            f"« {texte[0]} » en tête ferait une formule dans un tableur ; commencer par un mot"
        )


def _annee(texte: str, referentiel: Referentiel) -> None:
    debut, fin = referentiel.parametres.annee_reference, referentiel.parametres.convention.fin
    if not (texte.isdecimal() and len(texte) == _CHIFFRES_D_UNE_ANNEE and debut <= int(texte) <= fin):
        raise SaisieRefusee(f"« {texte} » n’est pas une année de la convention ({debut} à {fin})")


def _repondant(texte: str, referentiel: Referentiel) -> None:
    if texte and texte not in referentiel.structures and texte not in referentiel.fiches:
        raise SaisieRefusee(f"« {texte} » n’est ni une structure ni une fiche de la convention")


def _fiche(texte: str, referentiel: Referentiel) -> None:
    if texte and texte not in referentiel.fiches:
        raise SaisieRefusee(f"« {texte} » n’est pas une fiche ; elles sont {', '.join(referentiel.fiches)}")


def _cle(texte: str, referentiel: Referentiel) -> None:
    if analyser_cle(texte) is None:
        raise SaisieRefusee(f"« {texte} » ne désigne aucune ligne de formulaire (exemple : i:PE-2.0.2-b)")


def _indicateur(texte: str, referentiel: Referentiel) -> None:
    if texte not in referentiel.indicateurs:
        raise SaisieRefusee(f"« {texte} » n’est pas une mesure de la convention")


def _source(texte: str, referentiel: Referentiel) -> None:
    if not _SOURCE.fullmatch(texte):
        raise SaisieRefusee(f"« {texte} » n’est pas une source : formulaire, classeur:… ou extrait:…")


def _parmi(permis: tuple[str, ...]) -> Callable[[str, Referentiel], None]:
    def controler(texte: str, referentiel: Referentiel) -> None:
        if texte not in permis:
            raise SaisieRefusee(f"« {texte} » n’est pas l’une des valeurs {', '.join(permis)}")

    return controler


def _fonction(texte: str, referentiel: Referentiel) -> None:
    _parmi(tuple(referentiel.fonctions))(texte, referentiel)


def _libre(texte: str, referentiel: Referentiel) -> None:
    """Anything of a size that is read back: checked together with the other cells of its line."""
    _longueur(texte)


_CONTROLES: dict[str, Callable[[str, Referentiel], None]] = {
    "le": _le,
    "fonction": _fonction,
    "raison": _raison,
    "repondant_id": _repondant,
    "annee": _annee,
    "cle": _cle,
    "code": _libre,
    "ancienne": _libre,
    "nouvelle": _libre,
    "fiche_id": _fiche,
    "etape": _parmi(ETAPES),
    "acte": _parmi(ACTES),
    "indicateur_id": _indicateur,
    "source": _source,
    "libelle": _libre,
    "fictif": _parmi(_OUI_NON),
    "decide_le": _jour,
    "vu": _vu,
}
