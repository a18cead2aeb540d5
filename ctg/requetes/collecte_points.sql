-- What a sender is asked to correct in a campaign: the blocking anomalies left in the files it sent. Those of the
-- registers of the coordination are not its own, nor what the coordination itself wrote in a cell.
SELECT coalesce(r.expediteur_id, '') AS expediteur_id, a.repondant_id, a.regle, a.fichier, a.feuille, a.cellule, a.message
FROM collecte.anomalie AS a
JOIN collecte.attendu AS r
    ON r.repondant_id = a.repondant_id AND r.annee = a.annee
WHERE r.annee = $annee AND a.gravite = 'bloquant' AND NOT a.remplacee AND NOT a.acceptee
  AND a.fichier IN (SELECT fichier FROM collecte.fichier)
  AND NOT EXISTS (SELECT 1 FROM collecte.correction AS c
                  WHERE c.sort IN ('appliquee', 'maintenue') AND c.fichier = a.fichier AND c.feuille = a.feuille AND c.cellule = a.cellule)
ORDER BY a.id
