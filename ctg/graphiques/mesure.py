"""The figures of one measure: over the years, by quartier, by structure, by breakdown, by quarter.

They take the answers of `ctg/requetes/mesure_*.sql` as they come; nothing is added up here.
"""

from dataclasses import dataclass, replace

import pandas as pd

from ctg import formats, phrases
from ctg.graphiques import evolution as courbe
from ctg.graphiques.barres import barres
from ctg.graphiques.figure import Figure, Notice
from ctg.graphiques.multiples import petits_multiples

_TERRITOIRES = {"habitation": "quartier d’habitation", "activite": "quartier d’activité"}


@dataclass(frozen=True)
class Mesure:
    """What the words around the figures need to know of a measure and of the view asked for.

    `seuil` is the share of respondents under which no comparison is stated; `couverture` the text of the
    city's.
    """

    indicateur_id: str
    libelle: str
    unite: str
    nature: str
    agregation: str
    repondant: str
    source_existante: str | None
    territoire_de: str | None
    annee: int
    seuil: float
    type_libelle: str | None = None

    @property
    def additive(self) -> bool:
        """Whether territories may be compared by their share of a whole."""
        return self.agregation in {"somme", "somme_doubles"}

    def perimetre(self, decoupage: str, periode: object) -> str:
        """Subtitle of a figure: measure, unit, perimeter, year."""
        structures = f", {self.type_libelle}" if self.type_libelle else ""
        return f"{self.libelle} ({self.unite}), {decoupage}{structures}, {periode}"

    def source(self, nombre: int) -> str:
        """Where the numbers come from, in words."""
        existante = f", {self.source_existante}" if self.source_existante else ""
        if self.agregation in {"unique"} or nombre <= 1:
            return f"réponse de : {self.repondant}{existante}"
        return f"{formats.compter(nombre, 'rapports annuels')}{existante}"


def _notice(mesure: Mesure, lignes: pd.DataFrame, cle: str, constat: str, sous_titre: str) -> Notice:
    repondantes, attendues = int(lignes["nb_repondantes"].sum()), int(lignes["nb_attendues"].sum())
    return Notice(
        cle=formats.cle_ascii(mesure.indicateur_id, cle, mesure.annee),
        constat=constat,
        mesure=sous_titre,
        couverture=formats.couverture(repondantes, attendues),
        source=mesure.source(repondantes),
        fictif=bool(lignes["fictif"].any()),
        provenance=mesure.indicateur_id,
    )


def _couverture(ligne: object) -> str:
    return f"{int(ligne.nb_repondantes)} sur {int(ligne.nb_attendues)}"


def annees(
    mesure: Mesure,
    lignes: pd.DataFrame,
    mouvement: phrases.Mouvement | None,
    cibles: pd.DataFrame,
    reference: int,
) -> Figure:
    """The measure of the city over the campaigns, with reference, targets and the same respondents apart."""
    cette_annee = lignes[lignes["annee"] == mesure.annee]
    notice = _notice(
        mesure,
        cette_annee,
        "evolution",
        phrases.evolution(mesure.libelle, mouvement, mesure.seuil),
        mesure.perimetre("ville entière", f"{lignes['periode'].iat[0]} à {lignes['periode'].iat[-1]}"),
    )
    return courbe.evolution(
        lignes.assign(couverture=[_couverture(ligne) for ligne in lignes.itertuples()]),
        notice,
        reference=reference,
        constant=mouvement,
        cibles=[
            (
                int(c.annee),
                float(c.valeur),
                f"cible {int(c.annee)} : {formats.mesure(c.valeur, mesure.unite)}",
            )
            for c in cibles.itertuples()
        ],
    )


