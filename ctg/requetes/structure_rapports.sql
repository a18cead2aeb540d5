-- The reports of a structure, last campaign first: where each stands, and how many anomalies are left in it.
WITH anomalies AS (
    SELECT annee, count(*) FILTER (WHERE gravite = 'bloquant') AS nb_bloquantes,
           count(*) FILTER (WHERE gravite = 'a_confirmer') AS nb_a_confirmer
    FROM collecte.anomalie
    WHERE repondant_id = $structure AND NOT remplacee AND NOT acceptee
    GROUP BY annee
)
SELECT
    r.annee, r.echeance, r.recu_le, r.statut, r.jours_de_retard, r.fichier,
    coalesce(a.nb_bloquantes, 0) AS nb_bloquantes, coalesce(a.nb_a_confirmer, 0) AS nb_a_confirmer
FROM collecte.attendu AS r
LEFT JOIN anomalies AS a ON a.annee = r.annee
WHERE r.formulaire = 'structure' AND r.repondant_id = $structure
ORDER BY r.annee DESC
