-- gravite: a_confirmer
-- message: Moins d’adhérents ({adherents}) que de familles ({familles}), alors qu’une famille compte au moins un adhérent. Relisez les deux cellules.
SELECT a.fichier, a.feuille, a.cellule, a.repondant_id, a.annee,
       citer(a.valeur, 'personne') AS adherents, citer(f.valeur, 'famille') AS familles,
       concat_ws('/', a.valeur, f.valeur) AS compare
FROM interne.cellule AS a
JOIN interne.cellule AS f
    ON f.depot_id = a.depot_id AND f.rubrique = 'v' AND f.objet_id = 'familles' AND f.retenu
WHERE a.retenu AND a.rubrique = 'v' AND a.objet_id = 'adherents' AND a.valeur < f.valeur
