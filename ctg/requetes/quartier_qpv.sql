-- The QPV that bears the name of the quartier: its own perimeter, never the quartier's.
WITH qpv AS (
    -- two outlines (2015, 2024) may bear that name: the one of the latest table, never both
    SELECT t.territoire_id, t.nom
    FROM publication.territoire AS t
    JOIN publication.diagnostic AS d ON d.niveau = 'qpv' AND d.territoire_id = t.territoire_id
    WHERE t.niveau = 'qpv' AND t.quartier_id = $quartier
    GROUP BY t.territoire_id, t.nom
    ORDER BY max(d.annee) DESC, t.territoire_id
    LIMIT 1
),
derniere AS (
    SELECT source_id, variable_id, max(annee) AS annee
    FROM publication.diagnostic
    WHERE niveau = 'qpv' AND territoire_id IN (SELECT territoire_id FROM qpv)
    GROUP BY source_id, variable_id
)
SELECT
    d.territoire_id, qpv.nom, d.variable_id, v.libelle, v.unite, v.source_libelle, d.annee, d.valeur, d.etat,
    d.affichage, e.annee_base, e.affichage AS evolution
FROM publication.diagnostic AS d
JOIN qpv ON qpv.territoire_id = d.territoire_id
JOIN derniere AS n ON n.source_id = d.source_id AND n.variable_id = d.variable_id AND n.annee = d.annee
JOIN publication.diagnostic_variable AS v ON v.source_id = d.source_id AND v.variable_id = d.variable_id
LEFT JOIN publication.diagnostic_evolution AS e
    ON e.source_id = d.source_id AND e.variable_id = d.variable_id AND e.annee = d.annee
   AND e.niveau = 'qpv' AND e.territoire_id = d.territoire_id AND e.annee_base = d.annee - 1
WHERE d.niveau = 'qpv' AND list_contains($variables::VARCHAR[], d.variable_id)
ORDER BY list_position($variables::VARCHAR[], d.variable_id)
