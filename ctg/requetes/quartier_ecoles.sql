-- Schools one by one, in alphabetical order: their file gives no quartier and no weight.
SELECT
    t.nom AS libelle, v.libelle AS variable, d.annee, d.valeur, d.etat, d.affichage, v.source_libelle
FROM publication.diagnostic AS d
JOIN publication.territoire AS t ON t.niveau = 'ecole' AND t.territoire_id = d.territoire_id
JOIN publication.diagnostic_variable AS v ON v.source_id = d.source_id AND v.variable_id = d.variable_id
WHERE d.niveau = 'ecole'
  AND (t.quartier_id IS NULL OR t.quartier_id = $quartier)
  AND d.annee = (SELECT max(annee) FROM publication.diagnostic WHERE niveau = 'ecole')
ORDER BY v.libelle, t.nom
