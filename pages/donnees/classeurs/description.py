"""The steps that describe an opened workbook: each proposes, the officer corrects, the last one shows."""

from ctg.referentiel import Referentiel
from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration.modele import Declaration
from etl.classeurs_libres.description import proposition, reperage, titrage
from etl.classeurs_libres.description.choix import Choix
from etl.classeurs_libres.description.reperage import FormulaireRepere, TableauRepere
from etl.classeurs_libres.mesures import mesures_connues
from pages.commun.textes import vide
from pages.donnees.classeurs import (
    assemblage,
    attribution,
    colonnes,
    conclusion,
    ignorees,
    laisses,
    libelles,
    noms,
    origine,
    reperes,
    titres,
)


def decrire(
    nom: str,
    classeur: Classeur,
    referentiel: Referentiel,
    connues: tuple[Declaration, ...],
    annee: int,
    cle: str,
) -> None:
    """Steps 2 to 5 for the workbook `nom`; `cle` tells its widgets from those of another file."""
    feuilles = [f for f in classeur.feuilles if f.rangees]
    if not feuilles:
        vide("Ce classeur est vide.", "Demandez le fichier rempli.")
        return
    trouves = titrage.titrer(feuilles, reperage.reperer(feuilles), referentiel)
    citees = proposition.structures_citees(feuilles, trouves, referentiel)
    mesures = mesures_connues(referentiel, annee, citees)
    trouves = titrage.titrer_par_mesure(feuilles, trouves, mesures, referentiel)
    proposes = [proposition.proposer_tableau(feuilles, r, mesures, referentiel) for r in trouves]
    formulaires = proposition.proposer_formulaires(feuilles, trouves, mesures)
    a_lire, coches = reperes.choisir(feuilles, proposes, formulaires, cle)
    if not a_lire and not formulaires:
        vide(
            "Rien dans ce classeur ne ressemble à ce que la convention demande.",
            "S’il contient des réponses, cochez leur tableau, ou ajoutez une ligne : sa feuille et sa ligne "
            "d’en-tête.",
        )
        return

    retenus = [proposition.proposer_tableau(feuilles, r, mesures, referentiel) for r in a_lire]
    muettes = _feuilles(feuilles, [t.repere for t in retenus if not t.dit_la_structure], formulaires)
    sans_annee = _feuilles(feuilles, [t.repere for t in retenus if not t.dit_l_annee], formulaires)
    qui, _ = proposition.dits(muettes, a_lire, nom, referentiel)
    _, quand = proposition.dits(sans_annee, a_lire, nom, referentiel)
    dit = attribution.demander(qui, quand, (not muettes, not sans_annee), nom, referentiel, annee, cle)
    if dit.structures or dit.fiche:  # asked of that type, of that fiche: the others would be refused
        mesures = mesures_connues(referentiel, annee, dit.structures, dit.fiche)
        retenus = [proposition.proposer_tableau(feuilles, r, mesures, referentiel) for r in a_lire]
        cle = f"{cle}_{dit.fiche or '_'.join(dit.structures)}"

    seuil = referentiel.parametres.confidentialite.seuil_personnes
    decrits = colonnes.choisir(retenus, {f.nom: f for f in feuilles}, mesures, seuil, cle) if retenus else []
    rattaches = noms.rattacher(
        libelles.de_structures(decrits, dit.libelles),
        libelles.de_mesures(decrits, formulaires),
        mesures if not decrits else proposition.mesures_de_ligne(mesures),
        referentiel,
        cle,
    )
    titre, nature, source, additionner = origine.demander(nom, cle)
    decrites = {f.nom for f in _feuilles(feuilles, a_lire, formulaires)}
    a_taire = ignorees.demander(feuilles, decrites, cle)
    par_feuille = bool(dit.structure and dit.structure.get("nom_de_feuille"))
    choix = Choix(
        titre=titre,
        nature=nature,
        tableaux=tuple(
            assemblage.tableau(d, rattaches, par_feuille, additionner, referentiel)
            for d in decrits
            if not titres.est_passe(d.propose.repere.titres, rattaches)
        ),
        cases=assemblage.cases(formulaires, rattaches, bool(decrits)),
        structure=assemblage.facette_de_structure(dit.structure, dit.libelles, rattaches),
        fiche={"valeur": dit.fiche} if dit.fiche else None,
        annee=dit.annee,
        source=source,
        ecartes=laisses.non_coches(coches, proposes, feuilles),
        feuilles_ignorees=a_taire | ignorees.passees(decrits, rattaches, par_feuille),
    )
    if dit.attend_un_choix:
        vide("De quelle structure sont ces chiffres ?", "Choisissez-la à l’étape 3.")
        return
    conclusion.conclure(choix, classeur, nom, referentiel, connues, rattaches.en_suspens, cle)


def _feuilles(
    feuilles: list[Feuille], reperes: list[TableauRepere], formulaires: tuple[FormulaireRepere, ...]
) -> list[Feuille]:
    """The sheets that these tables and forms stand on."""
    noms_lus = {nom for x in (*reperes, *formulaires) for nom in x.feuilles}
    return [f for f in feuilles if f.nom in noms_lus]
