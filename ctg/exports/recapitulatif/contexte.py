"""What was asked for, and what every sheet must repeat: campaign, filters in words, reliability, date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ctg import formats, vie
from ctg.entrepot import Entrepot
from ctg.exports.recapitulatif.valeurs import sans_nul

FICTIF = "Données fictives"


class SelectionInconnue(Exception):  # noqa: N818 (French, like the other errors of the domain)
    """The year, the axis or the quartier asked for is not in the warehouse; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters: `axe` and `quartier` are identifiers, None takes them all."""

    annee: int
    axe: str | None = None
    quartier: str | None = None


@dataclass(frozen=True, slots=True)
class Contexte:
    """The selection with its words, and the state of the warehouse it is read from."""

    selection: Selection
    annees: tuple[int, ...]
    annee_reference: int | None
    annees_recues: tuple[int, ...]
    axe: str | None
    quartier: str | None
    convention: str
    fictif: bool
    statut: str
    changees: str
    nb_acceptes: int
    nb_attendus: int
    construit_le: datetime
    empreinte: str

    @property
    def lieu(self) -> str:
        """The territory of the figures, as a reader names it."""
        return f"quartier {self.quartier}" if self.quartier else "ville entière"

    @property
    def filtres(self) -> str:
        """The filters in words, the absence of a filter included."""
        return (
            f"année {self.selection.annee} · axe : {self.axe or 'tous les axes'} · "
            f"quartier : {self.quartier or 'toute la ville'}"
        )

    @property
    def annees_precedentes(self) -> tuple[int, ...]:
        """The years beside which the campaign stands."""
        return tuple(annee for annee in self.annees if annee != self.selection.annee)

    @property
    def diffusion(self) -> str:
        """May it leave the room, and what is no longer as the Caf saw it (`ctg.vie.diffusion`)."""
        return " ; ".join(filter(None, (self.statut, self.changees)))

    @property
    def avertissements(self) -> tuple[str, ...]:
        """What the reader must know before any number."""
        return (FICTIF,) * self.fictif + (self.diffusion,)

    @property
    def pied(self) -> str:
        """What the foot of a printed page has room for; the head of its sheet says why a figure changed."""
        changee = "modifiée depuis l’aval" if self.changees else ""
        return " · ".join(filter(None, (FICTIF if self.fictif else "", self.statut, changee)))

    @property
    def provisoire(self) -> bool:
        """True while one number of the document waits for the aval of the Caf."""
        return self.statut.startswith(vie.PROVISOIRE)

    @property
    def ligne(self) -> str:
        """The third line of every sheet: warnings, filters, source, date."""
        return " · ".join(
            (
                *self.avertissements,
                self.filtres,
                "source : rapports annuels des structures et fiches des référents",
                f"entrepôt construit le {formats.date_longue(self.construit_le)}",
            )
        )

    @property
    def entete_etat(self) -> str:
        """States are judged for the city only: a table of one quartier says so."""
        return "État (ville)" if self.quartier else "État"

    @property
    def colonnes_annees(self) -> tuple[str, ...]:
        """The header of each year, in order."""
        return tuple(
            f"{annee} (référence)" if annee == self.annee_reference else str(annee) for annee in self.annees
        )

    @property
    def bases(self) -> tuple[int, ...]:
        """The years the campaign is compared with, if anything came: the previous, then the reference."""
        annee = self.selection.annee
        if annee not in self.annees_recues:
            return ()
        voulues = dict.fromkeys((annee - 1, self.annee_reference))
        return tuple(base for base in voulues if base in self.annees_recues and base < annee)

    @property
    def nom_de_fichier(self) -> str:
        """The file bears what it holds: year, axis, quartier, version of the data."""
        choix = self.selection
        return formats.nom_de_fichier(
            "recapitulatif-ctg",
            choix.annee,
            f"axe-{choix.axe}" if choix.axe else "",
            choix.quartier or "",
            self.empreinte[:8],
            FICTIF if self.fictif else "",
            extension="xlsx",
        )


def lire(entrepot: Entrepot, selection: Selection) -> Contexte:
    """Check the selection against the warehouse; raises SelectionInconnue with the choices there are."""
    annees = entrepot.requete("export_annees", annee=selection.annee)
    etat = sans_nul(
        entrepot.requete(
            "export_contexte", annee=selection.annee, axe=selection.axe, quartier=selection.quartier
        )
    ).iloc[0]
    if etat["annee"] is None:
        raise SelectionInconnue(f"Aucune campagne {selection.annee} dans cet entrepôt.")
    for nom in ("axe", "quartier"):
        choisi = getattr(selection, nom)
        if choisi is not None and etat[nom] is None:
            raise SelectionInconnue(f"{nom.capitalize()} inconnu : « {choisi} ». {_choix(entrepot, nom)}")
    fiches = _fiches(entrepot, selection)
    references = annees.loc[annees["reference"], "annee"]
    construit_le = etat["construit_le"].to_pydatetime()
    return Contexte(
        selection=selection,
        annees=tuple(int(annee) for annee in annees["annee"]),
        annee_reference=int(references.iat[0]) if len(references) else None,
        annees_recues=tuple(int(annee) for annee in annees.loc[annees["recue"], "annee"]),
        axe=etat["axe"] if selection.axe else None,
        quartier=etat["quartier"] if selection.quartier else None,
        convention=etat["titre"],
        fictif=bool(etat["fictif"]),
        statut=vie.statut(fiches, selection.annee),
        changees=vie.changees(fiches, selection.annee),
        nb_acceptes=int(etat["nb_acceptes"]),
        nb_attendus=int(etat["nb_attendus"]),
        construit_le=construit_le.replace(tzinfo=None, microsecond=0),
        empreinte=etat["empreinte"],
    )


def _fiches(entrepot: Entrepot, selection: Selection) -> list[vie.FicheRecue]:
    """The fiches of the selection that hold answers, campaign by campaign."""
    recues = entrepot.requete("avals").itertuples(index=False)
    return [f for f in recues if selection.axe in (None, f.axe_id)]


def _choix(entrepot: Entrepot, nom: str) -> str:
    codes = entrepot.requete("filtres").query("filtre == @nom")["code"].tolist()
    return f"Choix possibles : {', '.join(codes)}."
