-- gravite: a_confirmer
-- message: Les {nb} montants de l’exercice sont, un à un, {lesquels} : ils ont sans doute été recopiés. Relisez la colonne.
-- Ceux de la colonne d'à côté, ou du rapport d'avant. Cinq montants au moins : un ou deux peuvent ne pas avoir bougé.
WITH poste AS (
    SELECT n.depot_id, n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, n.objet_id, n.valeur,
           max(p.valeur) FILTER (p.annee = n.annee) AS a_cote, max(p.valeur) FILTER (p.annee < n.annee) AS avant
    FROM interne.cellule AS n
    LEFT JOIN interne.cellule AS p
        ON p.repondant_id = n.repondant_id AND p.rubrique = 'c' AND p.objet_id = n.objet_id AND p.retenu
       AND CASE n.annee - p.annee WHEN 0 THEN p.code = 'n-1' WHEN 1 THEN p.code = 'n' ELSE false END
    WHERE n.retenu AND n.rubrique = 'c' AND n.code = 'n' AND n.valeur <> 0
    GROUP BY n.depot_id, n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, n.objet_id, n.valeur
)
SELECT fichier, feuille, min(cellule) AS cellule, repondant_id, annee, count(*) AS nb,
       CASE WHEN bool_and(valeur IS NOT DISTINCT FROM a_cote) THEN 'ceux de l’exercice précédent, la colonne d’à côté'
            ELSE 'ceux du rapport de l’année précédente' END AS lesquels,
       string_agg(valeur, '/' ORDER BY objet_id) AS compare
FROM poste
GROUP BY depot_id, fichier, feuille, repondant_id, annee
HAVING count(*) >= 5 AND (bool_and(valeur IS NOT DISTINCT FROM a_cote) OR bool_and(valeur IS NOT DISTINCT FROM avant))
