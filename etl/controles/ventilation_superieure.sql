-- gravite: a_confirmer
-- message: « {question} » : la répartition ({ventilation}) dépasse le total. Relisez le total et ses « dont ».
-- Seules les ventilations dont les modalités s'excluent se comparent au total ; un multi-sites n'a pas de total saisi.
WITH total AS (
    SELECT depot_id, indicateur_id, periode_id, sum(valeur) AS valeur, min_by(cellule, length(cellule)) AS cellule
    FROM interne.cellule
    WHERE retenu AND rubrique = 'i' AND ventilation = 'total' AND code IN ('valeur', 'T1', 'T2', 'T3', 'T4')
      AND valeur IS NOT NULL
    GROUP BY depot_id, indicateur_id, periode_id
),
parts AS (
    SELECT depot_id, indicateur_id, periode_id, ventilation, any_value(fichier) AS fichier,
           any_value(feuille) AS feuille, any_value(repondant_id) AS repondant_id, any_value(annee) AS annee,
           sum(valeur) AS valeur
    FROM interne.cellule
    WHERE retenu AND rubrique = 'i' AND ventilation <> 'total' AND code = 'valeur' AND valeur IS NOT NULL
    GROUP BY depot_id, indicateur_id, periode_id, ventilation
)
SELECT p.fichier, p.feuille, t.cellule, p.repondant_id, p.annee, i.question, v.libelle AS ventilation
FROM parts AS p
JOIN total AS t ON t.depot_id = p.depot_id AND t.indicateur_id = p.indicateur_id AND t.periode_id = p.periode_id
JOIN interne.ventilation AS v ON v.ventilation = p.ventilation AND v.exclusive
JOIN interne.indicateur AS i ON i.indicateur_id = p.indicateur_id
WHERE p.valeur > t.valeur
