"""The convention, from its frozen dataclasses to the dimensions of schema `interne`."""

from collections.abc import Iterable, Iterator

import duckdb

from ctg.referentiel.modeles import Indicateur
from ctg.referentiel.questions import Relation
from ctg.referentiel.referentiel import Referentiel
from etl.insertion import inserer

LIEUX_HORS_QUARTIERS = (("ville", "Ville entière", 101), ("hors-dijon", "Hors de la ville", 102))

# a ratio is recomposed from its parts at every level, a number is added up: the form of the answer decides
_FORMES = {
    "nombre": "nombre",
    "rapport": "rapport",
    "satisfaction": "rapport",
    "jalon": "jalon",
    "texte": "texte",
    "niveau": "niveau",
}
_FORMES_CALCULEES = {"rapport": "rapport", "difference": "nombre", "evolution_reference": "evolution"}


def charger_convention(
    connexion: duckdb.DuckDBPyConnection, referentiel: Referentiel, annees: Iterable[int] = ()
) -> None:
    """Fill the dimensions. `annees`: civil years met in the forms, beside those of the convention."""
    convention = referentiel.parametres.convention
    campagnes = {c.annee: c for c in referentiel.parametres.campagnes}
    reference = referentiel.parametres.annee_reference
    ouvertes = annees_de_campagne(referentiel, annees)
    toutes = sorted({*range(min(reference, convention.debut), convention.fin + 1), *ouvertes})
    for table, lignes in _tables(referentiel, toutes).items():
        inserer(connexion, f"interne.{table}", lignes)
    inserer(
        connexion,
        "interne.campagne",
        (
            {
                "annee": a,
                "echeance": campagnes[a].echeance if a in campagnes else None,
                "echeance_fiches": campagnes[a].echeance_fiches if a in campagnes else None,
                "reference": a == reference,
            }
            for a in sorted(ouvertes)
        ),
    )


def annees_de_campagne(referentiel: Referentiel, annees: Iterable[int]) -> set[int]:
    """The years of `interne.campagne`: those the convention declares, and those met in the forms."""
    p = referentiel.parametres
    return {p.annee_reference, *(c.annee for c in p.campagnes), *annees}


def _tables(r: Referentiel, annees: list[int]) -> dict[str, Iterator[dict]]:
    """Rows by table, in the order the foreign keys ask for."""
    return {
        "parametre": _parametres(r),
        "axe": _colonnes(r.axes, "axe_id rang titre referent"),
        "fiche": _colonnes(r.fiches, "fiche_id axe_id rang titre referent_id mesure_phare remarque"),
        "fiche_texte": _prose(r),
        "ligne": _colonnes(r.lignes, "ligne_id fiche_id resultat_rang rang libelle source remarque"),
        "quartier": _colonnes(r.quartiers, "quartier_id nom rang qpv cite_educative"),
        "lieu": _lieux(r),
        "iris": _colonnes(
            r.iris, "code_iris nom typ_iris quartier_id certitude residentiel population version"
        ),
        "type_structure": _colonnes(r.types_structure, "type_id libelle rang"),
        "expediteur": _colonnes(r.expediteurs, "expediteur_id nom genre"),
        "repondant": _colonnes(r.repondants, "repondant_id libelle"),
        "structure": _colonnes(
            r.structures,
            "structure_id nom type_id gestionnaire expediteur_id adresse code_postal ville quartier_id"
            " multisite certitude certitude_note ouverte_le fermee_le eligible_bonus annexe source",
        ),
        "ouverture": (
            {"structure_id": s.structure_id, "annee": annee}
            for s in r.structures.values()
            for annee in annees
            if s.ouverte_en(annee)
        ),
        "ventilation": (
            {"ventilation": v.ventilation_id, "libelle": v.libelle, "exclusive": v.exclusive}
            for v in r.ventilations.values()
        ),
        "modalite": (
            {"ventilation": v.ventilation_id, "modalite": m.modalite_id, "libelle": m.libelle, "rang": m.rang}
            for v in r.ventilations.values()
            for m in v.modalites
        ),
        "indicateur": (_indicateur(i) for i in r.indicateurs.values()),
        "indicateur_type": (
            {"indicateur_id": i.indicateur_id, "type_id": t}
            for i in r.indicateurs.values()
            for t in _types_repondants(i, r)
        ),
        "indicateur_ventilation": (
            {"indicateur_id": i.indicateur_id, "ventilation": v}
            for i in r.indicateurs.values()
            for v in i.ventilations
        ),
        "indicateur_ligne": (
            {
                "indicateur_id": lien.indicateur_id,
                "ligne_id": lien.ligne_id,
                "fiche_id": lien.fiche_id,
                "formulaire": lien.fiche_id == r.fiche_de(lien.indicateur_id),
            }
            for lien in r.liens
        ),
        "cible": _colonnes(r.cibles, "indicateur_id annee territoire_id valeur origine"),
        "croisement": _colonnes(r.croisements, "fiche_id liste code libelle origine"),
        "rubrique": _colonnes(r.rubriques, "rubrique_id formulaire libelle rang"),
        "relation": (ligne for relation in _relations(r) for ligne in _relation(relation, r)),
        "poste": _colonnes(r.chiffres_clefs, "poste_id libelle bloc rang niveau somme_de difference_de"),
        "champ": (
            {**ligne, "rang": rang}
            for rang, ligne in enumerate(
                _colonnes(r.vie_structure, "champ_id libelle unite unite_statistique"), 1
            )
        ),
        "periode": (periode for annee in annees for periode in periodes(annee)),
        "periode_filiation": (filiation for annee in annees for filiation in _filiations(annee)),
    }


