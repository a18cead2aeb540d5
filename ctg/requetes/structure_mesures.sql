-- Every measure asked of a structure, one row per measure and campaign: its answer, its change over one year,
-- and the median of its type, over at least $minimum published answers. A masked count lies between zero and
-- the first number shown: it keeps its rank in the median, which is silent when it falls on one. A masked rate
-- has no known rank: no median then.
WITH reponse AS (
    SELECT m.indicateur_id, m.annee, m.type_structure, m.etat,
           CASE m.etat WHEN 'publie' THEN m.valeur WHEN 'secret' THEN 0.5 END AS rangee,
           m.etat = 'secret' AND i.nature <> 'denombrement' AS sans_rang
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
    WHERE m.niveau = 'structure' AND m.perimetre = 'tous' AND m.ventilation = 'total'
),
par_type AS (
    SELECT indicateur_id, annee, type_structure,
           count(*) FILTER (WHERE etat = 'publie') AS nb_publiees,
           count(*) FILTER (WHERE etat = 'secret') AS nb_secretes,
           bool_or(sans_rang) AS sans_rang,
           list_sort(list(rangee) FILTER (WHERE rangee IS NOT NULL)) AS rangees
    FROM reponse
    GROUP BY indicateur_id, annee, type_structure
),
milieu AS (
    SELECT *, rangees[(len(rangees) + 1) // 2] AS bas, rangees[(len(rangees) + 2) // 2] AS haut FROM par_type
)
SELECT
    i.indicateur_id, i.libelle, i.unite, i.nature, i.ordre, m.annee, m.periode_id,
    m.valeur, m.etat, m.affichage, m.raison, m.nb_repondantes, m.nb_attendues, m.estime, m.nb_extraites, m.fictif, m.a_l_aval, m.depuis_l_aval,
    e.etat AS evolution_etat, e.affichage AS evolution, e.a_l_aval AS evolution_a_l_aval, e.annee_base,
    CASE WHEN t.nb_publiees >= $minimum AND NOT t.sans_rang AND t.bas <> 0.5 AND t.haut <> 0.5
         THEN (t.bas + t.haut) / 2 END AS mediane,
    t.nb_publiees, t.nb_secretes
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
JOIN milieu AS t
    ON t.indicateur_id = m.indicateur_id AND t.annee = m.annee AND t.type_structure = m.type_structure
LEFT JOIN publication.evolution AS e
    ON e.indicateur_id = m.indicateur_id AND e.niveau = 'structure' AND e.territoire_id = m.territoire_id
   AND e.base = 'precedente' AND e.perimetre = 'constant' AND e.annee = m.annee
WHERE m.niveau = 'structure' AND m.territoire_id = $structure
  AND m.perimetre = 'tous' AND m.ventilation = 'total' AND i.nature <> 'qualitatif'
ORDER BY i.ordre, m.annee
