-- The yearly breakdowns of every indicator, in one quartier or in the city ($quartier null), each year up to the
-- one asked for. A scale counts the structures at each of its levels.
SELECT
    m.indicateur_id,
    m.ventilation,
    v.ventilation_libelle,
    m.modalite,
    v.libelle AS modalite_libelle,
    v.exclusive,
    CASE i.saisie WHEN 'niveau' THEN 'structures' ELSE i.unite END AS unite,
    m.annee,
    m.valeur,
    m.etat,
    m.affichage,
    m.nb_repondantes,
    m.nb_attendues,
    m.mention,
    m.raison,
    m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
JOIN publication.ventilation AS v ON v.ventilation = m.ventilation AND v.modalite = m.modalite
WHERE CASE WHEN $quartier IS NULL THEN m.niveau = 'ville'
           ELSE m.niveau = 'quartier' AND m.territoire_id = $quartier END
  AND m.type_structure = 'tous' AND m.perimetre = 'tous' AND m.ventilation <> 'total'
  AND m.annee <= $annee AND p.genre IN ('civile', 'scolaire')
ORDER BY i.ordre, v.ventilation_libelle, v.rang, m.annee
