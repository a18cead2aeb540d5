-- Une évolution est secrète dès que l'une de ses deux valeurs l'est. L'écart d'un taux se lit en points.
CREATE TEMP TABLE evolution_jugee AS
WITH mesuree AS (
    SELECT *, valeur - valeur_base AS ecart,
        -- une différence (un solde) peut être nulle ou négative : son évolution en pourcentage ne veut rien dire
        CASE WHEN operation IS DISTINCT FROM 'difference' THEN (valeur - valeur_base) / nullif(abs(valeur_base), 0) END
            AS ecart_relatif,
        unite = '%' AS en_points
    FROM evolution_calculee
),
jugee AS (
    SELECT *,
        CASE
            WHEN valeur IS NULL OR valeur_base IS NULL THEN 'manquant'
            WHEN forme = 'nombre'
                AND (nombre_secret(valeur, numerateur, denominateur, unite_statistique)
                     OR nombre_secret(valeur_base, numerateur_base, denominateur_base, unite_statistique))
                THEN 'secret'
            WHEN forme = 'rapport'
                AND (rapport_secret(numerateur, denominateur, unite_statistique, nature)
                     OR rapport_secret(numerateur_base, denominateur_base, unite_statistique, nature)) THEN 'secret'
            ELSE 'publie'
        END AS etat,
        CASE WHEN en_points THEN ecart / 100 ELSE coalesce(ecart_relatif, sign(ecart)) END AS ampleur
    FROM mesuree
)
SELECT *, CASE WHEN etat = 'publie' THEN lecture_evolution(ampleur, sens) END AS lecture
FROM jugee;
