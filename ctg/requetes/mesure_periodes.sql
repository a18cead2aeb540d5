-- A measure at the city level by quarter of one campaign; empty when it is only asked for the whole year.
SELECT
    p.periode_id AS code, p.libelle, m.valeur, m.etat, m.affichage, m.nb_repondantes, m.nb_attendues, m.raison,
    m.fictif, m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre = 'trimestre'
WHERE m.indicateur_id = $indicateur AND m.niveau = 'ville' AND m.type_structure = $type
  AND m.perimetre = 'tous' AND m.annee = $annee AND m.ventilation = 'total'
ORDER BY p.rang, p.periode_id
