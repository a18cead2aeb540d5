-- The number as shown, for one measure, one place, one campaign.
SELECT i.libelle, m.periode_id, m.affichage, m.etat, m.raison, m.mention, m.a_l_aval, m.nb_repondantes,
       m.nb_attendues, i.calcul
FROM publication.mesure AS m
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
WHERE m.indicateur_id = $indicateur AND m.niveau = $niveau AND m.territoire_id = $territoire AND m.annee = $annee
  AND m.perimetre = 'tous' AND m.ventilation = 'total'
  AND (m.niveau = 'structure' OR m.type_structure = 'tous')
