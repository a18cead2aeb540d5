"""The draft of a workbook, accepted as proposed: what the page gathers when nothing is corrected on it."""

from dataclasses import dataclass

from ctg.referentiel import Referentiel
from etl.canevas.modeles import Lecture
from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.description import proposition, reperage, titrage
from etl.classeurs_libres.description.choix import Choix
from etl.classeurs_libres.description.ignorees import a_ignorer
from etl.classeurs_libres.description.redaction import rediger
from etl.classeurs_libres.description.reperage import FormulaireRepere, TableauRepere
from etl.classeurs_libres.lecture.classeur import lire_selon
from etl.classeurs_libres.mesures import mesures_connues
from pages.donnees.classeurs import assemblage, ignorees, laisses, libelles, rattachement, tableaux, titres
from pages.donnees.classeurs.colonnes import Decrit
from pages.donnees.classeurs.noms import Noms

ANNEE = 2025
# (structure, year, measure, modality or None) → what its cell says
Valeurs = dict[tuple[str, int, str, str | None], float]


@dataclass(frozen=True, slots=True)
class Accepte:
    """`justes`: how many expected values are read; `fausses`: those read that are not expected."""

    lecture: Lecture
    texte: str
    justes: int
    fausses: Valeurs


def choix_propose(feuilles: list[Feuille], nom: str, convention: Referentiel) -> Choix:
    """What is proposed of the workbook `nom`, every close structure retained."""
    reperes = titrage.titrer(feuilles, reperage.reperer(feuilles), convention)
    citees = proposition.structures_citees(feuilles, reperes, convention)
    mesures = mesures_connues(convention, ANNEE, citees)
    reperes = titrage.titrer_par_mesure(feuilles, reperes, mesures, convention)
    proposes = [proposition.proposer_tableau(feuilles, r, mesures, convention) for r in reperes]
    formulaires = proposition.proposer_formulaires(feuilles, reperes, mesures)
    retenus = [p for p in proposes if p.donne]  # the others are not ticked
    lus = [p.repere for p in retenus]
    muettes = _feuilles(feuilles, [p.repere for p in retenus if not p.dit_la_structure], formulaires)
    sans_annee = _feuilles(feuilles, [p.repere for p in retenus if not p.dit_l_annee], formulaires)
    qui, _ = proposition.dits(muettes, lus, nom, convention)
    _, quand = proposition.dits(sans_annee, lus, nom, convention)
    connues = {m.libelle: m for m in (*mesures, *proposition.mesures_de_ligne(mesures))}
    decrits = [
        Decrit(
            p,
            tableaux.choisies(tableaux.colonnes(p.colonnes), p.colonnes, connues),
            p.mesures_des_feuilles,
        )
        for p in retenus
    ]
    ailleurs = qui[0].libelles if qui else ()
    etiquettes = rattachement.etiquettes(convention)
    rattaches = rattachement.structures_a_confirmer(
        libelles.de_structures(decrits, ailleurs), etiquettes, convention, True
    )
    retenues = dict(zip(rattaches[rattachement.ECRIT], rattaches[rattachement.STRUCTURE], strict=True))
    mots = libelles.de_mesures(decrits, formulaires)
    dites = rattachement.mesures_a_confirmer(
        mots, proposition.mesures_de_ligne(mesures) if decrits else mesures
    )
    noms = Noms(
        {mot: etiquettes[r] for mot, r in retenues.items() if r in etiquettes},
        frozenset(mot for mot, r in retenues.items() if r == rattachement.PASSER),
        (),
        {
            mot: connues[r]
            for mot, r in zip(dites[rattachement.ECRIT], dites[rattachement.MESURE], strict=True)
            if r in connues
        },
    )
    par_feuille = bool(qui and qui[0].facette.get("nom_de_feuille"))
    return Choix(
        titre="Suivi",
        ecartes=laisses.non_coches(dict(enumerate(p.donne for p in proposes)), proposes, feuilles),
        nature="rapport",
        tableaux=tuple(
            assemblage.tableau(d, noms, par_feuille, False, convention)
            for d in decrits
            if not titres.est_passe(d.propose.repere.titres, noms)
        ),
        cases=assemblage.cases(formulaires, noms, bool(decrits)),
        structure=assemblage.facette_de_structure(qui[0].facette if qui else None, ailleurs, noms),
        feuilles_ignorees=a_ignorer(feuilles, {f.nom for f in _feuilles(feuilles, lus, formulaires)})
        | ignorees.passees(decrits, noms, par_feuille),
        annee=(quand[0].facette if quand else {"valeur": ANNEE}) if sans_annee else None,
    )


def _feuilles(
    feuilles: list[Feuille], reperes: list[TableauRepere], formulaires: tuple[FormulaireRepere, ...]
) -> list[Feuille]:
    noms = {nom for x in (*reperes, *formulaires) for nom in x.feuilles}
    return [f for f in feuilles if f.nom in noms]


def accepter(classeur: Classeur, nom: str, attendues: Valeurs, convention: Referentiel) -> Accepte:
    """What the accepted draft reads, held against what a person reads in the workbook.

    Raises ReferentielInvalide when the draft lacks something: the page says what.
    """
    texte = rediger(choix_propose([f for f in classeur.feuilles if f.rangees], nom, convention))
    lecture = lire_selon(declaration(texte, "suivi", convention), classeur, nom, convention)
    lues = valeurs_lues(lecture)
    fausses = {cle: v for cle, v in lues.items() if attendues.get(cle) != v}
    return Accepte(lecture, texte, len(lues) - len(fausses), fausses)


def valeurs_lues(lecture: Lecture) -> Valeurs:
    """What a reading holds, as a person would say it."""
    return {
        (
            f.repondant_id,
            f.annee,
            f"{c.rubrique}:{c.objet_id}",
            f"{c.ventilation}={c.modalite}" if c.ventilation else None,
        ): c.valeur
        for f in lecture.formulaires
        for c in f.cellules
        if c.etat == "valeur" and c.valeur is not None
    }
