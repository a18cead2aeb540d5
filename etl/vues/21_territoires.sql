-- Ce que dit chaque répondant dans chaque territoire, lieu par lieu : un multi-sites compte une fois à la ville,
-- et une fois dans chacun des quartiers où on l'a interrogé.
-- Une réponse de niveau ville n'est jamais étalée sur les quartiers : sans découpe, elle n'y a pas de ligne.
CREATE TEMP TABLE reponse_territoire AS
WITH demandee AS (
    SELECT r.* FROM reponse AS r JOIN mesure_a_refaire AS m ON m.indicateur_id = r.indicateur_id
),
placee AS (
    SELECT *, 'structure' AS niveau, repondant_id AS territoire_id FROM demandee WHERE formulaire = 'structure'
    UNION ALL
    SELECT r.*, 'quartier', r.quartier_id
    FROM demandee AS r
    JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id
    WHERE r.formulaire = 'structure' OR (i.par_quartier AND i.forme NOT IN ('texte', 'jalon'))
    UNION ALL
    SELECT *, 'ville', getvariable('ville_id') FROM demandee
)
SELECT
    indicateur_id, niveau, territoire_id, formulaire, repondant_id, type_structure, quartier_id AS lieu, annee,
    periode_id, annuelle, ventilation, modalite, etat, valeur, numerateur, denominateur, proposes, estime, fictif
FROM placee;
