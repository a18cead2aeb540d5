-- gravite: a_confirmer
-- message: Masse salariale de {masse} pour {etp} ETP, soit {par_etp} par équivalent temps plein. Relisez les deux : le montant doit être en euros, et de toute l’année.
-- De 5 000 à 200 000 € : bien au-delà de ce qu'un emploi coûte, pour ne dire que les milliers d'euros écrits pour des euros,
-- un chiffre de trop, un mois pour l'année. Les deux effectifs en ETP (003:749-753) sont nécessaires ; la masse salariale
-- (003:881) est celle de l'exercice du rapport.
SELECT m.fichier, m.feuille, m.cellule, m.repondant_id, m.annee, ecrire_mesure(m.valeur, '€') AS masse,
       ecrire_mesure(sum(e.valeur), '') AS etp, ecrire_mesure(round(m.valeur / sum(e.valeur)), '€') AS par_etp,
       concat_ws('/', m.valeur, sum(e.valeur)) AS compare
FROM interne.cellule AS m
JOIN interne.cellule AS e
    ON e.depot_id = m.depot_id AND e.rubrique = 'v' AND e.objet_id IN ('etp-permanents', 'etp-non-permanents') AND e.retenu
WHERE m.retenu AND m.rubrique = 'c' AND m.objet_id = 'masse-salariale' AND m.code = 'n' AND m.valeur > 0
GROUP BY m.fichier, m.feuille, m.cellule, m.repondant_id, m.annee, m.valeur
HAVING count(*) FILTER (e.etat IN ('valeur', 'sans_objet')) = 2 AND m.valeur / nullif(sum(e.valeur), 0) NOT BETWEEN 5000 AND 200000
