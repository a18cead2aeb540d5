"""Workbooks drawn at random, laid out as gestionnaires do: titles, notes, totals, details, foreign names."""

from random import Random

from etl.classeurs import Classeur, Feuille
from tests.exemples.brouillon_accepte import Valeurs
from tests.exemples.classeurs_de_gestionnaire import Feuilles
from tests.exemples.classeurs_titres import CRECHES, Forme
from tests.exemples.classeurs_ventiles import CENTRES, MOTS

_CRECHES = (
    ("Enfants admis", "i:PE-2.0.2-b"),
    ("Places agréées", "v:places"),
    ("ETP permanents", "v:etp-permanents"),
)
_CENTRES = (("Adhérents", "v:adherents"), ("Familles", "v:familles"), (MOTS, "i:JE-1.1.1-a"))
_CENTRES += (
    ("Projets initiés par les jeunes", "i:JE-1.1.2-a"),
    ("Salariés permanents", "v:salaries-permanents"),
)
_ETRANGERS = ("Crèche des Tilleuls (Chenôve)", "MJC de Talant", "Siège", "Maison des associations")
_AUTRES_LIGNES = ("Taux d’occupation", "Heures facturées", "Sorties", "Jours d’ouverture", "Repas servis")
_NOTES = ("* chiffres provisoires", "Source : pointage", "à compléter", "(ouverture en mars)", "Voir annexe")
_INCONNUS = ("Zone inconnue", "Crèche du Parc de Quetigny", "MJC de Chenôve", "Divers", "Accueil", "Mansart")
_DEVANT = "Structure :"
_TOTAUX = ("TOTAL", "Total du réseau", "Ensemble")


def tirer(graine: int) -> Forme:
    """(name, sheets, what a person reads there), the same for the same seed."""
    alea = Random(graine)
    noms = CRECHES if alea.random() < 0.5 else CENTRES
    mesures = list(_CRECHES if noms is CRECHES else _CENTRES)
    alea.shuffle(mesures)
    mesures = mesures[: alea.randint(2, len(mesures))]
    annees = alea.choice([(2025,), (2024, 2025), (2025, 2024)])
    style = alea.choice(("titre", "titre", "bandeau", "coin", "devant", "feuilles"))
    titres = list(noms)
    alea.shuffle(titres)
    titres = titres[: alea.randint(3, len(titres))]
    if alea.random() < 0.5:
        titres.insert(alea.randint(1, len(titres)), alea.choice(_ETRANGERS))
    if alea.random() < 0.4:
        titres.append(alea.choice(_TOTAUX))
    passees = alea.sample(_AUTRES_LIGNES, alea.randint(0, 2))
    rubriques = alea.random() < 0.3 and len(mesures) > 2
    attendues: Valeurs = {}
    feuilles: Feuilles = {}
    rangees: list[list[object]] = [["Suivi du réseau"]] if alea.random() < 0.5 else []
    if style == "bandeau":
        rangees += [["Indicateur", *annees]]
    for titre in titres:
        entete = [alea.choice(["Indicateur"]), *annees]
        if style == "feuilles":
            if titre in _TOTAUX:
                continue
            rangees = [["Bilan"], [], entete]
        elif style == "coin":
            rangees += [[titre, *annees]]
        elif style == "devant":
            rangees += [[_DEVANT, titre], entete]
        else:
            rangees += [[titre if alea.random() < 0.7 else titre.upper()]]
            rangees += [] if style == "bandeau" else [[]] * alea.randint(0, 1) + [entete]
        lignes = _lignes(alea, mesures, annees, noms.get(titre), attendues)
        if rubriques:
            coupe = next((r for r, ligne in enumerate(lignes) if r and not ligne[0].startswith("dont")), 0)
            lignes = [["Public"], *lignes[:coupe], ["Moyens"], *lignes[coupe:]]
        for mot in passees:
            places = [r for r in range(1, len(lignes)) if not str(lignes[r][0]).startswith("dont")]
            lignes.insert(alea.choice([*places, len(lignes)]), [mot, *(alea.randint(50, 90) for _ in annees)])
        rangees += lignes
        if alea.random() < 0.3:
            rangees += [[alea.choice(_NOTES)]]
        rangees += [[]] * (alea.randint(1, 2) if style != "bandeau" else alea.randint(0, 1))
        if style == "feuilles":
            feuilles[titre] = rangees
    if style != "feuilles":
        feuilles["Suivi"] = rangees
    if alea.random() < 0.4:
        feuilles["Notice"] = [["Mode d’emploi"], ["Remplir une ligne par indicateur"]]
    return f"suivi_{graine}.xlsx", feuilles, attendues


def en_classeur(feuilles: Feuilles) -> Classeur:
    """The same workbook as it is read: numbers are floats, rows are of one width."""
    lues = []
    for nom, rangees in feuilles.items():
        largeur = max(map(len, rangees))
        lignes = [
            [*(float(x) if isinstance(x, int) else x for x in r), *[""] * (largeur - len(r))] for r in rangees
        ]
        lues.append(Feuille(nom, lignes))
    return Classeur("xlsx", tuple(lues))


def _lignes(
    alea: Random,
    mesures: list[tuple[str, str]],
    annees: tuple[int, ...],
    structure: str | None,
    attendues: Valeurs,
) -> list[list[object]]:
    """The rows of one structure; what they say goes to `attendues`."""
    lignes: list[list[object]] = []
    for mot, mesure in mesures:
        if alea.random() < 0.1:
            continue
        lus: list[object] = [alea.choice([alea.randint(20, 400)] * 8 + ["n.c.", ""]) for _ in annees]
        lignes.append([mot, *lus])
        for annee, lu in zip(annees, lus, strict=True):
            if structure and isinstance(lu, int):
                attendues[structure, annee, mesure, None] = lu
        if mot == MOTS and alea.random() < 0.7:
            for detail, modalite in (("dont filles", "sexe=femmes"), ("dont garçons", "sexe=hommes")):
                parts = [alea.randint(5, 19) for _ in annees]
                lignes.append([detail, *parts])
                for annee, part in zip(annees, parts, strict=True):
                    if structure:
                        attendues[structure, annee, mesure, modalite] = part
    return lignes or [[mesures[0][0], *("" for _ in annees)]]


def abimer(feuilles: Feuilles, graine: int) -> Feuilles:
    """The workbook of the next year: names that nobody described stand where a name, a row, a block did."""
    alea = Random(graine)
    nom, rangees = next(iter(feuilles.items()))
    abimees = [list(rangee) for rangee in rangees]
    for _ in range(alea.randint(1, 3)):
        rang, inconnu = alea.randrange(len(abimees)), alea.choice(_INCONNUS)
        geste = alea.choice(("renommer", "inserer", "annoter", "bloc"))
        if geste == "renommer" and abimees[rang] and isinstance(abimees[rang][0], str):
            abimees[rang][1 if abimees[rang][0] == _DEVANT else 0] = inconnu
        elif geste == "inserer":
            abimees.insert(rang, [inconnu])
        elif geste == "annoter":
            abimees.insert(rang, [inconnu, "", "Mme X"])
        elif geste == "bloc":
            abimees[rang:rang] = [[inconnu], ["Familles", 777, 778], ["Places agréées", 779, 780]]
    return {**feuilles, nom: abimees}
