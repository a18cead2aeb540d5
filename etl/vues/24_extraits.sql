-- Les réponses tirées d'un extrait que la structure n'a pas confirmé : la mesure le dit, et celle qui en est tirée.
CREATE TEMP TABLE mesure_extraite AS
WITH extraite AS (
    SELECT DISTINCT i.indicateur_id, c.repondant_id, c.annee, c.ventilation, c.modalite, n.libelle,
           coalesce(c.quartier_id, CASE WHEN NOT s.multisite THEN s.quartier_id END, 'ville') AS lieu
    FROM interne.cellule AS c
    JOIN interne.indicateur AS i ON c.indicateur_id IN (i.indicateur_id, i.operande_a, i.operande_b)
    JOIN interne.source_reponse AS n ON n.source = c.source AND starts_with(n.source, 'extrait:')
    LEFT JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.retenu AND c.etat = 'valeur' AND c.saisie IS NULL
),
typee AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_territoire WHERE niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_territoire WHERE formulaire = 'structure'
)
SELECT r.indicateur_id, r.niveau, r.territoire_id, r.type_agrege AS type_structure, r.annee, r.ventilation, r.modalite,
       count(DISTINCT r.repondant_id) AS nombre, string_agg(DISTINCT e.libelle, ', ' ORDER BY e.libelle) AS libelle
FROM extraite AS e
JOIN typee AS r
    ON r.indicateur_id = e.indicateur_id AND r.repondant_id = e.repondant_id AND r.annee = e.annee AND r.lieu = e.lieu
   AND r.ventilation = e.ventilation AND r.modalite = e.modalite
WHERE r.etat = 'publie'
GROUP BY r.indicateur_id, r.niveau, r.territoire_id, r.type_agrege, r.annee, r.ventilation, r.modalite;
