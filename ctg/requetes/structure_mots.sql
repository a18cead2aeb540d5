-- What the structure says in its own words, last campaign first.
SELECT annee, rubrique, rubrique_libelle, rang, texte
FROM publication.qualitatif
WHERE structure_id = $structure
ORDER BY annee DESC, rang
