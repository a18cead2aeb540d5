-- What changed of a fiche since its aval, as published before and now; the city first.
SELECT i.libelle AS mesure, t.nom AS territoire, p.libelle AS periode,
       CASE WHEN c.ventilation <> 'total' THEN v.libelle END AS detail,
       coalesce(c.avant, 'rien') AS avant, coalesce(c.apres, 'rien') AS apres, c.raison, c.retire_le
FROM collecte.changement_apres_aval AS c
JOIN publication.indicateur AS i ON i.indicateur_id = c.indicateur_id
JOIN publication.territoire AS t ON t.niveau = c.niveau AND t.territoire_id = c.territoire_id
JOIN publication.periode AS p ON p.periode_id = c.periode_id
LEFT JOIN publication.ventilation AS v ON v.ventilation = c.ventilation AND v.modalite = c.modalite
WHERE c.annee = $annee AND c.fiche_id = $fiche AND c.perimetre = 'tous'
  AND (c.type_structure = 'tous' OR c.niveau = 'structure')
ORDER BY c.raison IS NOT NULL, CASE c.niveau WHEN 'ville' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END, i.ordre, t.nom
