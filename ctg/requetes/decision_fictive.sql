-- Is every form that counts made up? The rule by which a build takes a decision for its own (etl.construction.chargement).
SELECT coalesce(bool_and(fictif), false) AS fictive
FROM collecte.fichier
WHERE formulaire IS NOT NULL AND statut IN ('accepte', 'accepte_partiel')
