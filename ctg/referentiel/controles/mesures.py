"""The arithmetic of the measures: what each nature accepts, so that no total is ever wrong.

The rules, in words: docs/referentiel.md. A rate is a ratio of sums; a satisfaction is weighted by its
respondents; different persons are never added over periods, dated events (parametres.yml) are.
"""

from ctg.referentiel.erreurs import Journal
from ctg.referentiel.modeles import Indicateur
from ctg.referentiel.parametres import Parametres
from ctg.referentiel.referentiel import Referentiel

# nature: (saisies, aggregations over structures, aggregations over periods)
ACCEPTE = {
    "denombrement": (
        {"nombre"},
        {"somme", "somme_doubles", "unique", "aucune"},
        {"somme", "derniere", "aucune"},
    ),
    "taux": ({"rapport", "calcul"}, {"rapport", "unique", "aucune"}, {"rapport", "derniere", "aucune"}),
    "evolution": ({"calcul"}, {"somme", "rapport", "unique", "aucune"}, {"somme", "rapport", "aucune"}),
    "satisfaction": ({"satisfaction"}, {"ponderee", "unique", "aucune"}, {"rapport", "aucune"}),
    "jalon": ({"jalon"}, {"unique"}, {"derniere"}),
    "qualitatif": ({"texte", "niveau"}, {"unique", "aucune", "repartition"}, {"aucune"}),
}
OPERANDES = {"rapport": 2, "difference": 2, "evolution_reference": 1}


def controler_mesures(r: Referentiel, journal: Journal) -> None:
    """Note, on each indicator, what its nature, its unit or its respondent does not accept."""
    for indicateur in r.indicateurs.values():
        fautes = (
            *_nature(indicateur),
            *_personnes(indicateur, r.parametres),
            *_repondant(indicateur),
            *_periodes(indicateur),
            *_decoupes(indicateur),
            *_calcul(indicateur, r.indicateurs),
            *_secret_partage(indicateur, r.indicateurs.get(indicateur.secret_avec)),
        )
        for faute in fautes:
            journal.noter_sur(indicateur, f"{indicateur.indicateur_id} : {faute}")


def _nature(i: Indicateur):
    saisies, structures, periodes = ACCEPTE[i.nature]
    if i.saisie not in saisies:
        yield f"saisie « {i.saisie} » sans sens pour un indicateur de nature « {i.nature} »"
    if i.agregation_structures not in structures:
        yield f"agregation_structures « {i.agregation_structures} » sans sens pour la nature « {i.nature} »"
    if i.agregation_periodes not in periodes:
        yield f"agregation_periodes « {i.agregation_periodes} » sans sens pour la nature « {i.nature} »"
    rapport = i.nature in ("taux", "satisfaction") and i.definition == "arretee"
    if rapport and not (i.numerateur and i.denominateur):
        yield f"{i.nature} sans numérateur ou sans dénominateur"
    if (i.saisie == "niveau") != (i.agregation_structures == "repartition"):
        yield "un niveau se lit en répartition, et rien d’autre"
    if (i.saisie == "texte") != (i.unite_statistique is None):
        yield "unite_statistique : vide pour un texte, obligatoire sinon"


def _personnes(i: Indicateur, parametres: Parametres | None):
    """Persons who differ are not added over periods, nor over structures without saying so."""
    if i.agregation_structures == "somme_doubles" and not i.confidentiel:
        yield "« somme_doubles » ne vaut que pour des personnes ou des familles"
    if not i.confidentiel or i.nature not in ("denombrement", "evolution") or parametres is None:
        return
    if i.unite in parametres.unites_d_evenement:
        return
    if i.agregation_periodes == "somme":
        yield f"« {i.unite} » n’est pas une unité d’événement : pas de somme d’une période à l’autre"
    plusieurs = i.repondant == "structures" and i.unite not in parametres.unites_a_rattachement_unique
    if i.agregation_structures == "somme" and plusieurs:
        yield f"« {i.unite} » : doubles comptes possibles entre structures, écrire « somme_doubles »"


def _repondant(i: Indicateur):
    if i.repondant == "structures" and not i.types_repondants:
        yield "répondant « structures » sans types_repondants"
    if i.repondant != "structures" and i.types_repondants:
        yield f"types_repondants donnés alors que le répondant est « {i.repondant} »"
    if i.repondant == "structures" and i.agregation_structures == "unique":
        yield "« unique » ne vaut que pour un répondant unique, pas pour des structures"


def _periodes(i: Indicateur):
    if i.granularite != "trimestre":
        return
    if i.saisie != "nombre":
        yield "seul un nombre se demande par trimestre"
    if i.annee_type == "scolaire":
        yield "une année scolaire n’a pas de trimestres"
    if i.agregation_periodes == "aucune":
        yield "demandé par trimestre, mais ses trimestres ne se réunissent pas en année (agregation_periodes)"


def _decoupes(i: Indicateur):
    if i.saisie in ("texte", "jalon") and (i.ventilations or i.par_quartier):
        yield f"une saisie « {i.saisie} » ne se découpe ni par ventilation ni par quartier"
    if i.par_quartier and i.agregation_structures == "unique":
        yield "demandé par quartier, mais « unique » ne réunit pas les quartiers"


def _calcul(i: Indicateur, indicateurs: dict[str, Indicateur]):
    if (i.saisie == "calcul") != bool(i.calcul):
        yield "calcul : à remplir quand la saisie est « calcul », et seulement alors"
    if not i.calcul:
        return
    operation = i.calcul.split(":")[0]
    if OPERANDES.get(operation) != len(i.operandes):
        yield f"calcul « {i.calcul} » : attendu rapport:A:B, difference:A:B ou evolution_reference:A"
    for operande in (indicateurs[o] for o in i.operandes if o in indicateurs):
        if operande.calcul:
            yield f"l’opérande « {operande.indicateur_id} » est lui-même calculé"
        if (operande.repondant, operande.types_repondants) != (i.repondant, i.types_repondants):
            yield f"l’opérande « {operande.indicateur_id} » n’a pas le même répondant"
        if operande.annee_type != i.annee_type:
            yield f"l’opérande « {operande.indicateur_id} » n’a pas le même type d’année"


def _secret_partage(i: Indicateur, autre: Indicateur | None):
    """The secrecy of another measure holds place by place, period by period: both are asked alike."""
    if autre is None:
        return
    if not autre.confidentiel:
        yield f"secret_avec « {autre.indicateur_id} », qui ne compte ni personnes ni familles"
    elif (autre.repondant, autre.types_repondants) != (i.repondant, i.types_repondants):
        yield f"secret_avec « {autre.indicateur_id} », qui n’a pas le même répondant"
    elif (autre.annee_type, autre.granularite) != (i.annee_type, i.granularite):
        yield f"secret_avec « {autre.indicateur_id} », qui n’est pas demandé pour les mêmes périodes"
