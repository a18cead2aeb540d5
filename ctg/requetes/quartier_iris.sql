-- Variables read IRIS by IRIS, last year published, beside the same variable of the commune that year.
-- Never summed nor averaged: a median or a rate has no value for the quartier.
WITH derniere AS (
    SELECT source_id, variable_id, max(annee) AS annee
    FROM publication.diagnostic
    WHERE niveau = 'iris' AND list_contains($variables::VARCHAR[], variable_id) AND etat = 'publie'
    GROUP BY source_id, variable_id
)
SELECT
    t.territoire_id AS code, t.nom AS libelle, d.variable_id, d.valeur, d.etat, d.affichage, d.annee, d.note, t.certitude,
    v.libelle AS variable, v.unite, v.source_libelle,
    c.valeur AS ville_valeur, c.affichage AS ville_affichage
FROM publication.diagnostic AS d
JOIN derniere AS n ON n.source_id = d.source_id AND n.variable_id = d.variable_id AND n.annee = d.annee
JOIN publication.territoire AS t
    ON t.niveau = 'iris' AND t.territoire_id = d.territoire_id AND t.quartier_id = $quartier
JOIN publication.diagnostic_variable AS v ON v.source_id = d.source_id AND v.variable_id = d.variable_id
LEFT JOIN publication.diagnostic AS c
    ON c.variable_id = d.variable_id AND c.annee = d.annee AND c.niveau = 'commune' AND c.etat = 'publie'
WHERE d.niveau = 'iris' AND list_contains($variables::VARCHAR[], d.variable_id)
ORDER BY list_position($variables::VARCHAR[], d.variable_id), t.nom
