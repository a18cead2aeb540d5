-- Who answers the measures of a fiche in a campaign, and how far: measures published among those asked; one whose
-- definition is still to come is asked of nobody.
SELECT
    i.repondant_libelle AS repondant,
    count(*) FILTER (WHERE i.definition = 'arretee') AS nb_mesures,
    count(*) FILTER (WHERE m.nb_repondantes > 0) AS nb_renseignees,
    min(m.nb_repondantes) AS repondantes_min,
    max(m.nb_repondantes) AS repondantes_max,
    max(m.nb_attendues) AS attendues
FROM (SELECT DISTINCT indicateur_id FROM publication.indicateur_ligne WHERE fiche_id = $fiche) AS l
JOIN publication.indicateur AS i ON i.indicateur_id = l.indicateur_id
LEFT JOIN (
    SELECT m.*
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.niveau = 'ville' AND m.type_structure = 'tous' AND m.perimetre = 'tous' AND m.ventilation = 'total'
      AND m.annee = $annee
) AS m ON m.indicateur_id = i.indicateur_id
GROUP BY i.repondant_libelle
ORDER BY nb_mesures DESC, repondant
