-- Who a quartier is: one row, with how sure its IRIS are (the crosswalk is a proposal until the city validates it).
SELECT
    q.quartier_id,
    q.nom,
    q.qpv,
    q.cite_educative,
    count(t.territoire_id) AS nb_iris,
    count(t.territoire_id) FILTER (WHERE t.certitude <> 'elevee') AS nb_a_confirmer,
    coalesce(string_agg(t.nom, ', ' ORDER BY t.nom) FILTER (WHERE t.certitude = 'faible'), '') AS iris_faibles
FROM publication.quartier AS q
LEFT JOIN publication.territoire AS t ON t.niveau = 'iris' AND t.quartier_id = q.quartier_id
WHERE q.quartier_id = $quartier
GROUP BY q.quartier_id, q.nom, q.qpv, q.cite_educative
