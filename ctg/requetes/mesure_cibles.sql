-- Targets of a measure for the whole city.
SELECT c.annee, c.valeur, c.origine
FROM publication.cible AS c
JOIN publication.parametre AS v ON v.cle = 'convention.ville_id' AND v.valeur = c.territoire_id
WHERE c.indicateur_id = $indicateur
ORDER BY c.annee
