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
       est_confidentielle(i.unite_statistique) AS confidentielle
FROM touchee AS t
JOIN mesure_proche AS p ON p.une = t.indicateur_id
JOIN interne.indicateur AS i ON i.indicateur_id = p.autre
WHERE i.forme IN ('nombre', 'rapport');

-- Les plus petites réponses d'abord : ce sont elles qui se tairont. Une réponse nulle ne cache personne.
CREATE TEMP TABLE reponse_numerotee AS
SELECT row_number() OVER (
           ORDER BY coalesce(valeur, numerateur), indicateur_id, repondant_id, lieu, annee, periode_id, ventilation, modalite
       ) AS numero, *
FROM (
    SELECT DISTINCT r.indicateur_id, r.repondant_id, r.lieu, r.annee, r.periode_id, r.ventilation, r.modalite,
           r.valeur, r.numerateur, r.denominateur
    FROM reponse_lue AS r
    JOIN mesure_a_proteger AS i ON i.indicateur_id = r.indicateur_id AND i.operation IS NULL
    WHERE r.etat = 'publie' AND coalesce(r.valeur, r.denominateur) <> 0
);

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

CREATE TEMP TABLE nombre_et_reponses AS
WITH terme AS (
    SELECT indicateur_id, indicateur_id AS famille, 1 AS place, 1 AS signe FROM mesure_a_proteger WHERE operation IS NULL
    UNION ALL
    SELECT indicateur_id, operande_a, 1, 1 FROM mesure_a_proteger WHERE operation IN ('rapport', 'difference')
    UNION ALL
    SELECT indicateur_id, operande_b, CASE operation WHEN 'rapport' THEN 2 ELSE 1 END,
           CASE operation WHEN 'rapport' THEN 1 ELSE -1 END
    FROM mesure_a_proteger WHERE operation IN ('rapport', 'difference')
),
montree AS (
    SELECT 'mesure' AS table_jugee, indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee AS annee_jugee,
           periode_id AS periode_jugee, 0 AS cote, repondant_id, lieu, annee, periode_id, ventilation, modalite
    FROM reponse_agregee WHERE etat_retenu = 'publie'
    UNION ALL
    SELECT 'evolution', c.indicateur_id, c.niveau, c.territoire_id, c.type_agrege, p.perimetre, c.annee, c.base,
           CASE c.cote WHEN 'ancien' THEN 10 ELSE 20 END, c.repondant_id, c.lieu,
           CASE c.cote WHEN 'ancien' THEN c.annee_base ELSE c.annee END, c.periode_id, c.ventilation, c.modalite
    FROM reponse_comparee AS c
    JOIN (SELECT unnest(['tous', 'constant']) AS perimetre) AS p ON p.perimetre = 'tous' OR c.commune
    WHERE c.etat = 'publie'
)
SELECT n.rang, m.cote + t.place AS forme, list(t.signe * r.numero ORDER BY r.numero) AS reponses
FROM nombre_juge AS n
JOIN montree AS m
    ON m.table_jugee = n.table_jugee AND m.indicateur_id = n.indicateur_id AND m.niveau = n.niveau
   AND m.territoire_id = n.territoire_id AND m.type_agrege = n.type_structure AND m.perimetre = n.perimetre
   AND m.annee_jugee = n.annee AND m.periode_jugee = n.periode_id
   AND m.ventilation = n.ventilation AND m.modalite = n.modalite
JOIN terme AS t ON t.indicateur_id = n.indicateur_id
JOIN reponse_numerotee AS r
    ON r.indicateur_id = t.famille AND r.repondant_id = m.repondant_id AND r.lieu = m.lieu AND r.annee = m.annee
   AND r.periode_id = m.periode_id AND r.ventilation = m.ventilation AND r.modalite = m.modalite
GROUP BY n.rang, m.cote + t.place;

-- Ce que tout lecteur sait : les parts exclusives font le total, les trimestres l'année. Seulement là où c'est vrai.
CREATE TEMP TABLE egalite_connue AS
WITH part AS (
    SELECT t.numero AS tout, p.numero AS part, p.valeur, p.numerateur, p.denominateur, p.ventilation
    FROM reponse_numerotee AS t
    JOIN reponse_numerotee AS p
        ON p.indicateur_id = t.indicateur_id AND p.repondant_id = t.repondant_id AND p.lieu = t.lieu AND p.annee = t.annee
       AND p.periode_id = t.periode_id
    JOIN interne.ventilation AS v ON v.ventilation = p.ventilation AND v.exclusive
    WHERE t.ventilation = 'total'
    UNION ALL
    SELECT t.numero, p.numero, p.valeur, p.numerateur, p.denominateur, f.parent_id
    FROM reponse_numerotee AS t
    JOIN interne.periode_filiation AS f ON f.parent_id = t.periode_id
    JOIN reponse_numerotee AS p
        ON p.indicateur_id = t.indicateur_id AND p.repondant_id = t.repondant_id AND p.lieu = t.lieu AND p.annee = t.annee
       AND p.periode_id = f.enfant_id AND p.ventilation = t.ventilation AND p.modalite = t.modalite
)
SELECT p.tout, list(p.part ORDER BY p.part) AS parts
FROM part AS p
JOIN reponse_numerotee AS t ON t.numero = p.tout
GROUP BY p.tout, p.ventilation, t.valeur, t.numerateur, t.denominateur
HAVING coalesce(abs(sum(p.valeur) - t.valeur) < 1e-6,
                abs(sum(p.numerateur) - t.numerateur) < 1e-6 AND abs(sum(p.denominateur) - t.denominateur) < 1e-6);

-- Un montant se tait partout où l'effectif qu'il dirait se tait : ses `meneurs` sont les nombres de cet effectif, à la même
-- place ; une évolution en a deux, un par périmètre.
CREATE TEMP TABLE nombre_a_montrer AS
SELECT n.rang, n.etat = 'publie' AS publie, coalesce(m.meneurs, []) AS meneurs, coalesce(f.formes, []) AS formes
FROM nombre_juge AS n
LEFT JOIN (
    SELECT s.rang, list(l.rang) AS meneurs
    FROM nombre_juge AS s
    JOIN mesure_a_proteger AS i ON i.indicateur_id = s.indicateur_id
    JOIN nombre_juge AS l
        ON l.indicateur_id = i.secret_avec AND l.table_jugee = s.table_jugee AND l.niveau = s.niveau
       AND l.territoire_id = s.territoire_id AND l.type_structure = s.type_structure AND l.annee = s.annee
       AND l.periode_id = s.periode_id AND l.ventilation = s.ventilation AND l.modalite = s.modalite
       AND (l.perimetre = s.perimetre OR s.table_jugee = 'evolution')
    GROUP BY s.rang
) AS m ON m.rang = n.rang
LEFT JOIN (SELECT rang, list(reponses ORDER BY forme) AS formes FROM nombre_et_reponses GROUP BY rang) AS f
    ON f.rang = n.rang;
