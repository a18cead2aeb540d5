-- gravite: a_confirmer
-- message: Les {nb} montants de l’exercice sont, un à un, ceux de l’exercice précédent, la colonne d’à côté : elle a sans doute été recopiée. Relisez les deux colonnes.
-- Cinq montants au moins : un ou deux peuvent ne pas avoir bougé.
WITH poste AS (
    SELECT depot_id, repondant_id, annee, objet_id, max(valeur) FILTER (code = 'n') AS cette_annee,
           max(valeur) FILTER (code = 'n-1') AS avant,
           min({'cellule': cellule, 'fichier': fichier, 'feuille': feuille}) FILTER (code = 'n') AS adresse
    FROM interne.cellule
    WHERE retenu AND rubrique = 'c' AND code IN ('n', 'n-1') AND valeur <> 0
    GROUP BY depot_id, repondant_id, annee, objet_id
)
SELECT min(adresse).fichier AS fichier, min(adresse).feuille AS feuille, min(adresse).cellule AS cellule, repondant_id, annee, count(*) AS nb,
       string_agg(cette_annee, '/' ORDER BY objet_id) AS compare
FROM poste
GROUP BY depot_id, repondant_id, annee
HAVING count(*) >= 5 AND bool_and(cette_annee IS NOT DISTINCT FROM avant)
