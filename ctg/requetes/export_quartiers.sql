-- The yearly total of every indicator, in each quartier and in the city.
SELECT m.indicateur_id, CASE m.niveau WHEN 'ville' THEN 'total' ELSE m.territoire_id END AS place, m.valeur, m.etat, m.affichage, m.raison,
       m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id
WHERE m.niveau IN ('quartier', 'ville') AND m.type_structure = 'tous' AND m.perimetre = 'tous'
  AND m.ventilation = 'total' AND m.annee = $annee AND p.genre IN ('civile', 'scolaire')
