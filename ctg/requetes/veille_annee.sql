-- One variable of one source, one year, at one level: every territory, masked ones included.
SELECT
    t.territoire_id AS code,
    CASE WHEN d.niveau = 'iris' AND q.nom IS NOT NULL THEN t.nom || ' (' || q.nom || ')' ELSE t.nom END AS libelle,
    d.valeur, d.etat, d.affichage, d.note, d.nb_couverts, d.nb_assignes, t.quartier_id,
    coalesce(d.certitude, t.certitude, '') AS certitude
FROM publication.diagnostic AS d
JOIN publication.territoire AS t ON t.niveau = d.niveau AND t.territoire_id = d.territoire_id
LEFT JOIN publication.quartier AS q ON q.quartier_id = t.quartier_id
WHERE d.source_id = $source AND d.variable_id = $variable AND d.niveau = $niveau AND d.annee = $annee
  AND ($quartier IS NULL OR $niveau NOT IN ('iris', 'qpv') OR t.quartier_id = $quartier)
ORDER BY CASE WHEN d.niveau = 'quartier' THEN q.rang END, t.nom
