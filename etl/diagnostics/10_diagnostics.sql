-- Diagnostics : ce que les producteurs publient, tel quel, puis les sommes d'IRIS.
-- Une médiane ou un taux ne se calcule jamais pour un quartier : seules les variables additives se somment.
-- Un IRIS masqué manque à la somme, qui dit sa couverture : IRIS publiés / IRIS résidentiels du découpage,
-- et part de leur population. La certitude est la pire de celles de ses IRIS.
-- Le recensement estime (2057,9375 habitants) : la somme se fait sur les valeurs exactes, puis un nombre que sa
-- variable dit entier (`decimales` à 0) est publié entier.
CREATE TEMP TABLE somme_iris AS
WITH place AS (
    SELECT code_iris, quartier_id AS territoire_id, 'quartier' AS niveau, certitude, population
    FROM interne.iris WHERE quartier_id IS NOT NULL AND residentiel
    UNION ALL
    SELECT code_iris, getvariable('commune_insee'), 'commune', certitude, population FROM interne.iris
),
assigne AS (
    SELECT niveau, territoire_id, count(*) AS nb_assignes, sum(population) AS population,
        CASE min(CASE certitude WHEN 'faible' THEN 1 WHEN 'moyenne' THEN 2 ELSE 3 END)
            WHEN 1 THEN 'faible' WHEN 2 THEN 'moyenne' ELSE 'elevee' END AS certitude
    FROM place GROUP BY niveau, territoire_id
)
SELECT
    o.source_id, o.variable_id, a.niveau, a.territoire_id, o.annee,
    sum(o.valeur) AS valeur,
    count(*) FILTER (WHERE o.etat = 'publie') AS nb_couverts, a.nb_assignes,
    sum(p.population) FILTER (WHERE o.etat = 'publie') / nullif(a.population, 0) AS couverture_population,
    count(*) FILTER (WHERE o.etat = 'secret') AS nb_secrets,
    CASE WHEN a.niveau = 'quartier' THEN a.certitude END AS certitude
FROM interne.observation AS o
JOIN interne.source_variable AS v ON v.source_id = o.source_id AND v.variable_id = o.variable_id AND v.additif
JOIN place AS p ON p.code_iris = o.territoire_id
JOIN assigne AS a ON a.niveau = p.niveau AND a.territoire_id = p.territoire_id
WHERE o.niveau = 'iris'
GROUP BY o.source_id, o.variable_id, a.niveau, a.territoire_id, o.annee, a.nb_assignes, a.population, a.certitude;

INSERT INTO publication.diagnostic
SELECT
    o.source_id, o.variable_id, o.niveau, o.territoire_id, o.annee,
    CASE WHEN v.decimales = 0 THEN round(o.valeur) ELSE o.valeur END, o.etat, NULL, NULL, NULL, NULL,
    i.certitude, o.note,
    CASE o.etat WHEN 'secret' THEN 'secret statistique' WHEN 'manquant' THEN 'non disponible'
                WHEN 'sans_objet' THEN 'sans objet' ELSE ecrire_mesure(round(o.valeur, v.decimales), v.unite) END
FROM interne.observation AS o
JOIN interne.source_variable AS v ON v.source_id = o.source_id AND v.variable_id = o.variable_id
LEFT JOIN interne.iris AS i ON i.code_iris = o.territoire_id AND o.niveau = 'iris';

INSERT INTO publication.diagnostic
SELECT
    s.source_id, s.variable_id, s.niveau, s.territoire_id, s.annee,
    CASE WHEN v.decimales = 0 THEN round(s.valeur) ELSE s.valeur END,
    CASE WHEN s.nb_couverts > 0 THEN 'publie' WHEN s.nb_secrets > 0 THEN 'secret' ELSE 'manquant' END,
    s.nb_couverts / s.nb_assignes, coalesce(s.couverture_population, 0), s.nb_couverts, s.nb_assignes, s.certitude,
    CASE WHEN s.nb_couverts < s.nb_assignes
         THEN 'Somme partielle : ' || s.nb_couverts || ' IRIS publiés sur ' || s.nb_assignes || '.'
         ELSE 'Somme des ' || s.nb_assignes || ' IRIS.' END,
    CASE WHEN s.nb_couverts > 0 THEN ecrire_mesure(round(s.valeur, v.decimales), v.unite)
         WHEN s.nb_secrets > 0 THEN 'secret statistique' ELSE 'non disponible' END
FROM somme_iris AS s
JOIN interne.source_variable AS v ON v.source_id = s.source_id AND v.variable_id = s.variable_id
-- ce que le producteur publie lui-même pour ce territoire passe avant la somme
ANTI JOIN interne.observation AS o
    ON o.source_id = s.source_id AND o.variable_id = s.variable_id AND o.niveau = s.niveau
   AND o.territoire_id = s.territoire_id AND o.annee = s.annee;
