-- Ce que disent, réponse par réponse, les nombres déjà jugés des mesures où quelque chose se tait : chacun est une somme
-- de réponses. Une mesure calculée se dit avec les réponses de ses deux opérandes ; une évolution montre ses deux années.
CREATE TEMP TABLE mesure_a_proteger AS
WITH touchee AS (
    SELECT indicateur_id FROM mesure_jugee WHERE etat = 'secret'
    UNION
    SELECT indicateur_id FROM evolution_jugee WHERE etat = 'secret'
    UNION
    -- plusieurs lieux : aucun n'a sa ligne, et l'un peut se retrouver
    SELECT r.indicateur_id FROM reponse_lue AS r
    JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id
    WHERE r.etat = 'publie' AND i.par_quartier AND est_confidentielle(i.unite_statistique)
)
SELECT DISTINCT i.indicateur_id, i.forme, i.nature, i.operation, i.operande_a, i.operande_b, i.secret_avec,
       est_confidentielle(i.unite_statistique) AS confidentielle,
       -- la même pour toutes celles qui se parlent
       min(t.indicateur_id) OVER (PARTITION BY i.indicateur_id) AS composante
FROM touchee AS t
JOIN mesure_proche AS p ON p.une = t.indicateur_id
JOIN interne.indicateur AS i ON i.indicateur_id = p.autre
WHERE i.forme IN ('nombre', 'rapport');

CREATE TEMP TABLE reponse_protegee AS
WITH lue AS (
    SELECT DISTINCT r.indicateur_id, r.repondant_id, r.lieu, r.annee, r.periode_id, r.ventilation, r.modalite,
           r.valeur, r.numerateur, r.denominateur
    FROM reponse_lue AS r
    JOIN mesure_a_proteger AS i ON i.indicateur_id = r.indicateur_id AND i.operation IS NULL
    WHERE r.etat = 'publie'
)
-- le « dont » d'un taux, quand il n'est pas exclusif, redit souvent le dénominateur du total (10_faits)
SELECT l.*, coalesce(l.denominateur = t.denominateur AND NOT v.exclusive, false) AS denominateur_du_total
FROM lue AS l
LEFT JOIN interne.ventilation AS v ON v.ventilation = l.ventilation
LEFT JOIN lue AS t
    ON t.indicateur_id = l.indicateur_id AND t.repondant_id = l.repondant_id AND t.lieu = l.lieu AND t.annee = l.annee
   AND t.periode_id = l.periode_id AND t.ventilation = 'total';

-- Chaque nombre répondu : un compte, le numérateur d'un taux (jugé avec son dénominateur), son dénominateur. Ce qui s'obtient
-- en additionnant les autres d'abord, puis les plus petits : ce sont eux qui se tairont. Un zéro ne cache personne ; un
-- montant dit l'effectif dont il est tiré, et n'est un nombre de plus que là où cet effectif n'est pas donné.
CREATE TEMP TABLE reponse_numerotee AS
WITH dite AS (
    SELECT r.*, 'compte' AS partie, r.valeur AS dit, NULL AS sur
    FROM reponse_protegee AS r
    JOIN mesure_a_proteger AS i ON i.indicateur_id = r.indicateur_id
    WHERE r.valeur <> 0 AND NOT EXISTS (
        SELECT 1 FROM reponse_protegee AS e
        WHERE e.indicateur_id = i.secret_avec AND e.repondant_id = r.repondant_id AND e.lieu = r.lieu
          AND e.periode_id = r.periode_id AND e.ventilation = r.ventilation AND e.modalite = r.modalite AND e.valeur <> 0)
    UNION ALL
    SELECT *, 'numerateur', numerateur, denominateur FROM reponse_protegee WHERE denominateur <> 0
    UNION ALL
    SELECT *, 'denominateur', denominateur, NULL FROM reponse_protegee
    WHERE denominateur <> 0 AND NOT denominateur_du_total
)
SELECT row_number() OVER (
           ORDER BY ventilation <> 'total', periode_id LIKE '%-T_', periode_id LIKE '%-S_', dit, indicateur_id, repondant_id,
                    lieu, annee, periode_id, ventilation, modalite, partie
       ) AS numero, *