def _colonnes(objets: dict | tuple, noms: str) -> Iterator[dict]:
    """The named attributes of each object, as a row."""
    attributs = noms.split()
    for objet in objets.values() if isinstance(objets, dict) else objets:
        yield {nom: list(v) if isinstance(v := getattr(objet, nom), tuple) else v for nom in attributs}


def _lieux(r: Referentiel) -> Iterator[dict]:
    for q in r.quartiers.values():
        yield {"quartier_id": q.quartier_id, "nom": q.nom, "rang": q.rang, "est_quartier": True}
    for lieu_id, nom, rang in LIEUX_HORS_QUARTIERS:
        yield {"quartier_id": lieu_id, "nom": nom, "rang": rang, "est_quartier": False}


def _prose(r: Referentiel) -> Iterator[dict]:
    for fiche in r.fiches.values():
        for rubrique, textes in (
            ("objectif", fiche.objectifs),
            ("objectif_operationnel", fiche.objectifs_operationnels),
            ("resultat", fiche.resultats),
        ):
            for t in textes:
                yield {
                    "fiche_id": fiche.fiche_id,
                    "rubrique": rubrique,
                    "rang": t.rang,
                    "texte": t.texte,
                    "source": t.source,
                }


def _relations(r: Referentiel) -> Iterable[Relation]:
    """What a computed percentage says, the first of its terms is a part, and those that are declared."""
    calculees = (
        Relation(i.operandes[0], "valeur", i.operandes[1], "partie", i.source)
        for i in r.indicateurs.values()
        if i.calcul and i.calcul.startswith("rapport:") and i.unite == "%"
    )
    return {(x.partie_id, x.code, x.tout_id): x for x in (*calculees, *r.relations)}.values()


def _relation(relation: Relation, r: Referentiel) -> Iterator[dict]:
    """Its row, with what tells it; none when one of the two questions is not asked."""
    questions = r.indicateurs | r.vie_structure
    if not {relation.partie_id, relation.tout_id} <= set(questions):
        return
    partie, tout = questions[relation.partie_id], questions[relation.tout_id]
    (ligne,) = _colonnes((relation,), "partie_id code tout_id relation")
    yield {
        **ligne,
        "terme": None if relation.code == "valeur" else getattr(partie, relation.code),
        "question": getattr(partie, "question", partie.libelle),
        "unite_statistique": partie.unite_statistique,
        "tout_question": getattr(tout, "question", tout.libelle),
        "tout_unite_statistique": tout.unite_statistique,
        "muette": any(getattr(question, "secret_avec", None) for question in (partie, tout)),
    }


