-- La collecte : ce qui est arrivé, ce qu'il faut corriger, d'où vient chaque nombre.
CREATE VIEW IF NOT EXISTS collecte.fichier AS
SELECT f.fichier, f.sha256, f.famille, f.genre, d.feuille, d.formulaire, d.repondant_id,
       CASE WHEN d.formulaire = 'structure' THEN d.repondant_id END AS structure_id,
       d.annee, coalesce(d.statut, f.statut) AS statut, coalesce(d.recu_le, f.recu_le) AS recu_le, d.remplace_par,
       coalesce(d.fictif, false) AS fictif, f.taille, coalesce(d.message, f.message) AS message
FROM interne.fichier AS f
LEFT JOIN interne.depot AS d ON d.fichier = f.fichier;

-- Ce qui a été lu et pourrait dire un petit effectif n'est déjà plus dans l'anomalie (etl/canevas/reponse/petits_nombres.py).
-- `acceptee` : une personne l'a gardée, avec sa raison (corrections.yml) ; elle ne compte plus.
-- `remplacee` : le formulaire a été remplacé par un envoi retenu ; il n'y a plus rien à y corriger.
CREATE TABLE collecte.anomalie AS
SELECT
    row_number() OVER (ORDER BY CASE a.gravite WHEN 'bloquant' THEN 1 WHEN 'a_confirmer' THEN 2 ELSE 3 END,
                       a.fichier, a.feuille, a.cellule, a.regle, a.repondant_id, a.annee, a.message)::INTEGER AS id,
    a.fichier, a.feuille, a.cellule, a.gravite, a.regle, a.message, a.valeur_lue, a.repondant_id, a.annee,
    EXISTS (
        SELECT 1 FROM interne.depot AS d
        JOIN interne.depot AS r
            ON r.retenu AND r.formulaire = d.formulaire AND r.repondant_id = d.repondant_id AND r.annee = d.annee
           AND r.source = d.source
        WHERE d.fichier = a.fichier AND d.repondant_id = a.repondant_id AND d.annee = a.annee
          AND (d.source <> 'formulaire' OR d.feuille = a.feuille) AND NOT d.retenu
          AND (d.statut = 'remplace' OR (d.statut = 'refuse' AND r.recu_le > d.recu_le))
    ) AS remplacee,
    a.entree IS NOT NULL AS acceptee, c.raison AS acceptation_raison,
    coalesce(f.libelle, c.fonction) AS acceptation_fonction, c.le AS acceptee_le
FROM interne.anomalie AS a
LEFT JOIN interne.acceptation AS c ON c.entree = a.entree
LEFT JOIN interne.fonction AS f ON f.fonction_id = c.fonction;

CREATE VIEW IF NOT EXISTS collecte.provenance AS
SELECT c.indicateur_id, CASE WHEN c.formulaire = 'structure' THEN c.repondant_id END AS structure_id,
       c.formulaire, c.repondant_id, c.quartier_id, c.annee, c.periode_id, c.ventilation, c.modalite, c.code,
       c.fichier, c.feuille, c.cellule, c.fictif, n.libelle AS source, c.saisie, c.recue
FROM interne.cellule AS c
JOIN interne.source_reponse AS n ON n.source = c.source
WHERE c.retenu AND c.indicateur_id IS NOT NULL AND c.etat IN ('valeur', 'sans_objet');
