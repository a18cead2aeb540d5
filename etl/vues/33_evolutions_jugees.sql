-- Une évolution est secrète dès que l'une de ses deux valeurs l'est. L'écart d'un taux se lit en points.
-- Lecture : l'écart selon le sens souhaité ; stable sous le seuil de la convention.
CREATE TEMP TABLE evolution_jugee AS
WITH mesuree AS (
    SELECT *, valeur - valeur_base AS ecart, (valeur - valeur_base) / nullif(abs(valeur_base), 0) AS ecart_relatif,
        unite = '%' AS en_points
    FROM evolution_calculee
),
jugee AS (
    SELECT *,
        CASE
            WHEN valeur IS NULL OR valeur_base IS NULL THEN 'manquant'
            WHEN forme = 'nombre'
                AND (effectif_secret(valeur, unite_statistique) OR effectif_secret(valeur_base, unite_statistique))
                THEN 'secret'
            WHEN forme = 'rapport'
                AND (rapport_secret(numerateur, denominateur, unite_statistique, nature)
                     OR rapport_secret(numerateur_base, denominateur_base, unite_statistique, nature)) THEN 'secret'
            ELSE 'publie'
        END AS etat,
        CASE WHEN en_points THEN ecart / 100 ELSE coalesce(ecart_relatif, sign(ecart)) END AS ampleur
    FROM mesuree
)
SELECT *,
    CASE
        WHEN etat <> 'publie' THEN NULL
        WHEN sens = 'neutre' THEN 'neutre'
        WHEN abs(ampleur) < getvariable('seuil_stable')
            THEN 'stable'
        WHEN (ampleur > 0) = (sens = 'hausse') THEN 'favorable'
        ELSE 'defavorable'
    END AS lecture
FROM jugee;
