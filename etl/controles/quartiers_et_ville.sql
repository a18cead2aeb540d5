-- gravite: bloquant
-- message: Contrôle interne : pour « {question} » en {annee}, les quartiers, la ville entière et l’extérieur ne font pas le total de la ville.
-- moment: apres
-- Quartiers + `ville` + `hors-dijon` = la ville (docs/decisions/02-ce-qui-s-additionne.md) : une erreur ici est une erreur du programme.
SELECT 'entrepôt' AS fichier, NULL AS feuille, NULL AS cellule, NULL AS repondant_id, v.annee, i.question
FROM agregat AS v
JOIN interne.indicateur AS i ON i.indicateur_id = v.indicateur_id AND i.forme = 'nombre' AND i.operation IS NULL
JOIN (
    SELECT indicateur_id, type_structure, perimetre, periode_id, ventilation, modalite, sum(somme) AS somme
    FROM agregat WHERE niveau = 'quartier'
    GROUP BY indicateur_id, type_structure, perimetre, periode_id, ventilation, modalite
) AS q
    ON q.indicateur_id = v.indicateur_id AND q.type_structure = v.type_structure AND q.perimetre = v.perimetre
   AND q.periode_id = v.periode_id AND q.ventilation = v.ventilation AND q.modalite = v.modalite
WHERE v.niveau = 'ville' AND v.perimetre = 'tous' AND abs(coalesce(v.somme, 0) - coalesce(q.somme, 0)) > 1e-6
