-- The measures the convention names without defining them, with the fiches that wait for them.
SELECT i.indicateur_id, i.libelle, i.repondant_libelle, string_agg(DISTINCT l.fiche_id, ', ') AS fiches
FROM publication.indicateur AS i
JOIN publication.indicateur_ligne AS l ON l.indicateur_id = i.indicateur_id
WHERE i.definition = 'a_arreter'
GROUP BY i.indicateur_id, i.libelle, i.repondant_libelle, i.ordre
ORDER BY i.ordre
