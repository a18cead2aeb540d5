"""Controls: a query that returns the offenders, and the sentence they are told.

Each `etl/controles/*.sql` opens with `-- gravite: …`, `-- message: …` ({columns} of its result are filled in)
and, for a check of the built aggregates, `-- moment: apres`. A result that has the columns `ventilation` and
`modalite`, or `quartier_id`, may say `{ou}` after its question: which of its rows. Numbers are quoted through
`citer`, which keeps small counts of people to itself, or `citer_reponse`, which also keeps what would give
one away; `compare` holds what was compared, and never leaves `interne`. A blocking control refuses the cell
it names, unless a person accepted the anomaly.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.controles import acceptation
from etl.insertion import inserer
from etl.requetes import requetes

_DOSSIER = Path(__file__).parent
_ENTETE = re.compile(r"^-- (gravite|message|moment): (.+)$", re.MULTILINE)
_ADRESSE = ("fichier", "feuille", "cellule", "repondant_id", "annee")

_REFUSER_LES_CELLULES = """
    UPDATE interne.cellule AS c SET etat = 'refuse', valeur = NULL
    FROM interne.anomalie AS a
    WHERE a.gravite = 'bloquant' AND a.regle = ? AND a.entree IS NULL
      AND a.fichier = c.fichier AND a.feuille IS NOT DISTINCT FROM c.feuille AND a.cellule = c.cellule
"""
# several rows ask the same question: of which breakdown, of which quartier
_LIEUX = """
    SELECT ventilation || '=' || modalite, ', dont « ' || libelle || ' »' FROM interne.modalite
    UNION ALL SELECT quartier_id, ', ' || nom FROM interne.lieu
"""
_DECLASSER_LES_DEPOTS = """
    UPDATE interne.depot AS d SET statut = 'accepte_partiel'
    FROM interne.anomalie_de_depot AS a
    WHERE d.statut = 'accepte' AND a.gravite = 'bloquant' AND a.regle = ? AND a.entree IS NULL
      AND a.depot_id = d.depot_id
"""


@dataclass(frozen=True, slots=True)
class Controle:
    """One control; `regle` is the name of its file."""

    regle: str
    gravite: str
    message: str
    moment: str
    requete: duckdb.Statement


@functools.cache
def controles() -> tuple[Controle, ...]:
    """Every control, by name of file."""
    return tuple(_lire(chemin) for chemin in sorted(_DOSSIER.glob("*.sql")))


def _lire(chemin: Path) -> Controle:
    entete = {"moment": "avant", **dict(_ENTETE.findall(chemin.read_text(encoding="utf-8")))}
    (requete,) = requetes(chemin)
    return Controle(regle=chemin.stem, requete=requete, **entete)


# the number and what decides whether it may be quoted: it is written once the offenders are known, for these
# rules spelled out in each query would cost up to a quarter of its time
_CITER = """
    CREATE OR REPLACE TEMP MACRO citer(n, unite_statistique) AS
        {'n': n::DOUBLE, 'unite_statistique': unite_statistique, 'reponse': NULL};
    CREATE OR REPLACE TEMP MACRO citer_reponse(n, code, unite_statistique, nature, parlante) AS
        {'n': n::DOUBLE, 'unite_statistique': unite_statistique,
         'reponse': {'code': code, 'nature': nature::VARCHAR, 'parlante': parlante}};
"""
_ECRIRE = """
    SELECT CASE
        WHEN c.reponse IS NULL AND effectif_secret(c.n, c.unite_statistique) THEN '(effectif non montré)'
        WHEN c.reponse IS NOT NULL AND (c.reponse.parlante OR terme_secret(
            c.n, c.reponse.code, c.unite_statistique, c.reponse.nature)) THEN '(non montré)'
        ELSE ecrire_mesure(c.n, '') END
    FROM (SELECT unnest($cites::STRUCT(n DOUBLE, unite_statistique VARCHAR, reponse STRUCT(
                     code VARCHAR, nature VARCHAR, parlante BOOLEAN))[]) AS c,
                 generate_subscripts($cites, 1) AS rang)
    ORDER BY rang
"""


def controler(connexion: duckdb.DuckDBPyConnection, moment: str) -> None:
    """Run the controls of a moment (`avant`: on cells; `apres`: on aggregates) and note the offenders."""
    connexion.execute(_CITER)
    for controle in controles():
        if controle.moment != moment:
            continue
        curseur = connexion.execute(controle.requete)
        noms = [colonne[0] for colonne in curseur.description]
        fautes = [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
        if fautes:
            cites = _ecrire_les_nombres(connexion, fautes)
            lieux = dict(connexion.execute(_LIEUX).fetchall()) if "{ou}" in controle.message else {}
            inserer(
                connexion, "interne.anomalie", (_anomalie(controle, faute, lieux, cites) for faute in fautes)
            )
            acceptation.accepter(connexion)
        if fautes and moment == "avant" and controle.gravite == "bloquant":
            connexion.execute(_REFUSER_LES_CELLULES, [controle.regle])
            connexion.execute(_DECLASSER_LES_DEPOTS, [controle.regle])


def _ecrire_les_nombres(connexion: duckdb.DuckDBPyConnection, fautes: list[dict]) -> set[str]:
    """Put the text of each number where `citer` and `citer_reponse` left it; say in which columns."""
    cites = [(faute, nom) for faute in fautes for nom, cite in faute.items() if isinstance(cite, dict)]
    if cites:
        textes = connexion.execute(_ECRIRE, {"cites": [faute[nom] for faute, nom in cites]}).fetchall()
        for (faute, nom), (texte,) in zip(cites, textes, strict=True):
            faute[nom] = texte
    return {nom for _, nom in cites}


def _anomalie(controle: Controle, faute: dict, lieux: dict[str, str], cites: set[str]) -> dict:
    cles = (f"{faute.get('ventilation')}={faute.get('modalite')}", faute.get("quartier_id"))
    ou = "".join(lieux.get(cle, "") for cle in cles)
    tus = faute | dict.fromkeys(cites, "(non montré)")
    return {
        **{nom: faute[nom] for nom in _ADRESSE},
        "gravite": controle.gravite,
        "regle": controle.regle,
        "message": controle.message.format(**faute, ou=ou),
        "message_tu": controle.message.format(**tus, ou=ou) if cites else None,
        "compare": faute.get("compare"),
    }
