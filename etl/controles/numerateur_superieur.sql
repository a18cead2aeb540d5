-- gravite: bloquant
-- message: « {question} »{ou} : {partie} sur {tout}, alors que le premier nombre compte une partie du second. Relisez les deux cellules : cette réponse n’est pas chargée.
-- Un pourcentage est ici toujours la part d'un tout ; une ventilation se rapporte au dénominateur du total.
SELECT n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, i.question, n.ventilation, n.modalite, n.quartier_id,
       citer(n.valeur, i.unite_statistique) AS partie, citer(min(d.valeur), i.unite_statistique) AS tout,
       concat_ws('/', n.valeur, min(d.valeur)) AS compare
FROM interne.cellule AS n
JOIN interne.cellule AS d
    ON d.depot_id = n.depot_id AND d.indicateur_id = n.indicateur_id
   AND (d.ventilation = 'total' OR (d.ventilation = n.ventilation AND d.modalite = n.modalite))
   AND d.quartier_id IS NOT DISTINCT FROM n.quartier_id AND d.code = 'denominateur' AND d.retenu
JOIN interne.indicateur AS i ON i.indicateur_id = n.indicateur_id AND i.unite = '%'
WHERE n.retenu AND n.code = 'numerateur' AND n.valeur > d.valeur
GROUP BY n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, i.question, n.ventilation, n.modalite, n.quartier_id,
         i.unite_statistique, n.valeur
