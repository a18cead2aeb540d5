-- Where the open data come from: one row per source, with its years and what its producer warns of.
SELECT
    v.source_libelle, any_value(v.producteur) AS producteur, any_value(v.licence) AS licence,
    any_value(v.remarque) AS remarque, count(DISTINCT d.variable_id) AS nb_variables,
    string_agg(DISTINCT d.annee::VARCHAR, ', ' ORDER BY d.annee::VARCHAR) AS annees
FROM publication.diagnostic AS d
JOIN publication.diagnostic_variable AS v ON v.source_id = d.source_id AND v.variable_id = d.variable_id
GROUP BY v.source_libelle
ORDER BY v.source_libelle
