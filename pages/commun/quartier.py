"""What the page of a quartier shows, read and drawn once for each version of the warehouse."""

from dataclasses import dataclass

from ctg import bilan_quartier, formats, portrait, portrait_detail, questions
from ctg.graphiques.figure import Figure
from pages.commun import donnees, signaux


@dataclass(frozen=True)
class Lecture:
    """A quartier read: its name and marks, the figures of each part of its page, links and questions."""

    nom: str
    signes: str
    diagnostic: tuple[Figure, ...]
    essentiel: tuple[Figure, ...]
    mesures: tuple[Figure, ...]
    fiches: Figure | None
    structures: Figure
    lieux: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    ecoles: Figure | None


@donnees.retenue
def lire(code: str, annee: int, axe: str | None) -> Lecture:
    """Read a quartier for one campaign, all axes or one."""
    identite = donnees.lignes("quartier_identite", quartier=code)[0]
    sommes = donnees.lire("quartier_portrait", quartier=code, variables=list(portrait.SOMMES))
    contexte = bilan_quartier.Contexte(
        nom=identite.nom,
        annee=annee,
        seuil=float(donnees.parametre("couverture.seuil_etat")),
        fictif=donnees.fictif(),
        part_habitants=portrait.part_habitants(sommes),
    )
    mesures = donnees.lire("quartier_mesures", quartier=code, annee=annee, axe=axe)
    fiches = donnees.lire("quartier_fiches", quartier=code, annee=annee, axe=axe)
    fiches = fiches if len(mesures) else fiches.head(0)
    lieux = donnees.lire("quartier_structures", quartier=code, annee=annee)
    ecoles = donnees.lire("quartier_ecoles", quartier=code)
    ici = [signal for signal in signaux.de_la_veille() if signal.quartier_id == code]
    parts = bilan_quartier.parts(mesures, contexte) if len(mesures) else None
    return Lecture(
        nom=identite.nom,
        signes=_signes(identite),
        diagnostic=_diagnostic(code, identite.nom, sommes),
        essentiel=((parts,) if parts else ()) + tuple(bilan_quartier.essentiel(mesures, contexte)),
        mesures=tuple(bilan_quartier.par_axe(mesures, contexte)),
        fiches=bilan_quartier.fiches(fiches, contexte) if len(fiches) else None,
        structures=bilan_quartier.structures(lieux, contexte),
        lieux=tuple(zip(lieux["structure_id"], lieux["nom"], strict=True)),
        questions=tuple(questions.pour_le_seminaire(ici, fiches, mesures, lieux, seuil=contexte.seuil)),
        ecoles=portrait_detail.ecoles(ecoles) if len(ecoles) else None,
    )


def _signes(identite) -> str:
    dits = [portrait.certitude(int(identite.nb_iris), int(identite.nb_a_confirmer))]
    dits += [f"les moins sûrs : {identite.iris_faibles}"] if identite.iris_faibles else []
    dits += ["quartier prioritaire (QPV)"] if identite.qpv else []
    dits += ["Cité éducative"] if identite.cite_educative else []
    return " · ".join(dits)


def _diagnostic(code: str, nom: str, sommes) -> tuple[Figure, ...]:
    """The open data of a quartier: what is counted, then what is read IRIS by IRIS, then its QPV."""
    figures = [portrait.habitants(sommes, nom)] if len(sommes) else []
    for requete, variables, tracer in (
        ("quartier_portrait", portrait.AGES, portrait.enfants),
        ("quartier_iris", (portrait_detail.NIVEAU_DE_VIE,), portrait_detail.niveaux_de_vie),
        ("quartier_iris", portrait_detail.PARTS_AGES, portrait_detail.ages_par_iris),
        ("quartier_qpv", portrait.QPV, portrait.qpv),
    ):
        lignes = donnees.lire(requete, quartier=code, variables=list(variables))
        if len(lignes):
            figures.append(tracer(lignes))
    return tuple(figures)


@donnees.retenue
def panorama(annee: int) -> tuple[tuple[tuple[str, str], ...], Figure]:
    """All the quartiers: (code, name) in the order of the seminars, and their figure."""
    lignes = donnees.lire("quartier_panorama", variable=portrait.HABITANTS, annee=annee)
    noms = tuple(zip(lignes["code"], lignes["libelle"], strict=True))
    return noms, portrait.panorama(lignes, annee)


@donnees.retenue
def ailleurs(code: str, nom: str, annee: int) -> Figure | None:
    """The structures placed in no quartier (`ville`, `hors-dijon`); None when there are none."""
    lieux = donnees.lire("quartier_structures", quartier=code, annee=annee)
    contexte = bilan_quartier.Contexte(nom=nom, annee=annee, seuil=0, fictif=donnees.fictif())
    constat = formats.compter(len(lieux), "structures", feminin=True)
    return bilan_quartier.structures(lieux, contexte, constat) if len(lieux) else None
