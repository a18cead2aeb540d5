-- Sums of IRIS of one quartier, last year of each variable: beside the city, and its change on the same IRIS.
-- The change is the published one (IRIS known both years); it may rest on fewer IRIS than the value.
WITH derniere AS (
    SELECT source_id, variable_id, max(annee) AS annee
    FROM publication.diagnostic
    WHERE niveau = 'quartier' AND territoire_id = $quartier
    GROUP BY source_id, variable_id
)
SELECT
    d.variable_id, v.libelle, v.unite, v.source_libelle, d.annee, d.valeur, d.etat, d.affichage,
    d.nb_couverts, d.nb_assignes, d.couverture_population,
    c.valeur AS ville_valeur, coalesce(c.etat, 'manquant') AS ville_etat,
    e.annee_base, e.valeur_base, e.valeur AS valeur_comparee, e.affichage AS evolution, e.ecart_relatif,
    e.nb_communs,
    ev.affichage AS evolution_ville
FROM publication.diagnostic AS d
JOIN derniere AS n ON n.source_id = d.source_id AND n.variable_id = d.variable_id AND n.annee = d.annee
JOIN publication.diagnostic_variable AS v ON v.source_id = d.source_id AND v.variable_id = d.variable_id
LEFT JOIN publication.diagnostic AS c
    ON c.source_id = d.source_id AND c.variable_id = d.variable_id AND c.annee = d.annee
   AND c.niveau = 'commune'
LEFT JOIN publication.diagnostic_evolution AS e
    ON e.source_id = d.source_id AND e.variable_id = d.variable_id AND e.annee = d.annee
   AND e.niveau = 'quartier' AND e.territoire_id = d.territoire_id
   AND e.annee_base = (SELECT max(b.annee_base) FROM publication.diagnostic_evolution AS b
                       WHERE b.source_id = d.source_id AND b.variable_id = d.variable_id
                         AND b.niveau = 'quartier' AND b.annee = d.annee)
LEFT JOIN publication.diagnostic_evolution AS ev
    ON ev.source_id = e.source_id AND ev.variable_id = e.variable_id AND ev.annee = e.annee
   AND ev.annee_base = e.annee_base AND ev.niveau = 'commune'
WHERE d.niveau = 'quartier' AND d.territoire_id = $quartier
  AND list_contains($variables::VARCHAR[], d.variable_id)
ORDER BY list_position($variables::VARCHAR[], d.variable_id)
