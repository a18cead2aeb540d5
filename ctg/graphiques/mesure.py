"""The figures of one measure: over the years, by quartier, by structure, by breakdown, by quarter.

They take the answers of `ctg/requetes/mesure_*.sql` as they come; nothing is added up here.
"""

from dataclasses import dataclass, replace

import pandas as pd

from ctg import formats, phrases, vie
from ctg.graphiques import evolution as courbe
from ctg.graphiques.barres import barres, ordonner
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
    par_structures: bool
    source_existante: str | None
    territoire_de: str | None
    annee: int
    seuil: float
    type_libelle: str | None = None

    @property
    def additive(self) -> bool:
        """Whether territories may be compared by their share of a whole."""
        return self.agregation in {"somme", "somme_doubles"}

    def perimetre(self, decoupage: str, *periodes: str) -> str:
        """Subtitle of a figure: measure, unit, perimeter, then its period, or the first and the last."""
        structures = f", {self.type_libelle}" if self.type_libelle else ""
        premiere, *suite = dict.fromkeys(periodes)
        duree = " à ".join([premiere[:1].lower() + premiere[1:], *(p.rsplit(" ", 1)[-1] for p in suite)])
        return f"{self.libelle} ({self.unite}), {decoupage}{structures}, {duree}"

    def source(self, nombre: int, extraites: int) -> str:
        """Where the numbers of `nombre` respondents come from, in words; `extraites`: those of an extract."""
        qui = (
            formats.compter(nombre - extraites, "rapports annuels") if self.par_structures else self.repondant
        )
        dites = [qui] if nombre > extraites or not extraites else []
        if extraites:
            tirees = formats.compter(extraites, "réponses tirées", feminin=True)
            dites.append(f"{tirees} d’un extrait, non {formats.accorder('confirmées', extraites)}")
        dites = " et ".join(dites)
        if self.source_existante and self.source_existante not in dites:
            return f"{dites} ({self.source_existante})"
        return dites


def _notice(
    mesure: Mesure,
    cle: str,
    constat: str,
    sous_titre: str,
    repondantes: int,
    attendues: int,
    extraites: int,
    estime: bool,
    fictif: bool,
    changes: str,
) -> Notice:
    return Notice(
        cle=formats.cle_ascii(mesure.indicateur_id, cle, mesure.annee),
        constat=constat,
        mesure=sous_titre,
        couverture=formats.couverture(repondantes, attendues)
        + (" ; dont estimations" if estime else "")
        + changes,
        source=mesure.source(repondantes, extraites),
        fictif=fictif,
        provenance=mesure.indicateur_id,
    )


def _notice_ville(
    mesure: Mesure, ville, cle: str, constat: str, sous_titre: str, lignes: pd.DataFrame, nom: str = "libelle"
) -> Notice:
    """Words around a figure whose respondents are those of the city: `ville`, a row of `mesure_ville.sql`.

    `lignes`: the numbers drawn, named by the column `nom`; those that the Caf saw otherwise are said.
    """
    return _notice(
        mesure,
        cle,
        constat,
        sous_titre,
        int(ville.nb_repondantes),
        int(ville.nb_attendues),
        int(ville.nb_extraites),
        bool(ville.estime),
        bool(ville.fictif),
        vie.depuis_l_aval(lignes, nom),
    )


def _couverture(ligne: object) -> str:
    return f"{int(ligne.nb_repondantes)} sur {int(ligne.nb_attendues)}"


def _partiels(lignes: pd.DataFrame) -> list[str]:
    """« 1 sur 2 » where some of those asked are silent; blank where all answered."""
    return [
        _couverture(ligne) if ligne.nb_repondantes < ligne.nb_attendues else ""
        for ligne in lignes.itertuples()
    ]


def annees(
    mesure: Mesure,
    lignes: pd.DataFrame,
    mouvement: phrases.Mouvement | None,
    cibles: pd.DataFrame,
    reference: int,
) -> Figure:
    """The measure of the city over the campaigns, with reference, targets and the same respondents apart."""
    courante = next(lignes[lignes["annee"] == mesure.annee].itertuples(), None) or next(lignes.itertuples())
    publiees = lignes[lignes["etat"] == "publie"]
    if len(publiees) == 1:
        seule = next(publiees.itertuples())
        constat = phrases.seule_annee(
            seule.affichage, int(seule.annee), formats.couverture(seule.nb_repondantes, seule.nb_attendues)
        )
    else:
        constat = phrases.evolution(mesure.libelle, mouvement, mesure.seuil)
    notice = _notice_ville(
        mesure,
        courante,
        "evolution",
        constat,
        mesure.perimetre("ville entière", *lignes["periode"].iloc[[0, -1]]),
        lignes,
        "annee",
    )
    return courbe.evolution(
        lignes.assign(couverture=[_couverture(ligne) for ligne in lignes.itertuples()]),
        notice,
        reference=reference,
        constant=mouvement,
        unite=mesure.unite,
        cibles=[
            (int(c.annee), float(c.valeur), f"cible : {formats.mesure(c.valeur, mesure.unite)}")
            for c in cibles.itertuples()
        ],
    )


def _constat(mesure: Mesure, lignes: pd.DataFrame, ville, parts: str) -> str:
    return phrases.parts(
        mesure.libelle,
        parts,
        list(lignes[["libelle", "valeur", "etat", "affichage"]].itertuples(index=False, name=None)),
        additive=mesure.additive,
        couverture=phrases.part(ville.nb_repondantes, ville.nb_attendues),
        seuil=mesure.seuil,
    )


