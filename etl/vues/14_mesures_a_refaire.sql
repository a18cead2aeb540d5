-- Une mesure ne vient que des cellules retenues de sa ligne, de la convention et des campagnes ouvertes. Quand rien n'en a
-- changé depuis l'entrepôt précédent, ses agrégats et ses évolutions y sont encore, masqués, et y restent. Une convention
-- ou un programme qui change fait tout refaire (etl/construction/empreinte.py).
CREATE TEMP TABLE empreinte_de_mesure AS
WITH lue AS (
    -- tout ce que dit une cellule, où qu'elle soit écrite
    SELECT c.indicateur_id, hash(*COLUMNS(c.* EXCLUDE (depot_id, fichier, feuille, cellule))) AS empreinte
    FROM interne.cellule AS c
    WHERE c.retenu AND c.indicateur_id IS NOT NULL
)
SELECT i.indicateur_id, hash(sum(l.empreinte::HUGEINT), count(l.empreinte), o.annees) AS empreinte
FROM interne.indicateur AS i
CROSS JOIN (SELECT list(annee ORDER BY annee) AS annees FROM campagne_ouverte) AS o
LEFT JOIN lue AS l ON l.indicateur_id = i.indicateur_id
GROUP BY i.indicateur_id, o.annees;

-- Une mesure, celles dont elle est tirée, et celles dont elle partage le secret, de proche en proche.
CREATE TEMP TABLE mesure_proche AS
WITH RECURSIVE lien AS (
    SELECT indicateur_id AS une, unnest([operande_a, operande_b, secret_avec]) AS autre FROM interne.indicateur
),
proche AS (
    SELECT indicateur_id AS une, indicateur_id AS autre FROM interne.indicateur
    UNION
    SELECT p.une, CASE p.autre WHEN l.une THEN l.autre ELSE l.une END
    FROM proche AS p JOIN lien AS l ON l.autre IS NOT NULL AND p.autre IN (l.une, l.autre)
)
SELECT une, autre FROM proche;

-- Elles se refont ensemble.
CREATE TEMP TABLE mesure_a_refaire AS
SELECT DISTINCT p.autre AS indicateur_id
FROM empreinte_de_mesure AS e
JOIN mesure_proche AS p ON p.une = e.indicateur_id
LEFT JOIN precedente_mesure_faite AS f ON f.indicateur_id = e.indicateur_id
WHERE e.empreinte IS DISTINCT FROM f.empreinte;

INSERT INTO publication.mesure SELECT * FROM precedente_mesure
WHERE indicateur_id NOT IN (SELECT indicateur_id FROM mesure_a_refaire);
-- ce qui a changé depuis l'aval se redit à chaque construction : 43_vie.sql
INSERT INTO publication.evolution SELECT * REPLACE (NULL AS a_l_aval) FROM precedente_evolution
WHERE indicateur_id NOT IN (SELECT indicateur_id FROM mesure_a_refaire);
