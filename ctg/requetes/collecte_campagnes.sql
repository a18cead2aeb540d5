-- Where each campaign stands, the last one first: its deadlines, and the day the warehouse was built.
SELECT
    r.annee, v.construit_le, min(r.echeance) AS echeance, max(r.echeance) AS derniere_echeance,
    count(*) AS nb_demandes,
    count(*) FILTER (WHERE r.statut <> 'attendu') AS nb_recus
FROM collecte.attendu AS r
CROSS JOIN publication.convention AS v
GROUP BY r.annee, v.construit_le
ORDER BY r.annee DESC
