-- Une évolution est secrète dès que l'une de ses deux valeurs l'est, ou l'une de celles de la mesure dont elle partage
-- le secret (`secret_avec`). L'écart d'un taux se lit en points.
CREATE TEMP TABLE evolution_jugee AS
WITH mesuree AS (
    SELECT *, valeur - valeur_base AS ecart,
        -- une différence (un solde) peut être nulle ou négative : son évolution en pourcentage ne veut rien dire
        CASE WHEN operation IS DISTINCT FROM 'difference' THEN (valeur - valeur_base) / nullif(abs(valeur_base), 0) END
            AS ecart_relatif,
        unite = '%' AS en_points,
        coalesce(
            CASE forme
                WHEN 'nombre' THEN nombre_secret(valeur, numerateur, denominateur, unite_statistique)
                    OR nombre_secret(valeur_base, numerateur_base, denominateur_base, unite_statistique)
                ELSE rapport_secret(numerateur, denominateur, unite_statistique, nature)
                    OR rapport_secret(numerateur_base, denominateur_base, unite_statistique, nature)
            END, false) AS secrete
    FROM evolution_calculee
),
-- sur l'un ou l'autre périmètre : un effectif d'une seule année n'a pas de périmètre constant
partagee AS (
    SELECT indicateur_id, niveau, territoire_id, type_structure, base, annee, bool_or(secrete) AS secrete
    FROM mesuree
    GROUP BY indicateur_id, niveau, territoire_id, type_structure, base, annee
),
jugee AS (
    SELECT m.*,
        CASE
            WHEN m.valeur IS NULL OR m.valeur_base IS NULL THEN 'manquant'
            WHEN m.secrete OR coalesce(s.secrete, false) THEN 'secret'
            ELSE 'publie'
        END AS etat,
        CASE WHEN m.en_points THEN m.ecart / 100 ELSE coalesce(m.ecart_relatif, sign(m.ecart)) END AS ampleur
    FROM mesuree AS m
    JOIN interne.indicateur AS i ON i.indicateur_id = m.indicateur_id
    LEFT JOIN partagee AS s
        ON s.indicateur_id = i.secret_avec AND s.niveau = m.niveau AND s.territoire_id = m.territoire_id
       AND s.type_structure = m.type_structure AND s.base = m.base AND s.annee = m.annee
)
SELECT *, CASE WHEN etat = 'publie' THEN lecture_evolution(ampleur, sens) END AS lecture
FROM jugee;
