-- A measure for the whole city in one period: at most one row.
SELECT m.valeur, m.etat, m.affichage, m.nb_repondantes, m.nb_attendues, m.mention, m.estime, m.nb_extraites, m.fictif, m.depuis_l_aval,
       p.libelle AS periode
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id
WHERE m.indicateur_id = $indicateur AND m.niveau = 'ville' AND m.type_structure = $type
  AND m.perimetre = 'tous' AND m.annee = $annee AND m.ventilation = 'total'
  AND CASE WHEN $periode = 'annee' THEN p.genre IN ('civile', 'scolaire') ELSE m.periode_id = $periode END
