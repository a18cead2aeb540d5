"""What the screens of the collection add for the neighbour: cells shown one by one, numbers seen by the Caf.

A cell is shown before and after a new submission, when a person corrected it, when two sources answer, in an
anomaly; a published number, as it was on the day of the aval.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

import duckdb

from tests.exemples.attaque.algebre import Nombre, Vecteur
from tests.exemples.attaque.mesures import Publie

_PARTS = {
    "numerateur": "numerateur",
    "satisfaits": "numerateur",
    "denominateur": "denominateur",
    "repondants": "denominateur",
    "proposes": None,
}
_NOMBRE = re.compile(r"-?\d[\d\s]*(?:,\d+)?")
_ADRESSES = """
    SELECT c.fichier, c.feuille, c.cellule, c.indicateur_id, c.repondant_id,
           coalesce(c.quartier_id, CASE WHEN NOT s.multisite THEN s.quartier_id END, 'ville'), c.periode_id,
           c.ventilation, c.modalite, c.code
    FROM collecte.provenance AS c
    LEFT JOIN publication.structure AS s ON s.structure_id = c.repondant_id
"""
_CELLULES = {
    "collecte.difference": """
        SELECT nouveau_fichier, nouvelle_feuille, nouvelle_cellule, apres FROM collecte.difference""",
    "collecte.correction": """
        SELECT fichier, feuille, cellule, unnest([ancienne, nouvelle]) FROM collecte.correction""",
    "collecte.anomalie": """
        SELECT fichier, feuille, cellule, concat_ws(' ; ', valeur_lue, message) FROM collecte.anomalie""",
}
_SOURCES = """
    SELECT indicateur_id, repondant_id, lieu, periode, ventilation, modalite, affichage
    FROM collecte.source_retenue
    WHERE retenu
"""
_A_L_AVAL = {
    "publication.mesure.a_l_aval": """
        SELECT {cle}, a_l_aval FROM publication.mesure WHERE a_l_aval IS NOT NULL""",
    "collecte.changement_apres_aval": "SELECT {cle}, avant FROM collecte.changement_apres_aval",
}
_CLE = "indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation, modalite"


def dites(
    connexion: duckdb.DuckDBPyConnection, publie: Publie
) -> Iterator[tuple[str, list[tuple[Vecteur, Nombre]]]]:
    """(view, equations): what each view says of the answers that count."""
    adresses = {
        tuple(ligne[:3]): (*ligne[3:9], _PARTS.get(ligne[9], "valeur"))
        for ligne in connexion.execute(_ADRESSES).fetchall()
    }
    for vue, requete in _CELLULES.items():
        lues = connexion.execute(requete).fetchall()
        cases = ((_une(adresses.get(tuple(adresse))), texte) for *adresse, texte in lues)
        yield vue, equations(publie, cases)
    paires = []
    for *cle, affichage in connexion.execute(_SOURCES).fetchall():
        textes = affichage.split(" sur ")
        parts = ("valeur",) if len(textes) == 1 else ("numerateur", "denominateur")
        paires += [(_une((*cle, part)), texte) for part, texte in zip(parts, textes, strict=True)]
    yield "collecte.source_retenue", equations(publie, paires)
    sommes = {li.cle: li.grandeurs.get("valeur") for li in publie.lignes if li.table == "mesure"}
    for vue, requete in _A_L_AVAL.items():
        lues = connexion.execute(requete.format(cle=_CLE)).fetchall()
        yield vue, equations(publie, ((sommes.get(tuple(cle)), texte) for *cle, texte in lues))


def _une(reponse: tuple | None) -> Vecteur | None:
    return None if reponse is None else {reponse: 1}


def equations(
    publie: Publie, paires: Iterable[tuple[Vecteur | None, str | None]]
) -> list[tuple[Vecteur, Nombre]]:
    """Texts beside the answers they are about; one that gives another number says nothing of them."""
    trouvees = []
    for vecteur, texte in paires:
        if vecteur and vecteur.keys() <= publie.verite.keys():
            vrai = publie.vrai(vecteur)
            lus = (re.sub(r"\s", "", lu).replace(",", ".") for lu in _NOMBRE.findall(texte or ""))
            if vrai in map(Fraction, lus):
                trouvees.append((vecteur, vrai))
    return trouvees
