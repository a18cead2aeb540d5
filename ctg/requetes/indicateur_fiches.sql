-- The fiches a measure stands on.
SELECT DISTINCT indicateur_id, fiche_id FROM publication.indicateur_ligne ORDER BY indicateur_id, fiche_id
