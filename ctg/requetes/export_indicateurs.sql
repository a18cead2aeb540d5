-- Every indicator under each printed line it answers, in the order of the convention; ours come last in a fiche.
-- A printed line no indicator answers yet keeps its row. The state is the city's.
WITH place AS (
    SELECT il.fiche_id, il.ligne_id, il.indicateur_id FROM publication.indicateur_ligne AS il
    UNION ALL
    SELECT l.fiche_id, l.ligne_id, NULL
    FROM publication.ligne_imprimee AS l
    WHERE l.ligne_id NOT IN (SELECT il.ligne_id FROM publication.indicateur_ligne AS il WHERE il.ligne_id IS NOT NULL)
)
SELECT
    f.axe_id,
    f.fiche_id,
    l.libelle AS ligne,
    l.source,
    i.indicateur_id,
    i.libelle,
    i.unite,
    i.repondant_libelle,
    i.definition,
    e.etat
FROM place AS p
JOIN publication.fiche AS f ON f.fiche_id = p.fiche_id
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN publication.ligne_imprimee AS l ON l.ligne_id = p.ligne_id
LEFT JOIN publication.indicateur AS i ON i.indicateur_id = p.indicateur_id
LEFT JOIN publication.etat_indicateur AS e ON e.indicateur_id = p.indicateur_id AND e.annee = $annee
WHERE $axe IS NULL OR f.axe_id = $axe
ORDER BY a.rang, f.rang, l.resultat_rang NULLS LAST, l.rang, i.ordre
