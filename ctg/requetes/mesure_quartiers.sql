-- A measure by quartier for one period ($periode: 'annee' or the identifier of a period), in the order of the
-- convention; what belongs to no quartier comes last, and only when it was given.
SELECT
    q.quartier_id AS code, q.nom AS libelle, m.valeur, coalesce(m.etat, 'sans_objet') AS etat,
    coalesce(m.affichage, 'sans objet') AS affichage, coalesce(m.nb_repondantes, 0) AS nb_repondantes,
    coalesce(m.nb_attendues, 0) AS nb_attendues, m.mention, m.raison, coalesce(m.fictif, false) AS fictif,
    m.depuis_l_aval
FROM (
    SELECT quartier_id, nom, rang, true AS toujours FROM publication.quartier
    UNION ALL
    SELECT territoire_id, CASE territoire_id WHEN 'ville' THEN 'Sans quartier précis' ELSE nom END, 100, false
    FROM publication.territoire WHERE niveau = 'quartier' AND territoire_id IN ('ville', 'hors-dijon')
) AS q
LEFT JOIN (
    SELECT m.*
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id
    WHERE m.indicateur_id = $indicateur AND m.niveau = 'quartier' AND m.type_structure = $type
      AND m.perimetre = 'tous' AND m.annee = $annee AND m.ventilation = 'total'
      AND CASE WHEN $periode = 'annee' THEN p.genre IN ('civile', 'scolaire') ELSE m.periode_id = $periode END
) AS m ON m.territoire_id = q.quartier_id
WHERE q.toujours OR m.etat = 'publie'
ORDER BY q.rang, q.nom
