-- gravite: bloquant
-- message: « {question} » : le premier nombre compte une partie du second, il ne peut pas le dépasser. Relisez les deux cellules : cette réponse n’est pas chargée.
-- Un pourcentage est ici toujours la part d'un tout ; une ventilation se rapporte au dénominateur du total.
SELECT DISTINCT n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, i.question
FROM interne.cellule AS n
JOIN interne.cellule AS d
    ON d.depot_id = n.depot_id AND d.indicateur_id = n.indicateur_id
   AND (d.ventilation = 'total' OR (d.ventilation = n.ventilation AND d.modalite = n.modalite))
   AND d.quartier_id IS NOT DISTINCT FROM n.quartier_id AND d.code = 'denominateur'
JOIN interne.indicateur AS i ON i.indicateur_id = n.indicateur_id AND i.unite = '%'
WHERE n.retenu AND n.code = 'numerateur' AND n.valeur > d.valeur
