"""Gives each anomaly its name and its fingerprint, and marks those that a person accepted.

The fingerprint says what was read, so that an acceptance does not outlive a change of the value. It stays
in `interne`: it could tell a small count.
"""

from pathlib import Path

import duckdb

from ctg.entrepot import attacher
from etl.saisies.acceptations import NOM
from etl.saisies.refus import SaisieRefusee

# the row and the code of the cell an anomaly stands in, and what was read there
_IDENTIFIER = """
    UPDATE interne.anomalie AS a
    SET cle = l.rubrique || ':' || l.objet_id || coalesce('@' || l.quartier_id, '')
              || coalesce('#' || l.ventilation || '=' || l.modalite, ''),
        code = l.code,
        empreinte = left(md5(concat_ws('|', a.regle, a.compare, a.valeur_lue, l.etat, l.valeur, l.texte)), 16)
    FROM interne.lue AS l
    JOIN interne.depot AS d ON d.depot_id = l.depot_id
    WHERE a.empreinte IS NULL AND a.fichier = d.fichier AND a.feuille = coalesce(l.feuille, d.feuille)
      AND a.cellule = l.cellule;
    -- the message says what was found where no cell does
    UPDATE interne.anomalie
    SET empreinte = left(md5(concat_ws('|', regle, compare, coalesce(valeur_lue, compare, message))), 16)
    WHERE empreinte IS NULL;
"""
_ACCEPTER = """
    UPDATE interne.anomalie AS a SET entree = c.entree
    FROM interne.acceptation AS c
    WHERE a.entree IS NULL AND c.regle = a.regle AND c.attendu = a.empreinte
      AND coalesce(c.fichier = a.fichier, c.fichier IS NULL)
      AND coalesce(c.feuille = a.feuille, c.feuille IS NULL)
      AND coalesce(c.cellule = a.cellule, c.cellule IS NULL)
      AND coalesce(c.repondant_id = a.repondant_id, c.repondant_id IS NULL)
      AND coalesce(c.annee = a.annee, c.annee IS NULL)
      AND coalesce(c.cle = a.cle, c.cle IS NULL)
      AND coalesce(c.code = a.code, c.code IS NULL)
"""
_RELEVER_LES_DEPOTS = """
    UPDATE interne.depot AS d SET statut = 'accepte'
    WHERE d.statut = 'accepte_partiel'
      AND EXISTS (SELECT 1 FROM interne.anomalie AS a WHERE a.fichier = d.fichier AND a.entree IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM interne.anomalie AS a
                      WHERE a.fichier = d.fichier AND a.repondant_id = d.repondant_id AND a.annee = d.annee
                        AND a.gravite = 'bloquant' AND a.entree IS NULL)
"""
# where an entry points, for the person who must take it out
_SANS_OBJET = f"""
    INSERT INTO interne.anomalie BY NAME
    SELECT '{NOM}' AS fichier, 'entrée ' || c.entree AS cellule, 'bloquant' AS gravite,
           'acceptation_sans_objet' AS regle,
           'L’entrée ' || c.entree || ' accepte « ' || c.regle || ' » pour '
           || concat_ws(', ', c.fichier, 'feuille ' || c.feuille, 'cellule ' || c.cellule,
                        coalesce(s.nom, c.repondant_id), c.annee, c.cle)
           || ' : cette anomalie n’existe plus, ou ce qui a été lu a changé. Retirez l’entrée de {NOM} '
           || '(« Retirer une acceptation », sous la file) ; si l’anomalie est encore là, acceptez-la de '
           || 'nouveau.' AS message,
           c.repondant_id, c.annee
    FROM interne.acceptation AS c
    LEFT JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.entree NOT IN (SELECT entree FROM interne.anomalie WHERE entree IS NOT NULL)
"""
# its number and its sentence, together, name an anomaly of the warehouse as it stands
_LIRE = """
    SELECT a.regle, a.fichier, a.feuille, a.cellule, a.repondant_id, a.annee,
           i.cle, i.code, i.empreinte AS attendu,
           CASE WHEN v.fictif THEN 'oui' ELSE 'non' END AS fictif
    FROM w.collecte.anomalie AS a
    CROSS JOIN w.publication.convention AS v
    LEFT JOIN w.interne.anomalie AS i
        ON i.fichier = a.fichier AND i.regle = a.regle AND i.message = a.message
       AND i.feuille IS NOT DISTINCT FROM a.feuille AND i.cellule IS NOT DISTINCT FROM a.cellule
    WHERE a.id = ? AND a.message = ?
    LIMIT 1
"""


def accepter(connexion: duckdb.DuckDBPyConnection) -> None:
    """Name the anomalies noted since the last call, and mark those that an entry accepts."""
    connexion.execute(_IDENTIFIER)
    connexion.execute(_ACCEPTER)


def relever(connexion: duckdb.DuckDBPyConnection) -> None:
    """A submission whose refusals were all accepted is accepted whole; call before the controls."""
    accepter(connexion)
    connexion.execute(_RELEVER_LES_DEPOTS)


def signaler_les_perimees(connexion: duckdb.DuckDBPyConnection) -> None:
    """Note the entries that accept nothing any more; call after every control."""
    connexion.execute(_SANS_OBJET)
    connexion.execute(_IDENTIFIER)


def entree_pour(entrepot: Path, anomalie_id: int, message: str) -> dict[str, object]:
    """What an entry of corrections.yml must say to accept an anomaly of `collecte.anomalie`.

    The row of the form when there is one (the acceptance then outlives a new file that says the same), else
    the file. Raises SaisieRefusee when the queue has changed since it was shown, or nothing can be accepted.
    """
    with duckdb.connect(":memory:") as connexion:
        attacher(connexion, entrepot, "w")
        trouvee = connexion.execute(_LIRE, [anomalie_id, message]).fetchone()
        colonnes = [colonne[0] for colonne in connexion.description]
    if trouvee is None:
        raise SaisieRefusee("Cette anomalie n’est plus dans la file : elle a été rechargée depuis")
    lue = dict(zip(colonnes, trouvee, strict=True))
    if lue["attendu"] is None:
        raise SaisieRefusee("Cette anomalie ne porte sur rien de reçu : elle ne peut pas être acceptée")
    ou = ("repondant_id", "annee", "cle", "code") if lue["cle"] else ("fichier", "feuille", "cellule")
    return {nom: lue[nom] for nom in ("regle", *ou, "attendu", "fictif")}
