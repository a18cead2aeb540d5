-- gravite: a_confirmer
-- message: La répartition des adhérents par {repartition} fait {somme}, au lieu de 100 % (à 1 point près). Relisez ces pourcentages.
-- Incomplètes, ces parts ne dépassent pas 100.
WITH part AS (
    SELECT depot_id, fichier, feuille, cellule, repondant_id, annee, valeur,
           est_parlante(rubrique, objet_id, repondant_id, annee) AS parlante,
           repartition_des_adherents(objet_id) AS repartition
    FROM interne.cellule
    WHERE retenu AND rubrique = 'v' AND valeur IS NOT NULL AND repartition IS NOT NULL
)
SELECT fichier, feuille, min(cellule) AS cellule, repondant_id, annee, repartition,
       -- à côté des deux autres parts, la somme donnerait celle qui ne se montre pas
       CASE WHEN bool_or(parlante) THEN '(non montré)' ELSE ecrire_mesure(sum(valeur), '%') END AS somme, string_agg(valeur, '/' ORDER BY cellule) AS compare
FROM part
GROUP BY depot_id, fichier, feuille, repondant_id, annee, repartition
HAVING sum(valeur) > 101 + 1e-6 OR (count(*) = 3 AND sum(valeur) < 99 - 1e-6)
