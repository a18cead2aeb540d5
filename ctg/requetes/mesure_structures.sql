-- A measure by structure for one period, in alphabetical order: never a ranking.
SELECT
    s.structure_id AS code, s.nom AS libelle, m.valeur, m.etat, m.affichage, m.nb_repondantes, m.nb_attendues,
    m.mention, m.raison, m.estime, m.nb_extraites, m.fictif, m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.structure AS s ON s.structure_id = m.territoire_id
JOIN publication.periode AS p ON p.periode_id = m.periode_id
WHERE m.indicateur_id = $indicateur AND m.niveau = 'structure' AND m.perimetre = 'tous' AND m.annee = $annee
  AND m.ventilation = 'total' AND ($type = 'tous' OR s.type = $type)
  AND ($quartier = 'tous' OR s.quartier_id = $quartier)
  AND CASE WHEN $periode = 'annee' THEN p.genre IN ('civile', 'scolaire') ELSE m.periode_id = $periode END
ORDER BY s.nom
