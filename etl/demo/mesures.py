"""The numbers of one measure: counts, ratios and satisfaction, coherent with one another.

A numerator never exceeds its denominator, a part its whole, the satisfied those who answered, and those who
answered those who were asked. Every number is drawn for itself (see `alea`).
"""

from dataclasses import dataclass

from ctg.referentiel import Indicateur, Referentiel
from etl.demo.alea import arrondir, fluctuation, repartir
from etl.demo.profils import ANNEE_ZERO, Profil, Repondant, base, profil_de
from etl.demo.recits import recit, tendance

# A rate is bounded by 1; a consumption by square metre or a grant by award is not.
_TAUX_BORNE = 1.0
_PART_MAXIMALE = 0.985
_CROISSANCE_DENOMINATEUR = 1.01
_TAUX_DE_REPONSE = 0.46
SANS_QUARTIER = "ville"
_PART_SANS_QUARTIER = 0.03
# What has an address always has a quartier.
_UNITES_SITUEES = frozenset({"site", "surface", "energie", "espace", "structure"})


@dataclass(frozen=True, slots=True)
class Rapport:
    numerateur: int
    denominateur: int


@dataclass(frozen=True, slots=True)
class Satisfaction:
    proposes: int
    repondants: int
    satisfaits: int


class Mesures:
    """Numbers of a respondent for a year; `lieu` is None for the whole, a quartier, or `ville`
    (« sans quartier précis »)."""

    def __init__(self, referentiel: Referentiel, repondant: Repondant, annee: int) -> None:
        self._referentiel = referentiel
        self._repondant = repondant
        self._annee = annee

    def nombre(self, indicateur: Indicateur, lieu: str | None = None) -> int:
        """The count declared for a measure entered as a number."""
        profil = profil_de(indicateur, self._repondant)
        if profil.rapport_a:
            return self._partie(indicateur, profil, self._entier(profil.rapport_a, lieu), lieu)
        return self._effectif(indicateur, profil, lieu, suit_le_recit=True)

    def rapport(self, indicateur: Indicateur, lieu: str | None = None) -> Rapport:
        """Numerator and denominator of a rate."""
        profil = profil_de(indicateur, self._repondant)
        if profil.rapport_a:
            tout = self._entier(profil.rapport_a, lieu)
        else:
            tout = self._effectif(indicateur, profil, lieu, suit_le_recit=False)
        partie = self._partie(indicateur, profil, tout, lieu)
        return Rapport(tout, partie) if self.numerateur_de(indicateur) else Rapport(partie, tout)

    def numerateur_de(self, indicateur: Indicateur) -> Indicateur | None:
        """The measure that is the numerator of a ratio, asked for itself too; None for most."""
        profil = profil_de(indicateur, self._repondant)
        autre = profil.rapport_a if profil.taux > _TAUX_BORNE and indicateur.saisie == "rapport" else None
        return self._referentiel.indicateurs[autre] if autre else None

    def satisfaction(self, indicateur: Indicateur, lieu: str | None = None) -> Satisfaction:
        """Questionnaires offered, answered, and answers 4 or 5 out of 5."""
        profil = profil_de(indicateur, self._repondant)
        proposes = self._effectif(indicateur, profil, lieu, suit_le_recit=False)
        cle = self._cle(indicateur, lieu)
        taux = _TAUX_DE_REPONSE * fluctuation(0.35, "réponse", *cle, self._annee)
        repondants = min(proposes, arrondir(proposes * taux, "réponse", *cle, self._annee))
        return Satisfaction(proposes, repondants, self._partie(indicateur, profil, repondants, lieu))

    def _entier(self, indicateur_id: str, lieu: str | None) -> int:
        return self.nombre(self._referentiel.indicateurs[indicateur_id], lieu)

    def _cle(self, indicateur: Indicateur, lieu: str | None) -> tuple[str, ...]:
        return (self._repondant.repondant_id, indicateur.indicateur_id, lieu or "")

    def _quartier(self, lieu: str | None) -> str | None:
        return lieu or self._repondant.quartier_id

    def _effectif(
        self, indicateur: Indicateur, profil: Profil, lieu: str | None, *, suit_le_recit: bool
    ) -> int:
        cle = self._cle(indicateur, lieu)
        depart = self._depart(indicateur, profil, lieu)
        if suit_le_recit:
            facteur = tendance(indicateur.indicateur_id, profil, self._quartier(lieu), self._annee)
        else:
            facteur = _CROISSANCE_DENOMINATEUR ** (self._annee - ANNEE_ZERO) if profil.bruit else 1.0
        return arrondir(depart * facteur * self._bruit(indicateur, profil, lieu), *cle, self._graine(profil))

    def _depart(self, indicateur: Indicateur, profil: Profil, lieu: str | None) -> int:
        """The count of the reference year, in whole units, so that « deux fois plus » is exact."""
        total = base(profil, self._repondant, indicateur.indicateur_id)
        lieux = self._repondant.lieux
        if not lieu:
            return arrondir(total, *self._cle(indicateur, lieu))
        if profil.chacun:
            return round(total) if lieu in lieux else 0
        sans_quartier = 0 if indicateur.unite_statistique in _UNITES_SITUEES else _PART_SANS_QUARTIER
        if lieu == SANS_QUARTIER:
            return arrondir(total * sans_quartier, *self._cle(indicateur, lieu))
        if not profil.bruit:  # a stock: the same 46 sites, whatever is counted of them
            return dict(zip(lieux, repartir(round(total), list(lieux.values())), strict=True)).get(lieu, 0)
        part = (1 - sans_quartier) * lieux.get(lieu, 0) / sum(lieux.values())
        cle = self._cle(indicateur, lieu)
        return arrondir(total * part * fluctuation(0.15, "lieu", *cle), *cle)

    def _partie(self, indicateur: Indicateur, profil: Profil, entier: int, lieu: str | None) -> int:
        cle = self._cle(indicateur, lieu)
        facteur = tendance(indicateur.indicateur_id, profil, self._quartier(lieu), self._annee)
        part = profil.taux * facteur * fluctuation(0.08, "part", *cle) * self._bruit(indicateur, profil, lieu)
        if profil.taux > _TAUX_BORNE:
            return arrondir(entier * part, "partie", *cle, self._graine(profil))
        return min(entier, arrondir(entier * min(part, _PART_MAXIMALE), "partie", *cle, self._graine(profil)))

    def _graine(self, profil: Profil) -> int:
        # Without noise, chance is drawn once for all the years: a site made green does not turn grey.
        return self._annee if profil.bruit else ANNEE_ZERO

    def _bruit(self, indicateur: Indicateur, profil: Profil, lieu: str | None) -> float:
        # A story told for a quartier is told exactly: « deux fois plus » must read as such.
        quartier = self._quartier(lieu)
        if quartier and recit(indicateur.indicateur_id, quartier) != recit(indicateur.indicateur_id, None):
            return 1.0
        return fluctuation(profil.bruit, "année", *self._cle(indicateur, lieu), self._annee)