def quartiers(
    mesure: Mesure, lignes: pd.DataFrame, ville: tuple[float, str] | None, *, accent: str | None, periode: str
) -> Figure:
    """The measure by quartier, sorted; the line of the city only where it can be compared with a quartier.

    A quartier where nobody is expected is named under the chart, not drawn.
    """
    deserts = list(lignes.loc[lignes["nb_attendues"] == 0, "libelle"])
    lignes = lignes[lignes["nb_attendues"] > 0]
    repondantes, attendues = lignes["nb_repondantes"].sum(), lignes["nb_attendues"].sum()
    places = lignes[~lignes["code"].isin(["ville", "hors-dijon"])]
    constat = phrases.territoires(
        mesure.libelle,
        list(places[["libelle", "valeur", "etat", "affichage"]].itertuples(index=False, name=None)),
        additive=mesure.additive,
        couverture=phrases.part(repondantes, attendues),
        seuil=mesure.seuil,
    )
    decoupage = f"par {_TERRITOIRES.get(mesure.territoire_de, 'quartier')}"
    notice = _notice(mesure, lignes, "quartiers", constat, mesure.perimetre(decoupage, periode))
    if deserts:
        absents = f"aucun répondant attendu : {formats.liste(deserts)}"
        notice = replace(notice, couverture=f"{notice.couverture} ; {absents}")
    return barres(
        lignes.assign(repondu=[_couverture(ligne) for ligne in lignes.itertuples()]),
        notice,
        entete="Quartier",
        accent=accent,
        ville=None if mesure.additive else ville,
        colonnes={"repondu": "Répondants"},
    )


def quartiers_par_annee(mesure: Mesure, lignes: pd.DataFrame, *, accent: str | None) -> Figure:
    """One panel by quartier over the campaigns, one scale."""
    dernieres = lignes[lignes["annee"] == mesure.annee]
    constat = phrases.territoires(
        mesure.libelle,
        list(dernieres[["libelle", "valeur", "etat", "affichage"]].itertuples(index=False, name=None)),
        additive=mesure.additive,
        couverture=phrases.part(dernieres["nb_repondantes"].sum(), dernieres["nb_attendues"].sum()),
        seuil=mesure.seuil,
    )
    bornes = f"{int(lignes['annee'].min())} à {int(lignes['annee'].max())}"
    decoupage = f"par {_TERRITOIRES.get(mesure.territoire_de, 'quartier')}, tous répondants"
    return petits_multiples(
        lignes,
        _notice(mesure, dernieres, "quartiers-annees", constat, mesure.perimetre(decoupage, bornes)),
        accent=accent,
    )


def structures(mesure: Mesure, lignes: pd.DataFrame, *, periode: str) -> Figure:
    """The measure by structure, in alphabetical order: a list of answers, not a ranking."""
    publiees = int((lignes["etat"] == "publie").sum())
    return barres(
        lignes,
        _notice(
            mesure,
            lignes,
            "structures",
            phrases.reponses(mesure.libelle, publiees, len(lignes)),
            mesure.perimetre("par structure, ordre alphabétique", periode),
        ),
        entete="Structure",
        tri="nom",
    )


def ventilation(mesure: Mesure, lignes: pd.DataFrame, *, periode: str) -> Figure:
    """The measure by the modalities of one breakdown, in their own order."""
    titre = str(lignes["ventilation_libelle"].iat[0])
    precision = "" if lignes["exclusive"].iat[0] else " (les parts ne s’additionnent pas)"
    publiees = int((lignes["etat"] == "publie").sum())
    return barres(
        lignes,
        _notice_ville(
            mesure,
            lignes,
            f"ventilation-{lignes['ventilation'].iat[0]}",
            f"{phrases.abreger(mesure.libelle, 6)} selon : {phrases.abreger(titre.lower(), 5)}"
            if publiees
            else f"{titre} : rien à montrer cette année",
            mesure.perimetre(f"{titre.lower()}{precision}", periode),
        ),
        entete=titre,
        tri="donne",
    )


def periodes(mesure: Mesure, lignes: pd.DataFrame) -> Figure:
    """The measure of the city quarter by quarter, in the order of the year."""
    publiees = int((lignes["etat"] == "publie").sum())
    return barres(
        lignes,
        _notice_ville(
            mesure,
            lignes,
            "trimestres",
            f"{phrases.abreger(mesure.libelle, 7)} : {publiees} trimestres sur {len(lignes)}",
            mesure.perimetre("par trimestre, ville entière", mesure.annee),
        ),
        entete="Trimestre",
        tri="donne",
    )


def _notice_ville(mesure: Mesure, lignes: pd.DataFrame, cle: str, constat: str, sous_titre: str) -> Notice:
    """Words around rows that all share the respondents of the city: their coverage is the widest of them."""
    return _notice(mesure, lignes.nlargest(1, "nb_repondantes"), cle, constat, sous_titre)
