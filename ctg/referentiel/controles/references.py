"""Every id mentioned anywhere exists."""

from ctg.referentiel.erreurs import Journal
from ctg.referentiel.modeles import Modalite
from ctg.referentiel.referentiel import Referentiel
from ctg.referentiel.vocabulaire import ETAPES_DECIDEES, QUARTIERS_SPECIAUX


def controler_references(r: Referentiel, modalites: tuple[Modalite, ...], journal: Journal) -> None:
    """Note each id that stands in no table (the mention of a row already refused is not noted again)."""
    lieux = {*r.quartiers, *QUARTIERS_SPECIAUX}
    villes = {r.parametres.convention.ville_id} if r.parametres else {c.territoire_id for c in r.cibles}
    objets = {*r.indicateurs, *r.chiffres_clefs, *r.vie_structure, *r.rubriques}
    nombres, leurs_fichiers = {*r.indicateurs, *r.vie_structure}, "indicateurs.csv, vie_structure.csv"
    # rows read, column, ids accepted, file the ids come from
    mentions = (
        (r.fiches, "axe_id", r.axes, "axes.csv"),
        (r.fiches, "referent_id", r.repondants, "repondants.csv"),
        (r.fiches, "mesure_phare", r.indicateurs, "indicateurs.csv"),
        (r.lignes, "fiche_id", r.fiches, "fiches.csv"),
        (r.indicateurs, "repondant", {*r.repondants, "structures"}, "repondants.csv"),
        (r.indicateurs, "types_repondants", r.types_structure, "types_structure.csv"),
        (r.indicateurs, "ventilations", r.ventilations, "ventilations.csv"),
        (r.indicateurs, "operandes", r.indicateurs, "indicateurs.csv"),
        (r.indicateurs, "secret_avec", r.indicateurs, "indicateurs.csv"),
        (r.liens, "indicateur_id", r.indicateurs, "indicateurs.csv"),
        (r.liens, "ligne_id", r.lignes, "lignes.csv"),
        (r.liens, "fiche_id", r.fiches, "fiches.csv"),
        (modalites, "ventilation_id", r.ventilations, "ventilations.csv"),
        (r.structures, "type_id", r.types_structure, "types_structure.csv"),
        (r.structures, "expediteur_id", r.expediteurs, "expediteurs.csv"),
        (r.structures, "quartier_id", lieux, "quartiers.csv"),
        (r.repondants, "axe_id", r.axes, "axes.csv"),
        (r.fonctions, "axe_id", r.axes, "axes.csv"),
        (r.fonctions, "etapes", ETAPES_DECIDEES, f"la liste {', '.join(ETAPES_DECIDEES)}"),
        (r.iris, "quartier_id", r.quartiers, "quartiers.csv"),
        (r.cibles, "indicateur_id", r.indicateurs, "indicateurs.csv"),
        (r.cibles, "territoire_id", lieux | villes, "quartiers.csv"),
        (r.rubriques, "types", r.types_structure, "types_structure.csv"),
        (r.chiffres_clefs, "somme_de", r.chiffres_clefs, "chiffres_clefs.csv"),
        (r.chiffres_clefs, "difference_de", r.chiffres_clefs, "chiffres_clefs.csv"),
        (r.vie_structure, "types", r.types_structure, "types_structure.csv"),
        (r.croisements, "fiche_id", r.fiches, "fiches.csv"),
        (r.calendrier, "quartier_id", r.quartiers, "quartiers.csv"),
        (r.relations, "partie_id", nombres, leurs_fichiers),
        (r.relations, "tout_id", nombres, leurs_fichiers),
        (
            r.formulations,
            "objet_id",
            objets,
            "indicateurs.csv, chiffres_clefs.csv, vie_structure.csv, rubriques.csv",
        ),
    )
    for objets, colonne, connus, fichier in mentions:
        for objet in objets.values() if isinstance(objets, dict) else objets:
            for cle in _cles(getattr(objet, colonne)):
                if cle not in connus and not any(journal.excuse(nom, cle) for nom in fichier.split(", ")):
                    journal.noter_sur(objet, f"{colonne} « {cle} » inconnu de {fichier}")


def _cles(valeur):
    if valeur is None:
        return ()
    return valeur if isinstance(valeur, tuple) else (valeur,)
