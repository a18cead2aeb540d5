-- Ce que dit chaque répondant dans chaque territoire : un multi-sites compte une fois à la ville,
-- et une fois dans chacun des quartiers où on l'a interrogé.
-- Une réponse de niveau ville n'est jamais étalée sur les quartiers : sans découpe, elle n'y a pas de ligne.
CREATE TEMP TABLE reponse_territoire AS
WITH placee AS (
    SELECT *, 'structure' AS niveau, repondant_id AS territoire_id FROM reponse WHERE formulaire = 'structure'
    UNION ALL
    SELECT r.*, 'quartier', r.quartier_id
    FROM reponse AS r
    JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id
    WHERE r.formulaire = 'structure' OR (i.par_quartier AND i.forme NOT IN ('texte', 'jalon'))
    UNION ALL
    SELECT *, 'ville', getvariable('ville_id') FROM reponse
)
SELECT
    indicateur_id, niveau, territoire_id, formulaire, repondant_id, type_structure, annee, periode_id, annuelle,
    ventilation, modalite,
    CASE
        WHEN bool_or(etat = 'publie') THEN 'publie'
        WHEN bool_and(etat = 'sans_objet') THEN 'sans_objet'
        ELSE 'manquant'
    END AS etat,
    sum(valeur) AS valeur, sum(numerateur) AS numerateur, sum(denominateur) AS denominateur,
    sum(proposes) AS proposes, bool_or(fictif) AS fictif
FROM placee
GROUP BY indicateur_id, niveau, territoire_id, formulaire, repondant_id, type_structure, annee, periode_id, annuelle,
         ventilation, modalite;
