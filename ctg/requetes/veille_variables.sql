-- What can be explored: one row per variable and level, with its years and the pairs that can be compared.
SELECT
    d.source_id, v.source_libelle, d.variable_id, v.libelle, v.unite, v.additif, d.niveau,
    list_sort(list(DISTINCT d.annee), 'DESC') AS annees,
    coalesce((SELECT list_sort(list(DISTINCT e.annee_base || '-' || e.annee), 'DESC')
              FROM publication.diagnostic_evolution AS e
              WHERE e.source_id = d.source_id AND e.variable_id = d.variable_id AND e.niveau = d.niveau), []) AS paires
FROM publication.diagnostic AS d
JOIN publication.diagnostic_variable AS v ON v.source_id = d.source_id AND v.variable_id = d.variable_id
WHERE d.etat = 'publie'
GROUP BY d.source_id, v.source_libelle, d.variable_id, v.libelle, v.unite, v.additif, d.niveau
ORDER BY v.source_libelle, v.libelle, d.niveau
