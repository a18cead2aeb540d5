-- What an axis cannot say in a campaign: its measures without sufficient data, and why.
SELECT l.fiche_id, i.indicateur_id, i.libelle, s.raison
FROM publication.etat_indicateur AS s
JOIN publication.indicateur AS i ON i.indicateur_id = s.indicateur_id
JOIN (SELECT DISTINCT indicateur_id, fiche_id, axe_id FROM publication.indicateur_ligne) AS l
    ON l.indicateur_id = i.indicateur_id
WHERE l.axe_id = $axe AND s.annee = $annee AND s.etat = 'donnees_insuffisantes'
ORDER BY i.ordre
