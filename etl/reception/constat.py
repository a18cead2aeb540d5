"""What one file of a drop is and would change, as the warehouse tried with it says."""

import datetime as dt
from dataclasses import dataclass

import duckdb

from etl.anomalie import Anomalie
from etl.construction.remplacement import PRECEDENT
from etl.jugement.depots import MEME_CONTENU, PLUS_RECENT
from etl.reception import corrections_perdues
from etl.reception.corrections_perdues import Perdue
from etl.renvois.courrier import Renvoi

# where the files of the drop stand in the warehouse that is tried: no file received can bear such a name
DEPOSE = "déposé/"

# what becomes of a file
CHARGE, PARTIEL, REFUSE, ECARTE = "charge", "partiel", "refuse", "ecarte"
ANCIEN, IDENTIQUE, DEJA = "ancien", "identique", "deja"

_FICHIER = "SELECT statut, message FROM interne.fichier WHERE fichier = ?"
_RAPPORTS = """
    SELECT coalesce(s.nom, f.fiche_id || ' · ' || f.titre, d.repondant_id, d.feuille, 'inconnu') AS nom,
           d.formulaire, d.source, d.annee, d.statut, d.retenu, d.fictif, d.message,
           (SELECT count(*) FROM interne.lue AS l
            WHERE l.depot_id = d.depot_id AND l.etat IN ('valeur', 'sans_objet', 'a_relire')) AS reponses,
           d.depot_id
    FROM interne.depot AS d
    LEFT JOIN interne.structure AS s ON s.structure_id = d.repondant_id
    LEFT JOIN interne.fiche AS f ON f.fiche_id = d.repondant_id
    WHERE d.fichier = ?
    ORDER BY d.rowid
"""
# the other submissions of its respondent, year and source: those it replaces, else those that keep it out
_VOISINS = """
    SELECT DISTINCT ON (a.fichier) a.fichier, a.recu_le, a.message
    FROM interne.depot AS d
    JOIN interne.depot AS a
        ON a.formulaire = d.formulaire AND a.repondant_id = d.repondant_id AND a.annee = d.annee
       AND a.source = d.source AND a.fichier <> d.fichier
    WHERE d.depot_id = ?
      AND CASE WHEN d.retenu THEN a.statut = 'remplace' AND a.remplace_par = d.fichier
               WHEN d.statut = 'remplace' THEN a.retenu
               ELSE d.statut = 'ignore' AND a.statut = 'ignore' END
    ORDER BY a.fichier
"""
_ANOMALIES = """
    SELECT feuille, cellule, gravite, regle, message, valeur_lue FROM collecte.anomalie
    WHERE fichier = ? AND NOT remplacee AND NOT acceptee ORDER BY id
"""
_DIFFERENCES = """
    SELECT coalesce(s.nom, d.repondant_id) AS repondant, d.annee, d.question, d.code, d.ancien_fichier,
           d.ancienne_cellule, d.nouvelle_cellule, d.avant, d.apres
    FROM collecte.difference AS d
    LEFT JOIN interne.structure AS s ON s.structure_id = d.repondant_id
    WHERE d.nouveau_fichier = ?
"""
_LIBELLES = "SELECT DISTINCT libelle, cle, propose FROM collecte.rapprochement WHERE fichier = ? ORDER BY ALL"
_SOURCE = """
    SELECT CASE count(DISTINCT v.source_libelle)
               WHEN 0 THEN NULL
               WHEN 1 THEN any_value(v.source_libelle)
               ELSE count(DISTINCT v.source_libelle) || ' séries de données ouvertes'
           END
    FROM interne.observation_lue AS o
    JOIN interne.source_variable AS v USING (source_id, variable_id) WHERE o.fichier = ?
"""
_VALEURS = "SELECT count(*), 0 FROM interne.observation WHERE fichier = ?"
# of all that the file gives, whichever counts in the end: one that contradicts another makes figures vanish
_VALEURS_COMPAREES = f"""
    SELECT count(*) FILTER (a.source_id IS NULL),
           count(*) FILTER (a.source_id IS NOT NULL
                            AND (a.etat, a.valeur) IS DISTINCT FROM (o.etat, o.valeur))
    FROM interne.observation AS o
    SEMI JOIN (FROM interne.observation_lue WHERE fichier = ?) AS l
        USING (source_id, variable_id, niveau, territoire_id, annee)
    LEFT JOIN {PRECEDENT}.interne.observation AS a
        USING (source_id, variable_id, niveau, territoire_id, annee)
"""


