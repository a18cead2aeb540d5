-- gravite: a_confirmer
-- message: Plus d’équivalents temps plein ({lu}) que de salariés ({salaries}) : {champ}. Relisez les deux cellules.
SELECT e.fichier, e.feuille, e.cellule, e.repondant_id, e.annee, h.libelle AS champ,
       citer(e.valeur, h.unite_statistique) AS lu, citer(s.valeur, h.unite_statistique) AS salaries,
       concat_ws('/', e.valeur, s.valeur) AS compare
FROM interne.cellule AS e
JOIN interne.cellule AS s
    ON s.depot_id = e.depot_id AND s.rubrique = 'v' AND s.objet_id = replace(e.objet_id, 'etp-', 'salaries-') AND s.retenu
JOIN interne.champ AS h ON h.champ_id = e.objet_id
WHERE e.retenu AND e.rubrique = 'v' AND starts_with(e.objet_id, 'etp-') AND e.valeur > s.valeur
