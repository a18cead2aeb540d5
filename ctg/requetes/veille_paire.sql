-- One variable of one source over two years, on the territories published both years: two rows per territory,
-- in the order of the quartiers. What was masked one of the two years is in neither.
WITH paire AS (
    SELECT e.*, t.nom, t.quartier_id, q.rang, coalesce(d.certitude, t.certitude, '') AS certitude
    FROM publication.diagnostic_evolution AS e
    JOIN publication.territoire AS t ON t.niveau = e.niveau AND t.territoire_id = e.territoire_id
    LEFT JOIN publication.quartier AS q ON q.quartier_id = t.quartier_id
    LEFT JOIN publication.diagnostic AS d
        ON d.source_id = e.source_id AND d.variable_id = e.variable_id AND d.niveau = e.niveau
       AND d.territoire_id = e.territoire_id AND d.annee = e.annee
    WHERE e.source_id = $source AND e.variable_id = $variable AND e.niveau = $niveau
      AND e.annee = $annee AND e.annee_base = $annee_base
      AND ($quartier IS NULL OR $niveau NOT IN ('iris', 'qpv') OR t.quartier_id = $quartier)
)
SELECT territoire_id AS groupe, nom AS libelle, annee_base AS annee, valeur_base AS valeur, affichage AS mouvement,
       ecart, ecart_relatif, nb_communs, nb_assignes, rang, certitude
FROM paire
UNION ALL
SELECT territoire_id, nom, annee, valeur, affichage, ecart, ecart_relatif, nb_communs, nb_assignes, rang, certitude
FROM paire
ORDER BY rang NULLS LAST, libelle, annee