@dataclass(frozen=True, slots=True)
class Voisin:
    """Another submission of the same respondent and year, and what becomes of it: `message`.

    `recu_le` is None when nothing dates it.
    """

    fichier: str
    recu_le: dt.datetime | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Rapport:
    """One form of a file: whose, of which year, from what kind of file, what becomes of it.

    `voisins`: those it replaces when it counts, else those that keep it from counting.
    """

    nom: str
    formulaire: str
    source: str
    annee: int | None
    statut: str
    retenu: bool
    fictif: bool
    message: str | None
    reponses: int
    voisins: tuple[Voisin, ...]

    @property
    def extrait(self) -> bool:
        """It comes from a software or an administration: the structure has not said it."""
        return self.source.startswith("extrait:")

    @property
    def depasse(self) -> bool:
        """Another one of its respondent and year came after it, as far as their dates tell."""
        return self.statut == "remplace" and (self.message or "").endswith(PLUS_RECENT)

    @property
    def a_departager(self) -> bool:
        """Nothing says which of these submissions came last: none of them would count."""
        return self.statut == "ignore" and bool(self.voisins)


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that changes: texts as shown, small counts of people left out."""

    repondant: str
    annee: int
    question: str
    code: str
    ancien_fichier: str
    ancienne_cellule: str | None
    nouvelle_cellule: str | None
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Examen:
    """What one file is and would change. `nouvelles`, `changees`: values of open data; `perdues`: the
    corrections by hand that would no longer apply.

    `renvoi`: what its sender should look at again, None when there is nothing; `copie`: the extension of the
    marked copy that can be made of it; `libelles`: (wording, key, what it probably means), for a person to
    confirm.
    """

    nom: str
    etat: str
    source: str | None
    message: str | None
    rapports: tuple[Rapport, ...]
    nouvelles: int
    changees: int
    anomalies: tuple[Anomalie, ...]
    differences: tuple[Difference, ...]
    perdues: tuple[Perdue, ...] = ()
    renvoi: Renvoi | None = None
    copie: str | None = None
    libelles: tuple[tuple[str, str, str], ...] = ()

    @property
    def utile(self) -> bool:
        """True when accepting it changes something, or may after a correction of its date."""
        return self.etat in (CHARGE, PARTIEL)

    @property
    def reponses(self) -> int:
        """Answers that would be loaded."""
        return sum(rapport.reponses for rapport in self.rapports if rapport.retenu)


def lire(connexion: duckdb.DuckDBPyConnection, fichier_depose: str, comparer: bool) -> Examen:
    """What is said of a dropped file, by its name in the warehouse that is tried.

    `comparer`: the warehouse of today is attached.
    """
    fichier = [fichier_depose]
    valeurs = _VALEURS_COMPAREES if comparer else _VALEURS
    statut, message = connexion.execute(_FICHIER, fichier).fetchone()
    lus = connexion.execute(_RAPPORTS, fichier).fetchall()
    rapports = tuple(Rapport(*lu[:-1], _voisins(connexion, lu[-1])) for lu in lus)
    differences = connexion.execute(_DIFFERENCES, fichier).fetchall()
    nouvelles, changees = connexion.execute(valeurs, fichier).fetchone()
    return Examen(
        nom=_sans_prefixe(fichier_depose),
        etat=_etat(statut, rapports),
        source=connexion.execute(_SOURCE, fichier).fetchone()[0],
        message=_sans_prefixe(message or next((r.message for r in rapports if r.message), None)),
        rapports=rapports,
        nouvelles=nouvelles,
        changees=changees,
        anomalies=tuple(Anomalie(*ligne) for ligne in connexion.execute(_ANOMALIES, fichier).fetchall()),
        differences=tuple(Difference(*map(_sans_prefixe, ligne)) for ligne in differences),
        perdues=corrections_perdues.lire(connexion, fichier_depose, DEPOSE, comparer),
        libelles=tuple(connexion.execute(_LIBELLES, fichier).fetchall()),
    )


def _voisins(connexion: duckdb.DuckDBPyConnection, depot_id: int) -> tuple[Voisin, ...]:
    lus = connexion.execute(_VOISINS, [depot_id]).fetchall()
    return tuple(Voisin(*map(_sans_prefixe, lu)) for lu in lus)


def _etat(statut: str, rapports: tuple[Rapport, ...]) -> str:
    if not rapports:
        return {"accepte": CHARGE, "accepte_partiel": PARTIEL, "refuse": REFUSE}.get(statut, ECARTE)
    retenus = [rapport for rapport in rapports if rapport.retenu]
    if retenus:
        entier = len(retenus) == len(rapports) and all(r.statut == "accepte" for r in retenus)
        return CHARGE if entier else PARTIEL
    statuts = {rapport.statut for rapport in rapports}
    if "remplace" in statuts:
        memes = all((r.message or "").startswith(MEME_CONTENU) for r in rapports if r.statut == "remplace")
        return IDENTIQUE if memes else ANCIEN
    return ECARTE if "ignore" in statuts else REFUSE


def _sans_prefixe(texte: object) -> object:
    return texte.replace(DEPOSE, "") if isinstance(texte, str) else texte
