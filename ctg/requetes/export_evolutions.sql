-- The evolutions of the campaign on the respondents of both years, one row per year compared with: the previous
-- one, that of reference; in one quartier, or in the city ($quartier null).
SELECT v.indicateur_id, v.annee_base, v.etat, v.ecart, v.ecart_relatif, v.nb_communes, v.nb_attendues,
       v.a_l_aval
FROM publication.evolution AS v
WHERE CASE WHEN $quartier IS NULL THEN v.niveau = 'ville'
           ELSE v.niveau = 'quartier' AND v.territoire_id = $quartier END
  AND v.type_structure = 'tous' AND v.annee = $annee AND v.perimetre = 'constant'
