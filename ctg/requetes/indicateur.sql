-- One measure and what must be known to read it; its printed line when the convention prints one.
SELECT
    i.indicateur_id, i.libelle, i.origine, i.nature, i.unite, i.sens, i.numerateur, i.denominateur,
    i.agregation_structures, i.agregation_periodes, i.repondant, i.repondant_libelle, i.definition,
    i.annee_type, i.granularite, i.saisie, i.territoire_de, i.source_existante, i.source,
    l.fiche_id, l.ligne_id, f.titre AS fiche, p.libelle AS ligne, p.source AS ligne_source
FROM publication.indicateur AS i
JOIN publication.indicateur_ligne AS l ON l.indicateur_id = i.indicateur_id
JOIN publication.fiche AS f ON f.fiche_id = l.fiche_id
LEFT JOIN publication.ligne_imprimee AS p ON p.ligne_id = l.ligne_id
WHERE i.indicateur_id = $indicateur
ORDER BY l.fiche_id, l.ligne_id