FROM dite;

-- Ce que chaque réponse dit de ces nombres ; une mesure calculée parle de ses deux opérandes.
CREATE TEMP TABLE reponse_dite AS
SELECT r.indicateur_id, r.repondant_id, r.lieu, r.annee, r.periode_id, r.ventilation, r.modalite,
       1 AS place, n.numero AS terme
FROM reponse_protegee AS r
JOIN mesure_a_proteger AS i ON i.indicateur_id = r.indicateur_id
JOIN reponse_numerotee AS n
    ON n.indicateur_id IN (r.indicateur_id, i.secret_avec) AND n.partie <> 'denominateur'
   AND n.repondant_id = r.repondant_id AND n.lieu = r.lieu
   AND n.periode_id = r.periode_id AND n.ventilation = r.ventilation AND n.modalite = r.modalite
UNION ALL
SELECT r.indicateur_id, r.repondant_id, r.lieu, r.annee, r.periode_id, r.ventilation, r.modalite, 2, n.numero
FROM reponse_protegee AS r
JOIN reponse_numerotee AS n
    ON n.indicateur_id = r.indicateur_id AND n.partie = 'denominateur' AND n.repondant_id = r.repondant_id
   AND n.lieu = r.lieu AND n.periode_id = r.periode_id
   AND n.ventilation = CASE WHEN r.denominateur_du_total THEN 'total' ELSE r.ventilation END
   AND n.modalite = CASE WHEN r.denominateur_du_total THEN 'total' ELSE r.modalite END
UNION ALL
SELECT i.indicateur_id, n.repondant_id, n.lieu, n.annee, n.periode_id, n.ventilation, n.modalite,
       CASE WHEN n.indicateur_id = i.operande_b AND i.operation = 'rapport' THEN 2 ELSE 1 END,
       CASE WHEN n.indicateur_id = i.operande_b AND i.operation = 'difference' THEN -n.numero ELSE n.numero END
FROM mesure_a_proteger AS i
JOIN reponse_numerotee AS n ON n.indicateur_id IN (i.operande_a, i.operande_b) AND n.partie = 'compte'
WHERE i.operation IN ('rapport', 'difference');

-- Dans l'ordre où ils se montrent : ce qui compte pour la séance d'abord. Les totaux, de la ville à la structure, puis les
-- trimestres, puis les parts.
CREATE TEMP TABLE nombre_juge AS
WITH juge AS (
    SELECT 'mesure' AS table_jugee, indicateur_id, niveau, territoire_id, type_structure, perimetre, annee, periode_id,
           ventilation, modalite, etat, coalesce(denominateur, valeur) AS taille
    FROM mesure_jugee
    UNION ALL
    SELECT 'evolution', indicateur_id, niveau, territoire_id, type_structure, perimetre, annee, base,
           'total', 'total', etat, coalesce(denominateur, valeur)
    FROM evolution_jugee
)
SELECT row_number() OVER (
           ORDER BY i.secret_avec IS NOT NULL, n.ventilation <> 'total', n.periode_id LIKE '%-T_', n.periode_id LIKE '%-S_',
                    CASE n.niveau WHEN 'ville' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END, n.table_jugee DESC,
                    n.niveau <> 'structure' AND n.type_structure <> 'tous', n.perimetre <> 'tous', n.taille DESC,
                    n.indicateur_id, n.territoire_id, n.type_structure, n.annee DESC, n.periode_id, n.ventilation, n.modalite
       ) AS rang, n.*
FROM juge AS n
JOIN mesure_a_proteger AS i ON i.indicateur_id = n.indicateur_id
WHERE n.etat IN ('publie', 'secret');

