-- L'évolution compare les mêmes répondants (périmètre constant) ; l'autre, sur tous, est donnée à côté.
-- Bases : l'année précédente et l'année de référence. Une mesure n'a qu'un calendrier : jamais civil − scolaire.
-- `annee` est l'année de l'évolution ; ses deux côtés, l'ancien et le nouveau, sont chacun dans la leur.
CREATE TEMP TABLE reponse_comparee AS
WITH annuelle AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_lue
    WHERE annuelle AND ventilation = 'total' AND niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_lue
    WHERE annuelle AND ventilation = 'total' AND formulaire = 'structure'
),
base AS (
    SELECT c.annee, b.genre AS base, b.annee_base
    FROM campagne_ouverte AS c
    CROSS JOIN LATERAL (
        SELECT 'precedente' AS genre, c.annee - 1 AS annee_base
        UNION ALL
        SELECT 'reference', getvariable('annee_reference')
    ) AS b
    WHERE b.annee_base < c.annee AND b.annee_base IN (SELECT annee FROM campagne_ouverte)
)
-- les deux années d'un même répondant, sur les mêmes lieux ou, complètes l'une et l'autre, en entier
SELECT n.*, 'nouveau' AS cote, b.base, b.annee_base,
    n.etat = 'publie' AND EXISTS (
        SELECT 1 FROM annuelle AS p
        WHERE p.indicateur_id = n.indicateur_id AND p.niveau = n.niveau AND p.territoire_id = n.territoire_id
          AND p.type_agrege = n.type_agrege AND p.repondant_id = n.repondant_id AND p.annee = b.annee_base
          AND p.etat = 'publie' AND (p.lieu = n.lieu OR (p.complete AND n.complete))) AS commune
FROM annuelle AS n
JOIN base AS b ON b.annee = n.annee
UNION ALL
SELECT o.* REPLACE (b.annee AS annee), 'ancien', b.base, b.annee_base,
    EXISTS (
        SELECT 1 FROM annuelle AS n
        WHERE n.indicateur_id = o.indicateur_id AND n.niveau = o.niveau AND n.territoire_id = o.territoire_id
          AND n.type_agrege = o.type_agrege AND n.repondant_id = o.repondant_id AND n.annee = b.annee
          AND n.etat = 'publie' AND (n.lieu = o.lieu OR (n.complete AND o.complete)))
FROM annuelle AS o
JOIN base AS b ON b.annee_base = o.annee
WHERE o.etat = 'publie';

CREATE TEMP TABLE evolution_calculee AS
WITH somme_ancienne AS (
    SELECT
        indicateur_id, niveau, territoire_id, type_agrege AS type_structure, base, annee,
        sum(valeur) AS valeur_tous, sum(numerateur) AS numerateur_tous, sum(denominateur) AS denominateur_tous,
        sum(valeur) FILTER (WHERE commune) AS valeur_commune,
        sum(numerateur) FILTER (WHERE commune) AS numerateur_commun,
        sum(denominateur) FILTER (WHERE commune) AS denominateur_commun
    FROM reponse_comparee
    WHERE cote = 'ancien'
    GROUP BY indicateur_id, niveau, territoire_id, type_agrege, base, annee
),
somme_nouvelle AS (
    SELECT
        indicateur_id, niveau, territoire_id, type_agrege AS type_structure, base, annee, annee_base,
        count(DISTINCT repondant_id) FILTER (WHERE commune) AS nb_communes,
        count(DISTINCT repondant_id) FILTER (WHERE etat <> 'sans_objet') AS nb_attendues,
        sum(valeur) AS valeur_tous, sum(numerateur) AS numerateur_tous, sum(denominateur) AS denominateur_tous,
        sum(valeur) FILTER (WHERE commune) AS valeur_commune,
        sum(numerateur) FILTER (WHERE commune) AS numerateur_commun,
        sum(denominateur) FILTER (WHERE commune) AS denominateur_commun
    FROM reponse_comparee
    WHERE cote = 'nouveau'
    GROUP BY indicateur_id, niveau, territoire_id, type_agrege, base, annee, annee_base
),
deux_perimetres AS (
    SELECT n.* EXCLUDE (valeur_tous, numerateur_tous, denominateur_tous,
                        valeur_commune, numerateur_commun, denominateur_commun),
           perimetre.*
    FROM somme_nouvelle AS n
    LEFT JOIN somme_ancienne AS o
        ON o.indicateur_id = n.indicateur_id AND o.niveau = n.niveau AND o.territoire_id = n.territoire_id
       AND o.type_structure = n.type_structure AND o.base = n.base AND o.annee = n.annee
    CROSS JOIN LATERAL (
        SELECT 'constant' AS perimetre, n.valeur_commune AS somme, n.numerateur_commun AS numerateur,
               n.denominateur_commun AS denominateur, o.valeur_commune AS somme_base,
               o.numerateur_commun AS numerateur_base, o.denominateur_commun AS denominateur_base
        UNION ALL
        SELECT 'tous', n.valeur_tous, n.numerateur_tous, n.denominateur_tous,
               o.valeur_tous, o.numerateur_tous, o.denominateur_tous
    ) AS perimetre
)
SELECT
    d.* EXCLUDE (somme, somme_base), i.forme, i.operation, i.nature, i.unite, i.unite_statistique, i.sens,
    CASE i.forme WHEN 'rapport' THEN i.facteur * d.numerateur / nullif(d.denominateur, 0) ELSE d.somme END AS valeur,
    CASE i.forme WHEN 'rapport' THEN i.facteur * d.numerateur_base / nullif(d.denominateur_base, 0)
                 ELSE d.somme_base END AS valeur_base
FROM deux_perimetres AS d
JOIN interne.indicateur AS i ON i.indicateur_id = d.indicateur_id
WHERE i.forme IN ('nombre', 'rapport')
  AND NOT (d.niveau <> 'structure' AND i.repondant = 'structures' AND i.agregation_structures = 'aucune');
