-- The measure an axis draws by quartier for each of its fiches: the chosen one when quartiers answered it, else the
-- first of the fiche they answered; indicateur_id is null when there is none.
WITH repondue AS (
    SELECT DISTINCT m.indicateur_id
    FROM publication.mesure AS m
    JOIN publication.quartier AS q ON q.quartier_id = m.territoire_id
    WHERE m.niveau = 'quartier' AND m.annee = $annee AND m.ventilation = 'total' AND m.type_structure = 'tous'
      AND m.perimetre = 'tous' AND m.etat = 'publie'
)
SELECT
    f.fiche_id,
    f.titre,
    p.libelle AS phare,
    arg_min(i.indicateur_id, CASE WHEN i.indicateur_id = f.mesure_phare THEN 0 ELSE i.ordre END) AS indicateur_id,
    coalesce(bool_or(i.indicateur_id = f.mesure_phare), false) AS avec_phare
FROM publication.fiche AS f
LEFT JOIN publication.indicateur AS p ON p.indicateur_id = f.mesure_phare
LEFT JOIN publication.indicateur_ligne AS l
    ON l.fiche_id = f.fiche_id AND l.indicateur_id IN (SELECT indicateur_id FROM repondue)
LEFT JOIN publication.indicateur AS i ON i.indicateur_id = l.indicateur_id AND i.nature NOT IN ('jalon', 'qualitatif')
WHERE f.axe_id = $axe
GROUP BY f.fiche_id, f.titre, f.rang, p.libelle
ORDER BY f.rang
