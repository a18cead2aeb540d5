-- The jalons of a fiche as its référent described them in a campaign.
SELECT j.indicateur_id, j.libelle, j.etat, j.prevu_le, j.realise_le, j.motif, j.affichage, m.depuis_l_aval
FROM publication.jalon AS j
JOIN publication.indicateur AS i ON i.indicateur_id = j.indicateur_id
LEFT JOIN publication.mesure AS m
    ON m.indicateur_id = j.indicateur_id AND m.annee = j.annee AND m.niveau = 'ville' AND m.type_structure = 'tous'
   AND m.perimetre = 'tous' AND m.ventilation = 'total' AND m.depuis_l_aval IS NOT NULL
WHERE j.fiche_id = $fiche AND j.annee = $annee
ORDER BY i.ordre
