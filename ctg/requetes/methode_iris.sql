-- The crosswalk in force: every IRIS, its quartier, how sure it is.
SELECT t.nom, t.territoire_id, q.nom AS quartier, t.certitude
FROM publication.territoire AS t
LEFT JOIN publication.quartier AS q ON q.quartier_id = t.quartier_id
WHERE t.niveau = 'iris'
ORDER BY q.rang NULLS LAST, t.nom
