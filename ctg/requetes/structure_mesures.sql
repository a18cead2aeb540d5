-- Every measure asked of a structure, one row per measure and campaign: its answer, its change over one year,
-- and the median of its type. The median needs $minimum published answers and none hidden: hidden ones are the
-- small ones, and a median without them would be too high.
WITH par_type AS (
    SELECT m.indicateur_id, m.annee, m.type_structure, median(m.valeur) FILTER (WHERE m.etat = 'publie') AS mediane,
           count(*) FILTER (WHERE m.etat = 'publie') AS nb_publiees,
           count(*) FILTER (WHERE m.etat = 'secret') AS nb_secretes
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.niveau = 'structure' AND m.perimetre = 'tous' AND m.ventilation = 'total'
    GROUP BY m.indicateur_id, m.annee, m.type_structure
)
SELECT
    i.indicateur_id, i.libelle, i.unite, i.nature, i.ordre, m.annee, m.periode_id,
    m.valeur, m.etat, m.affichage, m.raison, m.nb_repondantes, m.nb_attendues, m.fictif,
    e.etat AS evolution_etat, e.affichage AS evolution, e.annee_base,
    CASE WHEN t.nb_publiees >= $minimum AND t.nb_secretes = 0 THEN t.mediane END AS mediane,
    t.nb_publiees, t.nb_secretes
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
JOIN par_type AS t
    ON t.indicateur_id = m.indicateur_id AND t.annee = m.annee AND t.type_structure = m.type_structure
LEFT JOIN publication.evolution AS e
    ON e.indicateur_id = m.indicateur_id AND e.niveau = 'structure' AND e.territoire_id = m.territoire_id
   AND e.base = 'precedente' AND e.perimetre = 'constant' AND e.annee = m.annee
WHERE m.niveau = 'structure' AND m.territoire_id = $structure
  AND m.perimetre = 'tous' AND m.ventilation = 'total' AND i.nature <> 'qualitatif'
ORDER BY i.ordre, m.annee
