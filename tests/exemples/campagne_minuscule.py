"""A convention of a few structures and measures, answered by hand, through the real SQL of the warehouse.

The referential is the real one cut down, so that a test reads as the table of a worked case.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb

from ctg.referentiel import Indicateur, Referentiel, Structure, charger, dossier_par_defaut
from ctg.referentiel.modeles import Lien
from etl.canevas.grammaire import analyser_cle
from etl.canevas.modeles import Cellule, Formulaire
from etl.construction.assemblage import assembler
from etl.jugement.depots import Depot, departager
from etl.lecture.collecte import Collecte, Fichier
from etl.saisies.rassemblement import rassembler

CONVENTION = charger(dossier_par_defaut())
FICHE = "JE-1"
_PAR_SAISIE = {
    "nombre": "JE-1.1.2-a",
    "rapport": "EN-1.0.p4",
    "satisfaction": "JE-1.1.4-a",
    "texte": "AVS-1.0.4-a",
    "niveau": "PE-3.0.1-b",
    "jalon": "PE-1.j1",
    "calcul": "JE-2.3.3-c",
}


def indicateur(indicateur_id: str, saisie: str = "nombre", **autres) -> Indicateur:
    """A measure of centres sociaux, civil and yearly unless said otherwise; the rest as in the convention."""
    modele = CONVENTION.indicateurs[_PAR_SAISIE[saisie]]
    defauts = {
        "indicateur_id": indicateur_id,
        "repondant": "structures",
        "types_repondants": ("centre-social",),
        "annee_type": "civile",
        "granularite": "annee",
        "ventilations": (),
        "par_quartier": False,
        "definition": "arretee",
        "sens": "hausse",
    }
    return replace(modele, **{**defauts, **autres})


def structure(structure_id: str, quartier_id: str, type_id: str = "centre-social", **autres) -> Structure:
    """A structure of one site, open since ever."""
    modele = next(iter(CONVENTION.structures.values()))
    defauts = {"multisite": False, "ouverte_le": None, "fermee_le": None}
    return replace(
        modele,
        structure_id=structure_id,
        nom=structure_id,
        quartier_id=quartier_id,
        type_id=type_id,
        **{**defauts, **autres},
    )


class CampagneMinuscule:
    """Answers given one after the other, then a warehouse in memory."""

    def __init__(
        self, indicateurs: list[Indicateur], structures: list[Structure], cibles=(), fiche: str = FICHE
    ):
        self.referentiel: Referentiel = replace(
            CONVENTION,
            indicateurs={i.indicateur_id: i for i in indicateurs},
            structures={s.structure_id: s for s in structures},
            liens=tuple(Lien(i.indicateur_id, None, fiche) for i in indicateurs),
            cibles=tuple(cibles),
        )
        self._reponses: dict[tuple[str, int, str], list[Cellule]] = {}
        self._dates: dict[tuple[str, int], tuple[dt.date, dt.datetime | None]] = {}

    def repondre(
        self,
        repondant_id: str,
        annee: int,
        cle: str = "",
        remarque: str | None = None,
        source: str = "formulaire",
        estime: bool = False,
        **codes,
    ) -> None:
        """Type answers in a row: a number, a text, or « sans objet ». Without a key: a form sent blank."""
        cellules = self._reponses.setdefault((repondant_id, annee, source), [])
        for code, lu in codes.items():
            nombre = isinstance(lu, (int, float))
            etat = "manquant" if lu is None else "sans_objet" if lu == "sans objet" else "valeur"
            cellules.append(
                Cellule(
                    *analyser_cle(cle),
                    code,
                    float(lu) if nombre else None,
                    lu if isinstance(lu, str) and etat == "valeur" else None,
                    etat,
                    remarque,
                    f"F{len(cellules) + 10}",
                    estime=estime,
                )
            )

    def dater(self, repondant_id: str, annee: int, rempli_le: dt.date, recu_le: dt.datetime | None) -> None:
        """Say when a form was filled and received; else the 1st of June that follows its year, unknown."""
        self._dates[repondant_id, annee] = (rempli_le, recu_le)

    def collecte(self) -> Collecte:
        """What reading the forms would have given."""
        depots = [
            Depot(
                _nom_de_fichier(repondant_id, annee, source),
                Formulaire(
                    "fiche" if repondant_id in self.referentiel.fiches else "structure",
                    repondant_id,
                    annee,
                    False,
                    self._dates.get((repondant_id, annee), (dt.date(annee + 1, 6, 1), None))[0],
                    repondant_id,
                    "accepte",
                    tuple(cellules),
                    source=source,
                ),
                recu_le=self._dates.get((repondant_id, annee), (None, None))[1],
            )
            for (repondant_id, annee, source), cellules in self._reponses.items()
        ]
        fichiers = [Fichier(d.fichier, "0" * 64, 1, "accepte", "canevas", d.formulaire.genre) for d in depots]
        return Collecte(fichiers=fichiers, depots=departager(depots))

    def construire(self, saisies: Path | None = None) -> "Base":
        """Build in memory, with the decisions of a folder if there are any."""
        connexion, collecte = duckdb.connect(), self.collecte()
        if saisies:
            collecte.saisies = rassembler(self.referentiel, fictif=False, dossier=saisies)
        assembler(connexion, self.referentiel, collecte, "essai", dt.datetime(2026, 11, 21))
        return Base(connexion)


def _nom_de_fichier(repondant_id: str, annee: int, source: str) -> str:
    return f"{repondant_id}_{annee}{'' if source == 'formulaire' else '_' + source.replace(':', '-')}.xlsx"


class Base:
    """The built warehouse, with the questions a test asks."""

    def __init__(self, connexion: duckdb.DuckDBPyConnection):
        self.connexion = connexion

    def lignes(self, sql: str, *parametres) -> list[dict]:
        curseur = self.connexion.execute(sql, list(parametres))
        noms = [colonne[0] for colonne in curseur.description]
        return [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]

    def une(self, table: str, **filtres) -> dict:
        """The only row of a public table with these values."""
        conditions = " AND ".join(f"{nom} = ?" for nom in filtres) or "true"
        lignes = self.lignes(f"SELECT * FROM {table} WHERE {conditions}", *filtres.values())
        assert len(lignes) == 1, f"{len(lignes)} lignes de {table} pour {filtres}"
        return lignes[0]

    def mesure(
        self, indicateur_id: str, niveau: str = "ville", territoire_id: str | None = None, **filtres
    ) -> dict:
        """One row of `publication.mesure`: by default the city, every type, the year 2025, the total."""
        attendu = {
            "territoire_id": territoire_id or "dijon",
            "perimetre": "tous",
            "periode_id": "2025",
            "ventilation": "total",
            "modalite": "total",
            **filtres,
        }
        if niveau != "structure":
            attendu.setdefault("type_structure", "tous")
        return self.une("publication.mesure", indicateur_id=indicateur_id, niveau=niveau, **attendu)

    def evolution(self, indicateur_id: str, annee: int = 2025, **filtres) -> dict:
        """One row of `publication.evolution`: by default the city, the year before, common respondents."""
        attendu = {
            "niveau": "ville",
            "territoire_id": "dijon",
            "type_structure": "tous",
            "base": "precedente",
            "perimetre": "constant",
            **filtres,
        }
        return self.une("publication.evolution", indicateur_id=indicateur_id, annee=annee, **attendu)