-- Les sommes que chacun montre : une, deux pour un taux, celles de deux années pour une évolution.
CREATE TEMP TABLE somme_a_montrer AS
WITH montree AS (
    SELECT 'mesure' AS table_jugee, indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee AS annee_jugee,
           periode_id AS periode_jugee, 0 AS cote, repondant_id, lieu, periode_id, ventilation, modalite
    FROM reponse_agregee WHERE etat_retenu = 'publie'
    UNION ALL
    SELECT 'evolution', c.indicateur_id, c.niveau, c.territoire_id, c.type_agrege, p.perimetre, c.annee, c.base,
           CASE c.cote WHEN 'ancien' THEN 10 ELSE 20 END, c.repondant_id, c.lieu, c.periode_id, c.ventilation, c.modalite
    FROM reponse_comparee AS c
    JOIN (SELECT unnest(['tous', 'constant']) AS perimetre) AS p ON p.perimetre = 'tous' OR c.commune
    WHERE c.etat = 'publie'
),
-- d'abord les réponses de chaque nombre : DuckDB commencerait par joindre chaque nombre à toutes celles de sa mesure
composee AS MATERIALIZED (
    SELECT n.rang, n.etat, m.*
    FROM nombre_juge AS n
    JOIN montree AS m
        ON m.table_jugee = n.table_jugee AND m.indicateur_id = n.indicateur_id AND m.niveau = n.niveau
       AND m.territoire_id = n.territoire_id AND m.type_agrege = n.type_structure AND m.perimetre = n.perimetre
       AND m.annee_jugee = n.annee AND m.periode_jugee = n.periode_id
       AND m.ventilation = n.ventilation AND m.modalite = n.modalite
)
SELECT c.rang, any_value(c.indicateur_id) AS indicateur_id, any_value(c.etat) = 'publie' AS publie, c.cote + d.place AS place, list(d.terme) AS termes
FROM composee AS c
JOIN reponse_dite AS d
    ON d.indicateur_id = c.indicateur_id AND d.repondant_id = c.repondant_id AND d.lieu = c.lieu
   AND d.periode_id = c.periode_id AND d.ventilation = c.ventilation AND d.modalite = c.modalite
GROUP BY c.rang, c.cote + d.place;

-- Ce que tout lecteur sait : les parts exclusives font le total, en chaque lieu comme en tous, et les trimestres l'année.
-- Seulement là où c'est vrai.
CREATE TEMP TABLE egalite_connue AS
WITH membre AS (
    SELECT n.*, v.ventilation AS selon, 1 AS signe
    FROM reponse_numerotee AS n
    JOIN interne.indicateur_ventilation AS v ON v.indicateur_id = n.indicateur_id
    JOIN interne.ventilation AS x ON x.ventilation = v.ventilation AND x.exclusive
    WHERE n.ventilation = 'total'
    UNION ALL
    SELECT n.*, n.ventilation, -1
    FROM reponse_numerotee AS n JOIN interne.ventilation AS x ON x.ventilation = n.ventilation AND x.exclusive
),
egalite AS (
    SELECT m.indicateur_id, list(m.signe * m.numero ORDER BY m.numero) AS termes, sum(m.signe * m.dit) AS ecart, count(DISTINCT m.signe) AS cotes
    FROM membre AS m
    CROSS JOIN (SELECT unnest([true, false]) AS par_lieu) AS p
    GROUP BY m.indicateur_id, m.partie, m.repondant_id, m.annee, m.periode_id, m.selon, CASE WHEN p.par_lieu THEN m.lieu END
    UNION
    SELECT t.indicateur_id, list_prepend(t.numero, list(-n.numero ORDER BY n.numero)), t.dit - sum(n.dit), 2
    FROM reponse_numerotee AS t
    JOIN interne.periode_filiation AS f ON f.parent_id = t.periode_id
    JOIN reponse_numerotee AS n
        ON n.indicateur_id = t.indicateur_id AND n.partie = t.partie AND n.repondant_id = t.repondant_id AND n.lieu = t.lieu
       AND n.periode_id = f.enfant_id AND n.ventilation = t.ventilation AND n.modalite = t.modalite
    GROUP BY t.indicateur_id, t.numero, t.dit
)
SELECT DISTINCT indicateur_id, termes FROM egalite WHERE cotes = 2 AND abs(ecart) < 1e-6;
