-- On ne compare deux années que sur les IRIS publiés les deux années, et on le dit : la fausse chute de 32 %
-- (docs/decisions/03-comparer.md) ne venait que du masquage. Les bases d'années s'enchaînent ou sautent, jamais
-- d'une source à l'autre : DISP et DEC sont deux séries. Une année de rupture (source.yml) coupe la série en deux.
INSERT INTO publication.diagnostic_evolution
WITH publiee AS (
    SELECT source_id, variable_id, niveau, territoire_id, annee, valeur
    FROM interne.observation WHERE etat = 'publie'
),
paire AS (
    SELECT n.source_id, n.variable_id, n.niveau, n.territoire_id, n.annee, b.annee AS annee_base,
           n.valeur, b.valeur AS valeur_base
    FROM publiee AS n
    JOIN publiee AS b
        ON b.source_id = n.source_id AND b.variable_id = n.variable_id AND b.niveau = n.niveau
       AND b.territoire_id = n.territoire_id AND b.annee < n.annee
    JOIN interne.source_variable AS r ON r.source_id = n.source_id AND r.variable_id = n.variable_id
    WHERE r.rupture IS NULL OR b.annee >= r.rupture OR n.annee < r.rupture
),
place AS (
    SELECT code_iris, quartier_id AS territoire_id, 'quartier' AS niveau
    FROM interne.iris WHERE quartier_id IS NOT NULL AND residentiel
    UNION ALL
    SELECT code_iris, getvariable('commune_insee'), 'commune' FROM interne.iris
),
assigne AS (
    SELECT niveau, territoire_id, count(*) AS nb_assignes FROM place GROUP BY niveau, territoire_id
),
evolution AS (
    SELECT *, 1 AS nb_communs, 1 AS nb_assignes FROM paire
    UNION ALL
    SELECT p.source_id, p.variable_id, a.niveau, a.territoire_id, p.annee, p.annee_base,
           sum(p.valeur), sum(p.valeur_base), count(*), a.nb_assignes
    FROM paire AS p
    JOIN interne.source_variable AS v
        ON v.source_id = p.source_id AND v.variable_id = p.variable_id AND v.additif
    JOIN place AS x ON x.code_iris = p.territoire_id
    JOIN assigne AS a ON a.niveau = x.niveau AND a.territoire_id = x.territoire_id
    -- ce que le producteur publie lui-même pour ce territoire passe avant la somme
    ANTI JOIN paire AS d
        ON d.source_id = p.source_id AND d.variable_id = p.variable_id AND d.niveau = a.niveau
       AND d.territoire_id = a.territoire_id AND d.annee = p.annee AND d.annee_base = p.annee_base
    WHERE p.niveau = 'iris'
    GROUP BY p.source_id, p.variable_id, a.niveau, a.territoire_id, p.annee, p.annee_base, a.nb_assignes
)
SELECT
    e.source_id, e.variable_id, e.niveau, e.territoire_id, e.annee, e.annee_base,
    CASE WHEN v.decimales = 0 THEN round(e.valeur) ELSE e.valeur END,
    CASE WHEN v.decimales = 0 THEN round(e.valeur_base) ELSE e.valeur_base END,
    e.nb_communs, e.nb_assignes, e.valeur - e.valeur_base AS ecart_calcule,
    ecart_calcule / nullif(abs(e.valeur_base), 0) AS relatif,
    ecrire_evolution(ecart_calcule, relatif, v.unite)
FROM evolution AS e
JOIN interne.source_variable AS v ON v.source_id = e.source_id AND v.variable_id = e.variable_id;