def quartiers(mesure: Mesure, lignes: pd.DataFrame, ville, *, accent: str | None) -> Figure:
    """The measure by quartier, sorted, what belongs to no quartier last.

    `ville` is the row of the city: its line is drawn only where it compares with a quartier (a rate, not a
    count). A quartier where nobody is expected is named under the chart, not drawn.
    """
    deserts = list(lignes.loc[lignes["nb_attendues"] == 0, "libelle"])
    lignes = lignes[lignes["nb_attendues"] > 0]
    ailleurs = lignes["code"].isin(["ville", "hors-dijon"])
    decoupage = f"par {_TERRITOIRES.get(mesure.territoire_de, 'quartier')}"
    notice = _notice_ville(
        mesure,
        ville,
        "quartiers",
        _constat(mesure, lignes[~ailleurs], ville, "quartiers"),
        mesure.perimetre(decoupage, ville.periode),
        lignes,
    )
    if deserts:
        absents = f"aucun répondant attendu : {formats.liste(deserts)}"
        notice = replace(notice, couverture=f"{notice.couverture} ; {absents}")
    comparable = not mesure.additive and ville.etat == "publie"
    ordonnees = pd.concat([ordonner(lignes[~ailleurs], "valeur"), lignes[ailleurs]])
    return barres(
        ordonnees.assign(
            repondu=[_couverture(ligne) for ligne in ordonnees.itertuples()], partiel=_partiels(ordonnees)
        ),
        notice,
        entete="Quartier",
        tri="donne",
        accent=accent,
        ville=(float(ville.valeur), f"ville : {ville.affichage}") if comparable else None,
        colonnes={"repondu": "Répondants"},
    )


def quartiers_par_annee(mesure: Mesure, lignes: pd.DataFrame, ville, *, accent: str | None) -> Figure:
    """One panel by quartier over the campaigns, one scale; `ville` is the row of the city this year."""
    bornes = " à ".join(
        dict.fromkeys(str(int(annee)) for annee in (lignes["annee"].min(), lignes["annee"].max()))
    )
    decoupage = f"par {_TERRITOIRES.get(mesure.territoire_de, 'quartier')}, tous répondants"
    partiels = _partiels(lignes)
    if any(partiels):
        decoupage += " (hachuré : une partie seulement)"
    constat = _constat(mesure, lignes[lignes["annee"] == mesure.annee], ville, "quartiers")
    return petits_multiples(
        lignes.assign(partiel=partiels),
        _notice_ville(
            mesure, ville, "quartiers-annees", constat, mesure.perimetre(decoupage, bornes), lignes
        ),
        accent=accent,
    )


def structures(mesure: Mesure, lignes: pd.DataFrame, *, periode: str, quartier: str | None) -> Figure:
    """The measure by structure, in alphabetical order: a list of answers, not a ranking.

    `quartier` is the name of the only quartier shown, None for the whole city. A structure the measure has no
    object for is counted under the chart, not drawn.
    """
    sans_objet = int((lignes["nb_attendues"] == 0).sum())
    lignes = lignes[lignes["nb_attendues"] > 0]
    publiees = int((lignes["etat"] == "publie").sum())
    lieu = f" du quartier {quartier}" if quartier else ""
    notice = _notice(
        mesure,
        "structures",
        phrases.reponses(mesure.libelle, publiees, len(lignes)),
        mesure.perimetre(f"par structure{lieu}, ordre alphabétique", periode),
        int((lignes["nb_repondantes"] > 0).sum()),
        len(lignes),
        int(lignes["nb_extraites"].sum()),
        bool(lignes["estime"].any()),
        bool(lignes["fictif"].any()),
        vie.depuis_l_aval(lignes, "libelle"),
    )
    if sans_objet:
        absents = f"sans objet pour {formats.compter(sans_objet, 'structures', feminin=True)}"
        notice = replace(notice, couverture=f"{notice.couverture} ; {absents}")
    return barres(
        lignes,
        notice,
        entete="Structure",
        tri="nom",
    )


def ventilation(mesure: Mesure, lignes: pd.DataFrame, ville) -> Figure:
    """The measure by the modalities of one breakdown, in their own order."""
    titre = str(lignes["ventilation_libelle"].iat[0])
    precision = "" if lignes["exclusive"].iat[0] else " (les parts ne s’additionnent pas)"
    constat = _constat(mesure, lignes, ville, "modalités")
    return barres(
        lignes,
        _notice_ville(
            mesure,
            ville,
            f"ventilation-{lignes['ventilation'].iat[0]}",
            constat,
            mesure.perimetre(f"{titre.lower()}{precision}", ville.periode),
            lignes,
        ),
        entete=titre,
        tri="donne",
    )


def periodes(mesure: Mesure, lignes: pd.DataFrame, ville) -> Figure:
    """The measure of the city quarter by quarter, in the order of the year."""
    publiees = int((lignes["etat"] == "publie").sum())
    return barres(
        lignes,
        _notice_ville(
            mesure,
            ville,
            "trimestres",
            f"{phrases.abreger(mesure.libelle, 7)} : {publiees} trimestres sur {len(lignes)}",
            mesure.perimetre("par trimestre, ville entière", str(mesure.annee)),
            lignes,
        ),
        entete="Trimestre",
        tri="donne",
    )
