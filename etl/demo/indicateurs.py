"""What a respondent writes in the rows of one measure, from the numbers of `mesures`."""

from ctg.referentiel import Indicateur, Referentiel
from etl.canevas.grammaire import SANS_OBJET, TRIMESTRES, Cle
from etl.canevas.plan import Ligne, Question
from etl.demo.alea import fluctuation, repartir, tirage
from etl.demo.mesures import SANS_QUARTIER, Mesures, Rapport
from etl.demo.profils import ANNEE_ZERO, Repondant
from etl.demo.repartitions import part_non_exclusive, poids_de, repartir_sous_plafonds
from etl.demo.scenarios import Scenario, sans_objet

Reponses = dict[tuple[str, str], object]
# The second and fourth quarters are the busiest: spring and the return to school.
_SAISONS = (26, 28, 15, 31)


class Redacteur:
    """Fills the rows of the measures of one form: who answers, which year, in which scenario."""

    def __init__(
        self, referentiel: Referentiel, repondant: Repondant, annee: int, scenario: Scenario
    ) -> None:
        self._referentiel = referentiel
        self.repondant = repondant
        self.annee = annee
        self._scenario = scenario
        self._mesures = Mesures(referentiel, repondant, annee)

    def remplir(self, question: Question) -> Reponses:
        """{(row key, code): value} for a measure entered as numbers; nothing where it is left blank."""
        indicateur = self._referentiel.indicateurs[question.lignes[0].cle.objet_id]
        repondant_id = self.repondant.repondant_id
        if not self._scenario.repond(indicateur, repondant_id, self.annee):
            return {}
        if sans_objet(repondant_id, indicateur.indicateur_id):
            return {
                (str(ligne.cle), code): SANS_OBJET
                for ligne in question.lignes
                for code in ligne.codes
                if not ligne.cle.ventilation
            }
        totaux = [ligne for ligne in question.lignes if not ligne.cle.ventilation]
        details = [ligne for ligne in question.lignes if ligne.cle.ventilation]
        match question.saisie:
            case "niveau":
                return {
                    (str(ligne.cle), "niveau"): self._niveau(indicateur, ligne.cle)
                    for ligne in question.lignes
                }
            case "satisfaction":
                return self._satisfactions(indicateur, totaux)
            case "rapport":
                return self._rapports(indicateur, totaux, details)
            case _:
                return self._nombres(indicateur, totaux, details)

    def _desservi(self, ligne: Ligne) -> bool:
        lieu = ligne.cle.quartier_id
        return lieu in (None, SANS_QUARTIER) or lieu in self.repondant.lieux

    def _nombres(self, indicateur: Indicateur, totaux: list[Ligne], details: list[Ligne]) -> Reponses:
        reponses: Reponses = {}
        ensemble = 0
        for ligne in totaux:
            if not self._desservi(ligne):
                reponses |= _partout_sans_objet(ligne)
                continue
            valeur = self._mesures.nombre(indicateur, ligne.cle.quartier_id)
            ensemble += valeur
            valeurs = (
                (valeur,) if ligne.codes == ("valeur",) else self._trimestres(indicateur, ligne.cle, valeur)
            )
            reponses |= {(str(ligne.cle), code): v for code, v in zip(ligne.codes, valeurs, strict=True)}
        for lignes in self._ventilations(indicateur, details):
            parts = self._parts(indicateur, lignes, ensemble)
            reponses |= {(str(ligne.cle), "valeur"): v for ligne, v in zip(lignes, parts, strict=True)}
        return reponses

    def _parts(self, indicateur: Indicateur, lignes: list[Ligne], total: int) -> list[int]:
        """The modalities of a breakdown: they add up to the total, or overlap when they exclude nothing."""
        poids = self._poids(indicateur, lignes)
        if self._referentiel.ventilations[lignes[0].cle.ventilation].exclusive:
            return repartir(total, poids)
        qui = self.repondant.repondant_id
        return [
            part_non_exclusive(total, p, qui, str(ligne.cle), self.annee)
            for ligne, p in zip(lignes, poids, strict=True)
        ]

    def _trimestres(self, indicateur: Indicateur, cle: Cle, total: int) -> list[int]:
        graine = (self.repondant.repondant_id, indicateur.indicateur_id, cle.quartier_id, self.annee)
        poids = [
            saison * fluctuation(0.12, trimestre, *graine)
            for trimestre, saison in zip(TRIMESTRES, _SAISONS, strict=True)
        ]
        return repartir(total, poids)

    def _rapports(self, indicateur: Indicateur, totaux: list[Ligne], details: list[Ligne]) -> Reponses:
        reponses: Reponses = {}
        numerateur = denominateur = 0
        for ligne in totaux:
            rapport = self._mesures.rapport(indicateur, ligne.cle.quartier_id)
            if not self._desservi(ligne) or rapport.denominateur == 0:
                # « Sans quartier précis » is left blank when there is nothing to say there.
                reponses |= {} if ligne.cle.quartier_id == SANS_QUARTIER else _partout_sans_objet(ligne)
                continue
            numerateur += rapport.numerateur
            denominateur += rapport.denominateur
            reponses[str(ligne.cle), "numerateur"] = rapport.numerateur
            reponses[str(ligne.cle), "denominateur"] = rapport.denominateur
        for lignes in self._ventilations(indicateur, details):
            reponses |= self._detailler(indicateur, lignes, Rapport(numerateur, denominateur))
        return reponses

    def _detailler(self, indicateur: Indicateur, lignes: list[Ligne], total: Rapport) -> Reponses:
        if lignes[0].codes == ("numerateur",):
            parts = self._parts(indicateur, lignes, total.numerateur)
            return {(str(ligne.cle), "numerateur"): v for ligne, v in zip(lignes, parts, strict=True)}
        if autre := self._mesures.numerateur_de(indicateur):  # the same details are told where it is asked
            numerateurs = self._parts(autre, lignes, total.numerateur)
            denominateurs = repartir(total.denominateur, numerateurs)
        else:
            denominateurs = repartir(total.denominateur, self._poids(indicateur, lignes))
            numerateurs = repartir_sous_plafonds(total.numerateur, denominateurs, denominateurs)
        return {
            (str(ligne.cle), code): valeur
            for ligne, *valeurs in zip(lignes, numerateurs, denominateurs, strict=True)
            for code, valeur in zip(("numerateur", "denominateur"), valeurs, strict=True)
        }

    def _satisfactions(self, indicateur: Indicateur, totaux: list[Ligne]) -> Reponses:
        reponses: Reponses = {}
        for ligne in totaux:
            if ligne.cle.quartier_id == SANS_QUARTIER:
                continue  # a questionnaire is handed out somewhere
            avis = self._mesures.satisfaction(indicateur, ligne.cle.quartier_id)
            for code, valeur in (
                ("proposes", avis.proposes),
                ("repondants", avis.repondants),
                ("satisfaits", avis.satisfaits),
            ):
                reponses[str(ligne.cle), code] = valeur
        return reponses

    def _niveau(self, indicateur: Indicateur, cle: Cle) -> int:
        """A level of 1 to 4 that rises by one at most over the years."""
        graine = (self.repondant.repondant_id, indicateur.indicateur_id, cle.modalite)
        depart = tirage("niveau", *graine).choice((1, 2, 2, 3))
        annee_du_progres = ANNEE_ZERO + tirage("progrès", *graine).randint(1, 5)
        return depart + (self.annee >= annee_du_progres)

    def _ventilations(self, indicateur: Indicateur, details: list[Ligne]) -> list[list[Ligne]]:
        par_ventilation: dict[str, list[Ligne]] = {}
        for ligne in details:
            par_ventilation.setdefault(ligne.cle.ventilation, []).append(ligne)
        repondant_id = self.repondant.repondant_id
        return [
            lignes
            for ventilation, lignes in par_ventilation.items()
            if self._scenario.detaille(repondant_id, indicateur.indicateur_id, ventilation, self.annee)
        ]

    def _poids(self, indicateur: Indicateur, lignes: list[Ligne]) -> list[float]:
        return [
            poids_de(
                self._referentiel,
                self.repondant,
                indicateur.indicateur_id,
                ligne.cle.ventilation,
                ligne.cle.modalite,
                self.annee,
            )
            for ligne in lignes
        ]


def _partout_sans_objet(ligne: Ligne) -> Reponses:
    return {(str(ligne.cle), code): SANS_OBJET for code in ligne.codes}
