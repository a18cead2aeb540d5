-- What a sender is asked to correct in a campaign: the blocking anomalies left in its forms.
SELECT coalesce(r.expediteur_id, '') AS expediteur_id, a.repondant_id, a.regle, a.fichier, a.feuille, a.cellule, a.message
FROM collecte.anomalie AS a
JOIN collecte.attendu AS r ON r.repondant_id = a.repondant_id AND r.annee = a.annee
WHERE a.annee = $annee AND a.gravite = 'bloquant' AND NOT a.remplacee AND NOT a.acceptee
ORDER BY a.id