def _types_repondants(indicateur: Indicateur, r: Referentiel) -> tuple[str, ...]:
    """A computed measure is answered by those who answer its operands."""
    if indicateur.types_repondants or not indicateur.operandes:
        return indicateur.types_repondants
    return r.indicateurs[indicateur.operandes[0]].types_repondants


def _indicateur(i: Indicateur) -> dict:
    operation = i.calcul.split(":")[0] if i.calcul else None
    operandes = (*i.operandes, None, None)
    (ligne,) = _colonnes(
        (i,),
        "indicateur_id libelle question nature unite unite_statistique sens numerateur denominateur repondant"
        " saisie calcul agregation_structures agregation_periodes annee_type granularite par_quartier"
        " territoire_de definition source_existante origine ordre secret_avec source depuis facteur",
    )
    return {
        **ligne,
        "forme": _FORMES_CALCULEES[operation] if operation else _FORMES[i.saisie],
        "operation": operation,
        "operande_a": operandes[0],
        "operande_b": operandes[1],
    }


def _parametres(r: Referentiel) -> Iterator[dict]:
    p = r.parametres
    for cle, valeur, libelle in (
        ("convention.id", p.convention.id, "Identifiant de la convention"),
        ("convention.titre", p.convention.titre, "Convention"),
        ("convention.ville", p.convention.ville, "Ville"),
        ("convention.ville_id", p.convention.ville_id, "Identifiant de la ville"),
        ("convention.commune_insee", p.convention.commune_insee, "Code Insee de la commune"),
        ("convention.partenaire", p.convention.partenaire, "Partenaire"),
        ("convention.debut", p.convention.debut, "Première année"),
        ("convention.fin", p.convention.fin, "Dernière année"),
        ("annee_reference", p.annee_reference, "Année de référence"),
        ("annee_scolaire", p.annee_scolaire, "Règle de l’année scolaire"),
        (
            "confidentialite.seuil_personnes",
            p.confidentialite.seuil_personnes,
            "Effectif de personnes à partir duquel un nombre est montré (zéro l’est toujours)",
        ),
        (
            "confidentialite.seuil_taux",
            p.confidentialite.seuil_taux,
            "Nombre de personnes à partir duquel un taux est montré",
        ),
        (
            "confidentialite.seuil_satisfaction",
            p.confidentialite.seuil_satisfaction,
            "Nombre de répondants à partir duquel une satisfaction est montrée",
        ),
        ("confidentialite.statut", p.confidentialite.statut, "Qui a fixé ces seuils"),
        (
            "couverture.seuil_etat",
            p.couverture.seuil_etat,
            "Part des répondants en dessous de laquelle aucun état n’est calculé",
        ),
        (
            "evolution.seuil_stable",
            p.evolution.seuil_stable,
            "Évolution relative (ou écart de taux) en dessous de laquelle on lit « stable »",
        ),
    ):
        yield {"cle": cle, "valeur": str(valeur), "libelle": libelle}


def periodes(annee: int) -> Iterator[dict]:
    """The periods of a year: civil year, school year ending in it, semesters, quarters."""
    definitions = [
        (f"{annee}", "civile", f"{annee}"),
        (f"{annee - 1}-{annee}", "scolaire", f"Année scolaire {annee - 1}-{annee}"),
        *((f"{annee}-S{n}", "semestre", f"{_ordinal(n)} semestre {annee}") for n in (1, 2)),
        *((f"{annee}-T{n}", "trimestre", f"{_ordinal(n)} trimestre {annee}") for n in (1, 2, 3, 4)),
    ]
    for rang, (periode_id, genre, libelle) in enumerate(definitions, 1):
        yield {"periode_id": periode_id, "genre": genre, "annee": annee, "libelle": libelle, "rang": rang}


def _filiations(annee: int) -> Iterator[dict]:
    for trimestre in (1, 2, 3, 4):
        enfant = f"{annee}-T{trimestre}"
        yield {"parent_id": f"{annee}", "enfant_id": enfant}
        yield {"parent_id": f"{annee}-S{(trimestre + 1) // 2}", "enfant_id": enfant}


def _ordinal(n: int) -> str:
    return "1er" if n == 1 else f"{n}e"
