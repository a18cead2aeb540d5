-- gravite: information
-- message: « {question} » : au moins trois fois la valeur de l’année précédente. Rien à faire si c’est exact.
SELECT n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, i.question
FROM interne.cellule AS n
JOIN interne.cellule AS p
    ON p.retenu AND p.repondant_id = n.repondant_id AND p.annee = n.annee - 1 AND p.indicateur_id = n.indicateur_id
   AND p.ventilation = n.ventilation AND p.modalite = n.modalite AND p.code = n.code
   AND p.quartier_id IS NOT DISTINCT FROM n.quartier_id
JOIN interne.indicateur AS i ON i.indicateur_id = n.indicateur_id AND i.forme = 'nombre'
WHERE n.retenu AND n.ventilation = 'total' AND p.valeur > 0 AND n.valeur >= 3 * p.valeur
  -- de 1 à 3 projets n'est pas un saut
  AND n.valeur >= 20
