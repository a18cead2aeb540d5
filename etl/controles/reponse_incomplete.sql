-- gravite: a_confirmer
-- message: « {question} »{ou} : cette case est vide alors que {voisine}. Complétez-la : sans elle, la réponse ne peut pas être comptée.
-- Un rapport demande deux nombres, une satisfaction aussi, une année ses quatre trimestres ; des « dont », leur total.
SELECT v.fichier, v.feuille, v.cellule, v.repondant_id, v.annee, i.question, v.ventilation, v.modalite, v.quartier_id,
       CASE v.code WHEN 'valeur' THEN 'ses « dont » sont remplis' ELSE 'sa voisine est remplie' END AS voisine
FROM interne.cellule AS v
JOIN interne.indicateur AS i ON i.indicateur_id = v.indicateur_id
WHERE v.retenu AND v.etat = 'manquant'
  AND v.code IN ('valeur', 'numerateur', 'denominateur', 'repondants', 'satisfaits', 'T1', 'T2', 'T3', 'T4')
  AND EXISTS (
      SELECT 1 FROM interne.cellule AS n
      WHERE n.depot_id = v.depot_id AND n.indicateur_id = v.indicateur_id
        AND n.quartier_id IS NOT DISTINCT FROM v.quartier_id AND n.valeur IS NOT NULL
        AND CASE WHEN n.code = v.code THEN v.ventilation = 'total' AND n.ventilation <> 'total'
                 ELSE n.ventilation = v.ventilation AND n.modalite = v.modalite AND n.code <> 'proposes' END)
