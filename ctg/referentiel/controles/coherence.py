"""The files agree with one another: ids, ranks, dates, and nothing left orphan."""

from collections.abc import Iterable

from ctg.referentiel.erreurs import Journal
from ctg.referentiel.modeles import Modalite
from ctg.referentiel.referentiel import Referentiel


def controler_coherence(r: Referentiel, modalites: tuple[Modalite, ...], journal: Journal) -> None:
    """Note what contradicts another file, or stands in none."""
    _lignes_imprimees(r, journal)
    _rattachements(r, journal)
    _structures(r, journal)
    _territoires(r, journal)
    _doubles(modalites, ("ventilation_id", "modalite_id"), journal)
    _doubles(r.liens, ("indicateur_id", "ligne_id", "fiche_id"), journal)
    _doubles(r.cibles, ("indicateur_id", "annee", "territoire_id"), journal)
    _doubles(r.croisements, ("fiche_id", "liste", "code"), journal)
    _doubles(r.relations, ("partie_id", "code", "tout_id"), journal)
    _doubles(r.calendrier, ("quartier_id", "periode_id"), journal)
    for ventilation in r.ventilations.values():
        if not ventilation.modalites and not journal.excuse("modalites.csv", ventilation.ventilation_id):
            journal.noter_sur(ventilation, f"ventilation « {ventilation.ventilation_id} » sans modalité")
    if r.parametres:
        _parametres(r, journal)


def _lignes_imprimees(r, journal):
    """A printed line is named fiche.résultat.rang, of a result its fiche prints, and has a measure."""
    mesurees = {lien.ligne_id for lien in r.liens}
    for ligne in r.lignes.values():
        attendu = f"{ligne.fiche_id}.{ligne.resultat_rang}.{ligne.rang}"
        if ligne.ligne_id != attendu:
            journal.noter_sur(ligne, f"ligne_id : fiche, résultat et rang donnent « {attendu} »")
        fiche, prose = r.fiches.get(ligne.fiche_id), f"fiches/{ligne.fiche_id}.yml"
        imprimes = {0, *(texte.rang for texte in fiche.resultats)} if fiche else {ligne.resultat_rang}
        if ligne.resultat_rang not in imprimes and prose not in journal.cles_cassees:
            journal.noter_sur(ligne, f"résultat {ligne.resultat_rang} absent de {prose}")
        if ligne.ligne_id not in mesurees and not journal.excuse("indicateur_lignes.csv", ligne.ligne_id):
            journal.noter_sur(ligne, f"ligne imprimée « {ligne.ligne_id} » sans mesure")


def _rattachements(r, journal):
    """Every measure stands first under the fiche it is named after; a headline measure is of its fiche."""
    fiches = {}
    for lien in r.liens:
        fiches.setdefault(lien.indicateur_id, []).append(lien.fiche_id)
        ligne = r.lignes.get(lien.ligne_id)
        if ligne and ligne.fiche_id != lien.fiche_id:
            journal.noter_sur(lien, f"la ligne « {lien.ligne_id} » n’est pas de la fiche « {lien.fiche_id} »")
    for indicateur in r.indicateurs.values():
        cle = indicateur.indicateur_id
        if cle not in fiches:
            if not journal.excuse("indicateur_lignes.csv", cle):
                journal.noter_sur(indicateur, f"mesure « {cle} » sans fiche")
        elif cle.split(".")[0] != fiches[cle][0]:
            journal.noter_sur(indicateur, f"mesure « {cle} » : sa première fiche est « {fiches[cle][0]} »")
    for fiche in r.fiches.values():
        phare = fiche.mesure_phare
        if phare in fiches and fiche.fiche_id not in fiches[phare]:
            journal.noter_sur(fiche, f"mesure_phare « {phare} » n’est pas une mesure de la fiche")


def _structures(r, journal):
    for structure in r.structures.values():
        ouverte, fermee = structure.ouverte_le, structure.fermee_le
        if ouverte and fermee and fermee < ouverte:
            journal.noter_sur(structure, f"fermée le {fermee} avant d’être ouverte le {ouverte}")
    envoyeurs = {structure.expediteur_id for structure in r.structures.values()}
    for expediteur in r.expediteurs.values():
        if expediteur.expediteur_id not in envoyeurs and "structures.csv" not in journal.cles_cassees:
            journal.noter_sur(expediteur, f"expéditeur « {expediteur.expediteur_id} » sans structure")


def _territoires(r, journal):
    for iris in r.iris.values():
        if iris.residentiel and not iris.quartier_id:
            journal.noter_sur(iris, f"IRIS résidentiel « {iris.code_iris} » sans quartier")


def _parametres(r, journal):
    p, fichier = r.parametres, "parametres.yml"
    if p.convention.fin < p.convention.debut:
        journal.noter(fichier, 1, f"convention : fin {p.convention.fin} avant début {p.convention.debut}")
    annees = [campagne.annee for campagne in p.campagnes]
    for annee in sorted({a for a in annees if annees.count(a) > 1}):
        journal.noter(fichier, 1, f"campagne {annee} écrite deux fois")
    for campagne in p.campagnes:
        if min(campagne.echeance, campagne.echeance_fiches or campagne.echeance).year < campagne.annee:
            journal.noter(fichier, 1, f"campagne {campagne.annee} : échéance avant l’année")
    for nom, part in (("seuil_etat", p.couverture.seuil_etat), ("seuil_stable", p.evolution.seuil_stable)):
        if not 0 <= part <= 1:
            journal.noter(fichier, 1, f"{nom} : {part} n’est pas une part entre 0 et 1")


def _doubles(objets: Iterable, colonnes: tuple[str, ...], journal: Journal) -> None:
    """Note each row whose `colonnes` together repeat those of a previous row."""
    vus = set()
    for objet in objets:
        cle = tuple(getattr(objet, colonne) for colonne in colonnes)
        if cle in vus:
            repetee = " · ".join(str(valeur) for valeur in cle if valeur is not None)
            journal.noter_sur(objet, f"« {repetee} » déjà écrit plus haut")
        vus.add(cle)
