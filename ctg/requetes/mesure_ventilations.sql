-- A measure at the city level by breakdown for one campaign.
SELECT
    v.ventilation, v.ventilation_libelle, v.exclusive, v.modalite AS code, v.libelle, m.valeur, m.etat, m.affichage,
    m.nb_repondantes, m.nb_attendues, m.raison, m.fictif, m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.ventilation AS v ON v.ventilation = m.ventilation AND v.modalite = m.modalite
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
WHERE m.indicateur_id = $indicateur AND m.niveau = 'ville' AND m.type_structure = $type
  AND m.perimetre = 'tous' AND m.annee = $annee AND m.ventilation <> 'total'
ORDER BY v.ventilation, v.rang
