-- Each fiche seen from one quartier: how many of its structures are expected and answered.
-- `couverture` also counts a référent who answers by quartier; an actor here is a structure, counted by type.
WITH par_type AS (
    SELECT l.fiche_id, m.territoire_id, m.type_structure,
           max(m.nb_attendues) AS attendues, max(m.nb_repondantes) AS repondantes
    FROM publication.mesure AS m
    JOIN (SELECT DISTINCT indicateur_id, fiche_id FROM publication.indicateur_ligne) AS l
        ON l.indicateur_id = m.indicateur_id
    WHERE m.niveau = 'quartier' AND m.annee = $annee AND m.type_structure <> 'tous'
      AND m.perimetre = 'tous' AND m.ventilation = 'total'
    GROUP BY l.fiche_id, m.territoire_id, m.type_structure
),
acteurs AS (
    SELECT fiche_id, territoire_id, sum(attendues)::INTEGER AS attendues, sum(repondantes)::INTEGER AS repondantes
    FROM par_type
    GROUP BY fiche_id, territoire_id
)
SELECT
    f.fiche_id, f.titre, f.axe_id, a.titre AS axe,
    coalesce(ici.attendues, 0) AS nb_structures, coalesce(ici.repondantes, 0) AS nb_structures_ont_repondu,
    coalesce(c.nb_attendues, 0) AS nb_attendues, coalesce(c.nb_repondantes, 0) AS nb_repondantes,
    CASE
        WHEN NOT EXISTS (SELECT 1 FROM acteurs AS x WHERE x.fiche_id = f.fiche_id AND x.attendues > 0
                         AND x.territoire_id IN (SELECT quartier_id FROM publication.quartier)) THEN
            CASE WHEN coalesce(c.nb_attendues, 0) > 0 THEN 'referent' ELSE 'ville' END
        WHEN coalesce(ici.attendues, 0) = 0 THEN 'sans_acteur'
        WHEN ici.repondantes = 0 THEN 'muette'
        WHEN ici.repondantes < ici.attendues THEN 'partielle'
        ELSE 'complete'
    END AS situation
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN acteurs AS ici ON ici.fiche_id = f.fiche_id AND ici.territoire_id = $quartier
LEFT JOIN publication.couverture AS c
    ON c.fiche_id = f.fiche_id AND c.quartier_id = $quartier AND c.annee = $annee
WHERE $axe IS NULL OR f.axe_id = $axe
ORDER BY a.rang, f.rang
