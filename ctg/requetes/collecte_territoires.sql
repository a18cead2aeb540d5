-- The places where a measure has a number in a campaign: city, quartiers in their order, structures by name.
SELECT DISTINCT m.niveau, m.territoire_id, t.nom, q.rang,
       CASE m.niveau WHEN 'ville' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END AS ordre, strip_accents(lower(t.nom)) AS cle
FROM publication.mesure AS m
JOIN publication.territoire AS t ON t.niveau = m.niveau AND t.territoire_id = m.territoire_id
LEFT JOIN publication.quartier AS q ON m.niveau = 'quartier' AND q.quartier_id = m.territoire_id
WHERE m.indicateur_id = $indicateur AND m.annee = $annee
ORDER BY ordre, q.rang NULLS LAST, cle
