-- The yearly total of every indicator and its target, in one quartier or in the city ($quartier null), each year
-- up to the one asked for.
SELECT
    m.indicateur_id,
    m.annee,
    m.valeur,
    m.etat,
    m.affichage,
    m.nb_repondantes,
    m.nb_attendues,
    m.mention,
    m.raison,
    m.depuis_l_aval,
    c.valeur AS cible
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id
LEFT JOIN publication.cible AS c
    ON c.indicateur_id = m.indicateur_id AND c.annee = m.annee AND c.territoire_id = m.territoire_id
WHERE CASE WHEN $quartier IS NULL THEN m.niveau = 'ville'
           ELSE m.niveau = 'quartier' AND m.territoire_id = $quartier END
  AND m.type_structure = 'tous'
  AND m.perimetre = 'tous' AND m.ventilation = 'total' AND m.annee <= $annee
  AND p.genre IN ('civile', 'scolaire')
