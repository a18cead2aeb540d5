"""What a drop would change, said before it is accepted: the warehouse is built in memory with and without it.

The files are read, judged and controlled with everything already received: a value three times last year's,
a report already there, a form that replaces another are seen as they would be once loaded.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ctg.referentiel import charger
from etl import inventaire
from etl.anomalie import Anomalie
from etl.construction import empreinte
from etl.construction.assemblage import assembler
from etl.construction.avancement import Avancement, sans_suite
from etl.construction.entrepot import collecter
from etl.jugement.depots import PLUS_RECENT
from etl.lecture import memoire
from etl.reception.acceptation import deja_recus
from etl.reception.lots import Lot
from etl.reception.reprises import Reprise, a_reprendre
from etl.renvois import courrier, retours
from etl.renvois.courrier import Renvoi

# where the files of the drop stand in the warehouse in memory: no file received can bear such a name
_DEPOSE = "déposé/"

# what becomes of a file
CHARGE, PARTIEL, REFUSE, ANCIEN, ECARTE, DEJA = "charge", "partiel", "refuse", "ancien", "ecarte", "deja"

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
    ORDER BY d.depot_id
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
    FROM interne.observation AS o
    JOIN interne.source_variable AS v USING (source_id, variable_id) WHERE o.fichier = ?
"""
_VALEURS = "SELECT count(*), 0 FROM interne.observation WHERE fichier = ?"
_VALEURS_COMPAREES = f"""
    SELECT count(*) FILTER (a.source_id IS NULL),
           count(*) FILTER (a.source_id IS NOT NULL
                            AND (a.etat, a.valeur) IS DISTINCT FROM (o.etat, o.valeur))
    FROM interne.observation AS o
    LEFT JOIN {memoire.PRECEDENT}.interne.observation AS a
        USING (source_id, variable_id, niveau, territoire_id, annee)
    WHERE o.fichier = ?
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
    """What one file is and would change. `nouvelles`, `changees`: values of open data.

    `renvoi`: what its sender should look at again, None when there is nothing; `annotable`: a marked copy of
    it can be made; `libelles`: (wording, key, what it probably means), for a person to confirm.
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
    renvoi: Renvoi | None = None
    annotable: bool = False
    libelles: tuple[tuple[str, str, str], ...] = ()

    @property
    def utile(self) -> bool:
        """True when accepting it changes something, or may after a correction of its date."""
        return self.etat in (CHARGE, PARTIEL)

    @property
    def reponses(self) -> int:
        """Answers that would be loaded."""
        return sum(rapport.reponses for rapport in self.rapports if rapport.retenu)


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a drop would change: file by file, and the fiches it would take back before their aval."""

    fichiers: dict[str, Examen]
    reprises: tuple[Reprise, ...] = ()


def examiner(
    lot: Lot,
    dates: Mapping[str, dt.date | dt.datetime],
    dossier_referentiel: Path,
    dossiers: tuple[Path, ...],
    entrepot: Path,
    avancement: Avancement = sans_suite,
) -> Apercu:
    """What every file of a drop, received on `dates`, would change; nothing is written.

    What the warehouse remembers of the files received is not read again.
    Raises ReferentielInvalide, ReceptionsIllisibles, OSError (a folder that cannot be read).
    """
    connus = deja_recus(dossiers[0])
    nouvelles = [piece for piece in lot.pieces if piece.sha256 not in connus]
    ajouts = [
        replace(inventaire.recevoir(p.chemin, f"{_DEPOSE}{p.nom}"), recu_le=_instant(dates[p.nom]))
        for p in nouvelles
    ]
    examens = {
        p.nom: Examen(p.nom, DEJA, None, f"Déjà reçu : « {connus[p.sha256]} ».", (), 0, 0, (), ())
        for p in lot.pieces
        if p.sha256 in connus
    }
    reprises = ()
    if ajouts:
        referentiel, version = charger(dossier_referentiel), empreinte.de_la_lecture(dossier_referentiel)
        with duckdb.connect(":memory:") as connexion:
            connue = memoire.ouvrir(connexion, entrepot, version)
            collecte, _ = collecter(dossiers, referentiel, avancement, ajouts, connue)
            assembler(connexion, referentiel, collecte, "", dt.datetime.now(), avancement)
            present = _present(connexion)
            comparer = _VALEURS_COMPAREES if present else _VALEURS
            reprises = a_reprendre(connexion, present)
            renvois = {renvoi.fichier: renvoi for renvoi in retours.renvois(connexion)}
            for ajout in ajouts:
                examen = _examiner(connexion, ajout.nom, comparer)
                renvoi = renvois.get(ajout.nom) or _renvoi_sans_formulaire(examen, ajout)
                if renvoi is not None:
                    renvoi = replace(renvoi, fichier=examen.nom)
                    examen = replace(examen, renvoi=renvoi, annotable=retours.annotable(ajout.chemin))
                examens[examen.nom] = examen
    return Apercu({piece.nom: examens[piece.nom] for piece in lot.pieces}, reprises)


def _instant(jour: dt.date | dt.datetime) -> dt.datetime:
    return jour if isinstance(jour, dt.datetime) else dt.datetime.combine(jour, dt.time())


def _present(connexion: duckdb.DuckDBPyConnection) -> bool:
    """Whether there is a warehouse to compare the values of open data with; without one, all are new."""
    try:
        connexion.execute(f"SELECT 1 FROM {memoire.PRECEDENT}.interne.observation LIMIT 0")
    except duckdb.Error:
        return False
    return True


def _examiner(connexion: duckdb.DuckDBPyConnection, fichier_depose: str, comparer: str) -> Examen:
    fichier = [fichier_depose]
    statut, message = connexion.execute(_FICHIER, fichier).fetchone()
    lus = connexion.execute(_RAPPORTS, fichier).fetchall()
    rapports = tuple(Rapport(*lu[:-1], _voisins(connexion, lu[-1])) for lu in lus)
    differences = connexion.execute(_DIFFERENCES, fichier).fetchall()
    nouvelles, changees = connexion.execute(comparer, fichier).fetchone()
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
        libelles=tuple(connexion.execute(_LIBELLES, fichier).fetchall()),
    )


def _voisins(connexion: duckdb.DuckDBPyConnection, depot_id: int) -> tuple[Voisin, ...]:
    lus = connexion.execute(_VOISINS, [depot_id]).fetchall()
    return tuple(Voisin(*map(_sans_prefixe, lu)) for lu in lus)


def _renvoi_sans_formulaire(examen: Examen, recu: inventaire.Recu) -> Renvoi | None:
    """What to answer to a file refused before anything of it was read: nothing tells whose it is."""
    if examen.rapports or not courrier.a_renvoyer(examen.anomalies):
        return None
    inconnu = "l’expéditeur du fichier"
    return Renvoi(recu.nom, inconnu, (), None, recu.recu_le, None, False, True, examen.anomalies)


def _etat(statut: str, rapports: tuple[Rapport, ...]) -> str:
    if not rapports:
        return {"accepte": CHARGE, "accepte_partiel": PARTIEL, "refuse": REFUSE}.get(statut, ECARTE)
    retenus = [rapport for rapport in rapports if rapport.retenu]
    if retenus:
        entier = len(retenus) == len(rapports) and all(r.statut == "accepte" for r in retenus)
        return CHARGE if entier else PARTIEL
    statuts = {rapport.statut for rapport in rapports}
    return ANCIEN if "remplace" in statuts else ECARTE if "ignore" in statuts else REFUSE


def _sans_prefixe(texte: object) -> object:
    return texte.replace(_DEPOSE, "") if isinstance(texte, str) else texte
