-- L'évolution compare les mêmes répondants (périmètre constant) ; l'autre, sur tous, est donnée à côté.
-- Bases : l'année précédente et l'année de référence. Une mesure n'a qu'un calendrier : jamais civil − scolaire.
CREATE TEMP TABLE evolution_calculee AS
WITH annuelle AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_territoire
    WHERE annuelle AND ventilation = 'total' AND niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_territoire
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
),
paire AS (
    SELECT
        n.indicateur_id, n.niveau, n.territoire_id, n.type_agrege AS type_structure, b.base, n.annee, b.annee_base,
        n.repondant_id, n.etat, n.valeur, n.numerateur, n.denominateur,
        coalesce(n.etat = 'publie' AND p.etat = 'publie', false) AS commune
    FROM annuelle AS n
    JOIN base AS b ON b.annee = n.annee
    LEFT JOIN annuelle AS p
        ON p.indicateur_id = n.indicateur_id AND p.niveau = n.niveau AND p.territoire_id = n.territoire_id
       AND p.type_agrege = n.type_agrege AND p.repondant_id = n.repondant_id AND p.annee = b.annee_base
),
ancienne AS (
    SELECT
        n.indicateur_id, n.niveau, n.territoire_id, n.type_agrege AS type_structure, b.base, b.annee, n.repondant_id,
        n.valeur, n.numerateur, n.denominateur
    FROM annuelle AS n
    JOIN base AS b ON b.annee_base = n.annee
    WHERE n.etat = 'publie'
),
somme_ancienne AS (
    SELECT
        o.indicateur_id, o.niveau, o.territoire_id, o.type_structure, o.base, o.annee,
        sum(o.valeur) AS valeur_tous, sum(o.numerateur) AS numerateur_tous, sum(o.denominateur) AS denominateur_tous,
        sum(o.valeur) FILTER (WHERE p.commune) AS valeur_commune,
        sum(o.numerateur) FILTER (WHERE p.commune) AS numerateur_commun,
        sum(o.denominateur) FILTER (WHERE p.commune) AS denominateur_commun
    FROM ancienne AS o
    LEFT JOIN paire AS p
        ON p.indicateur_id = o.indicateur_id AND p.niveau = o.niveau AND p.territoire_id = o.territoire_id
       AND p.type_structure = o.type_structure AND p.base = o.base AND p.annee = o.annee
       AND p.repondant_id = o.repondant_id
    GROUP BY o.indicateur_id, o.niveau, o.territoire_id, o.type_structure, o.base, o.annee
),
somme_nouvelle AS (
    SELECT
        indicateur_id, niveau, territoire_id, type_structure, base, annee, annee_base,
        count(*) FILTER (WHERE commune) AS nb_communes, count(*) FILTER (WHERE etat <> 'sans_objet') AS nb_attendues,
        sum(valeur) AS valeur_tous, sum(numerateur) AS numerateur_tous, sum(denominateur) AS denominateur_tous,
        sum(valeur) FILTER (WHERE commune) AS valeur_commune,
        sum(numerateur) FILTER (WHERE commune) AS numerateur_commun,
        sum(denominateur) FILTER (WHERE commune) AS denominateur_commun
    FROM paire
    GROUP BY indicateur_id, niveau, territoire_id, type_structure, base, annee, annee_base
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
