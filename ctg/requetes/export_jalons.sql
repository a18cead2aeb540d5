-- The jalons of the campaign, in the order of the convention.
SELECT f.fiche_id, f.titre, j.indicateur_id, j.libelle, j.etat, j.prevu_le, j.realise_le, j.avancement, j.motif,
       j.affichage, m.depuis_l_aval
FROM publication.jalon AS j
JOIN publication.fiche AS f ON f.fiche_id = j.fiche_id
JOIN publication.axe AS a ON a.axe_id = f.axe_id
JOIN publication.indicateur AS i ON i.indicateur_id = j.indicateur_id
LEFT JOIN publication.mesure AS m
    ON m.indicateur_id = j.indicateur_id AND m.annee = j.annee AND m.niveau = 'ville' AND m.type_structure = 'tous'
   AND m.perimetre = 'tous' AND m.ventilation = 'total' AND m.depuis_l_aval IS NOT NULL
WHERE j.annee = $annee AND ($axe IS NULL OR f.axe_id = $axe)
ORDER BY a.rang, f.rang, i.ordre
