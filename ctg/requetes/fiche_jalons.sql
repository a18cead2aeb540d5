-- The jalons of a fiche as its référent described them in a campaign.
SELECT j.indicateur_id, j.libelle, j.etat, j.prevu_le, j.realise_le, j.motif, j.affichage
FROM publication.jalon AS j
JOIN publication.indicateur AS i ON i.indicateur_id = j.indicateur_id
WHERE j.fiche_id = $fiche AND j.annee = $annee
ORDER BY i.ordre
