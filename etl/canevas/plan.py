"""What each form asks: the rows of a structure's report and of a fiche's, in the order they are printed.

One plan serves the writer (which prints it), the reader (which expects it) and the fictional campaign.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ctg.referentiel import Indicateur, Referentiel, Structure
from ctg.referentiel.questions import ChampVieStructure, PosteChiffreClef, Rubrique
from etl.canevas.grammaire import CODES_EXERCICES, CODES_PAR_SAISIE, TRIMESTRES, Cle
from etl.canevas.reponse.nombres import Nature

SANS_QUARTIER = "ville"  # the row « sans quartier précis »
# The state a référent declares for a fiche (annexe 5, 001:1936-1939), beside the rubrics of the referential.
RUBRIQUE_ETAT = "etat_avancement"
_RUBRIQUES_EN_TETE = ("phrase",)
# Entered in whole units; the other units (days, m², kWh, posts) may have decimals.
_UNITES_ENTIERES = frozenset(
    {"personne", "famille", "structure", "projet", "action", "espace", "document", "site", "place"}
)
_NATURES_FIXES = {
    "etat": Nature.ETAT,
    "prevu_le": Nature.DATE,
    "realise_le": Nature.DATE,
    "avancement": Nature.POURCENTAGE,
    "texte": Nature.TEXTE,
    "niveau": Nature.NIVEAU,
    "proposes": Nature.ENTIER,
    "repondants": Nature.ENTIER,
    "satisfaits": Nature.ENTIER,
}
# An average is no count: « effectif moyen », « demi-somme des entrées et des sorties » (EN-2.0.3-a).
_MOYENNE = re.compile(r"\bmoyen|\bdemi-somme")
# Within a fiche, questions of a kind stand together: their captions are printed once.
_ORDRE_SAISIES = ("jalon", "nombre", "rapport", "satisfaction", "niveau", "texte")


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row with input cells: its key, the codes and natures of its cells, the words at their left.

    `objet` names what is measured; it is what a message quotes. `unite` is that of what is typed,
    `unite_rappel` that of last year's value when it differs (two counts are typed, a rate is recalled).
    """

    cle: Cle
    codes: tuple[str, ...]
    natures: tuple[Nature, ...]
    libelle: str
    unite: str
    objet: str
    sous_titre: str = ""  # announces the rows of a breakdown
    retrait: int = 0  # 1 under the row that it details, 2 under a detail
    unite_rappel: str = ""
    confidentielle: bool = False  # counts people or families: a small number is not copied in a message

    @property
    def nom(self) -> str:
        """The row as a message names it: « Enfants admis », « Enfants admis, Grésilles »."""
        detail = self.cle.quartier_id or self.cle.ventilation
        return f"{self.objet}, {self.libelle}" if detail else self.objet


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in words, and its rows: one, or one per quartier, then its « dont … » by breakdown."""

    intitule: str
    aide: str
    saisie: str  # as in the referential, or trimestre | compte | etat
    lignes: tuple[Ligne, ...]
    scolaire: bool = False  # asked for the school year that ends in the year of the form


@dataclass(frozen=True, slots=True)
class Section:
    titre: str
    questions: tuple[Question, ...]


def lignes(sections: Iterable[Section]) -> dict[str, Ligne]:
    """Every row of a form by the text of its key."""
    return {str(ligne.cle): ligne for section in sections for q in section.questions for ligne in q.lignes}


def plan_structure(referentiel: Referentiel, structure: Structure, annee: int) -> tuple[Section, ...]:
    """What the report of `structure` asks for `annee`; sections without a question are left out."""
    type_id = structure.type_id
    vie = tuple(_vie(champ) for champ in referentiel.vie_structure.values() if type_id in champ.types)
    indicateurs = referentiel.indicateurs_de_structure(structure, annee)
    comptes = ()
    if referentiel.types_structure[type_id].chiffres_clefs:
        comptes = tuple(_compte(poste) for poste in referentiel.chiffres_clefs.values())
    rubriques = tuple(
        _rubrique(rubrique)
        for rubrique in referentiel.rubriques.values()
        if rubrique.formulaire == "structure" and (not rubrique.types or type_id in rubrique.types)
    )
    sections = (
        Section("Vie de la structure", vie),
        *_par_fiche(referentiel, indicateurs, structure.multisite),
        Section("Chiffres clefs sur trois exercices, en euros", comptes),
        Section("Bilan qualitatif", rubriques),
    )
    return tuple(section for section in sections if section.questions)


def plan_fiche(referentiel: Referentiel, fiche_id: str, annee: int | None = None) -> tuple[Section, ...]:
    """What the référent enters for a fiche: state and jalons, measures by accountable respondent, words.

    For `annee`, or for any year.
    """
    indicateurs = referentiel.indicateurs_de_fiche_formulaire(fiche_id, annee)
    rubriques = {r.rubrique_id: r for r in referentiel.rubriques.values() if r.formulaire == "fiche"}
    en_tete = tuple(_rubrique(rubriques.pop(cle)) for cle in _RUBRIQUES_EN_TETE if cle in rubriques)
    jalons = tuple(_question(referentiel, i, False) for i in indicateurs if i.saisie == "jalon")
    sections = [Section("État d’avancement et jalons", (_etat_declare(), *en_tete, *jalons))]
    for repondant_id, repondant in referentiel.repondants.items():
        siens = [i for i in indicateurs if i.repondant == repondant_id and i.saisie != "jalon"]
        questions = _questions(referentiel, siens, True)
        sections.append(Section(f"Mesures de la ville entière, données par : {repondant.libelle}", questions))
    suite = tuple(_rubrique(rubrique) for rubrique in rubriques.values())
    sections.append(Section("Moyens, effets, participation, suites", suite))
    return tuple(section for section in sections if section.questions)


def est_par_quartier(indicateur: Indicateur, plusieurs_sites: bool) -> bool:
    """True when a measure is entered by quartier: asked so, of a respondent that covers several of them.

    Texts and jalons speak of the whole. The architecture forbids spreading a city's figure over quartiers,
    hence the row « sans quartier précis », and no typed total.
    """
    return plusieurs_sites and indicateur.par_quartier and indicateur.saisie not in ("texte", "jalon")


def _par_fiche(
    referentiel: Referentiel, indicateurs: tuple[Indicateur, ...], plusieurs_sites: bool
) -> Iterable[Section]:
    par_fiche = defaultdict(list)
    for indicateur in indicateurs:
        par_fiche[referentiel.fiche_de(indicateur.indicateur_id)].append(indicateur)
    for fiche in referentiel.fiches.values():
        siens = par_fiche[fiche.fiche_id]
        yield Section(f"{fiche.fiche_id} · {fiche.titre}", _questions(referentiel, siens, plusieurs_sites))


def _questions(
    referentiel: Referentiel, indicateurs: list[Indicateur], plusieurs_sites: bool
) -> tuple[Question, ...]:
    ranges = sorted(indicateurs, key=lambda indicateur: _ORDRE_SAISIES.index(indicateur.saisie))
    return tuple(_question(referentiel, indicateur, plusieurs_sites) for indicateur in ranges)


def _question(referentiel: Referentiel, indicateur: Indicateur, plusieurs_sites: bool) -> Question:
    saisie = indicateur.saisie
    if saisie == "nombre" and indicateur.granularite == "trimestre":
        saisie = "trimestre"
    codes = TRIMESTRES if saisie == "trimestre" else CODES_PAR_SAISIE[saisie]
    # A jalon is asked by its name: « Où en est ce jalon ? » says nothing once out of its row.
    intitule = indicateur.libelle if saisie == "jalon" else indicateur.question
    details = [
        (v, Cle("i", indicateur.indicateur_id, None, v.ventilation_id, m.modalite_id), m.libelle)
        for v in map(referentiel.ventilations.__getitem__, indicateur.ventilations)
        for m in v.modalites
    ]
    lignes_question = []
    if est_par_quartier(indicateur, plusieurs_sites):
        for quartier in referentiel.quartiers.values():
            cle = Cle("i", indicateur.indicateur_id, quartier.quartier_id)
            lignes_question.append(_ligne(indicateur, cle, codes, quartier.nom))
        cle = Cle("i", indicateur.indicateur_id, SANS_QUARTIER)
        lignes_question.append(_ligne(indicateur, cle, codes, "Sans quartier précis"))
    elif not (saisie == "niveau" and details):  # a level is given theme by theme, and is never averaged
        lignes_question.append(_ligne(indicateur, Cle("i", indicateur.indicateur_id), codes, intitule))
    for ventilation, cle, libelle in details:
        sous_titre = (
            ""
            if saisie == "niveau"
            else f"dont, par {ventilation.libelle[0].lower()}{ventilation.libelle[1:]}"
        )
        if sous_titre and not ventilation.exclusive:
            sous_titre += " (les lignes ne s’additionnent pas)"
        codes_detail = _codes_detail(saisie, codes, ventilation.exclusive)
        lignes_question.append(_ligne(indicateur, cle, codes_detail, libelle, sous_titre))
    return Question(
        intitule,
        _aide(indicateur, plusieurs_sites),
        saisie,
        tuple(lignes_question),
        indicateur.annee_type == "scolaire",
    )


def _aide(indicateur: Indicateur, plusieurs_sites: bool) -> str:
    aides = []
    if est_par_quartier(indicateur, plusieurs_sites):
        lieu = (
            "où vivent les personnes" if indicateur.territoire_de == "habitation" else "où l’activité a lieu"
        )
        aides.append(f"Par quartier {lieu} ; le total se calcule.")
    if indicateur.saisie == "rapport":
        aides.append(f"D’abord : {indicateur.numerateur} ; puis : {indicateur.denominateur}.")
    if indicateur.source_existante:
        aides.append(f"Source : {indicateur.source_existante}.")
    return " ".join(aides)


def _codes_detail(saisie: str, codes: tuple[str, ...], exclusive: bool) -> tuple[str, ...]:
    if saisie == "trimestre":
        return ("valeur",)  # a breakdown is asked for the year
    if saisie == "rapport" and not exclusive:
        return ("numerateur",)  # the shares are taken on the denominator of the total
    return codes


def _ligne(
    indicateur: Indicateur, cle: Cle, codes: tuple[str, ...], libelle: str, sous_titre: str = ""
) -> Ligne:
    natures = tuple(_nature(code, indicateur) for code in codes)
    # « % » beside two counts would invite to type a percentage: only what is typed bears its unit.
    unite = indicateur.unite if indicateur.saisie in ("nombre", "niveau") else ""
    unite_rappel = indicateur.unite if indicateur.saisie in ("rapport", "satisfaction") else ""
    retrait = 1 if cle.quartier_id or cle.ventilation else 0
    return Ligne(
        cle,
        codes,
        natures,
        libelle,
        unite,
        indicateur.libelle,
        sous_titre,
        retrait,
        unite_rappel,
        indicateur.confidentiel,
    )


def _nature(code: str, indicateur: Indicateur) -> Nature:
    if code in _NATURES_FIXES:
        return _NATURES_FIXES[code]
    mots = {"numerateur": indicateur.numerateur, "denominateur": indicateur.denominateur}.get(code)
    if mots and _MOYENNE.search(mots):
        return Nature.DECIMAL
    return _nature_unite(indicateur.unite_statistique, indicateur.unite if code == "valeur" else "")


def _nature_unite(unite_statistique: str | None, unite: str) -> Nature:
    if unite == "%":
        return Nature.POURCENTAGE
    if unite_statistique == "euro":
        return Nature.MONTANT
    return Nature.ENTIER if unite_statistique in _UNITES_ENTIERES else Nature.DECIMAL


def _vie(champ: ChampVieStructure) -> Question:
    nature = _nature_unite(champ.unite_statistique, champ.unite)
    ligne = Ligne(
        Cle("v", champ.champ_id),
        ("valeur",),
        (nature,),
        champ.libelle,
        champ.unite,
        champ.libelle,
        confidentielle=champ.confidentiel,
    )
    return Question(champ.libelle, "", "nombre", (ligne,))


def _compte(poste: PosteChiffreClef) -> Question:
    natures = (Nature.MONTANT,) * len(CODES_EXERCICES)
    cle, libelle = Cle("c", poste.poste_id), poste.libelle
    ligne = Ligne(cle, CODES_EXERCICES, natures, libelle, "€", libelle, retrait=poste.niveau)
    return Question(poste.libelle, "", "compte", (ligne,))


def _rubrique(rubrique: Rubrique) -> Question:
    cle = Cle("t", rubrique.rubrique_id)
    ligne = Ligne(cle, ("texte",), (Nature.TEXTE,), rubrique.libelle, "", rubrique.libelle)
    return Question(rubrique.libelle, rubrique.aide, "texte", (ligne,))


def _etat_declare() -> Question:
    libelle = "État d’avancement de la fiche"
    ligne = Ligne(Cle("t", RUBRIQUE_ETAT), ("etat",), (Nature.ETAT,), libelle, "", libelle)
    return Question(libelle, "", "etat", (ligne,))
