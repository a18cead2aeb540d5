-- The convention's own words on a fiche: objectives, operational objectives, expected results.
SELECT rubrique, rang, texte, source
FROM publication.fiche_texte
WHERE fiche_id = $fiche
ORDER BY rubrique, rang
