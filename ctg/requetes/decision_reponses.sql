-- How the answers of one respondent read today, one row by question: its measures, its life; the accounts have three
-- exercises, and no single reading.
SELECT m.indicateur_id AS objet_id, m.affichage
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
WHERE m.annee = $annee AND m.perimetre = 'tous' AND m.ventilation = 'total'
  AND CASE WHEN $fiche THEN m.niveau = 'ville' AND m.type_structure = 'tous'
           ELSE m.niveau = 'structure' AND m.territoire_id = $repondant END
UNION ALL
SELECT champ_id, affichage FROM publication.vie_structure WHERE annee = $annee AND structure_id = $repondant
