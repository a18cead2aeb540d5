-- Les agrégats, avant masquage : sommes de nombres, sommes de numérateurs et de dénominateurs.
-- Périmètre constant à l'année N : les répondants qui ont donné le total annuel en N et en N-1, sur les mêmes
-- lieux (22_completude).
CREATE TEMP TABLE a_repondu AS
SELECT indicateur_id, niveau, territoire_id, repondant_id, annee, lieu, complete
FROM reponse_lue
WHERE annuelle AND ventilation = 'total' AND etat = 'publie';

CREATE TEMP TABLE agregat AS
WITH typee AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_lue WHERE niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_lue WHERE formulaire = 'structure'
),
perimetree AS (
    SELECT *, 'tous' AS perimetre, etat AS etat_retenu FROM typee
    UNION ALL
    SELECT t.*, 'constant',
        CASE
            WHEN t.etat = 'sans_objet' THEN 'sans_objet'
            WHEN t.etat = 'publie' AND EXISTS (
                SELECT 1 FROM a_repondu AS p
                WHERE p.indicateur_id = t.indicateur_id AND p.niveau = t.niveau
                  AND p.territoire_id = t.territoire_id AND p.repondant_id = t.repondant_id
                  AND p.annee = t.annee - 1 AND (p.lieu = t.lieu OR (p.complete AND t.complete))) THEN 'publie'
            ELSE 'manquant'
        END
    FROM typee AS t
    WHERE t.annuelle AND t.ventilation = 'total' AND t.annee - 1 IN (SELECT annee FROM campagne_ouverte)
)
SELECT
    indicateur_id, niveau, territoire_id, type_agrege AS type_structure, perimetre, annee, periode_id, annuelle,
    ventilation, modalite,
    count(DISTINCT repondant_id) FILTER (WHERE etat_retenu = 'publie') AS nb_repondantes,
    count(DISTINCT repondant_id) FILTER (WHERE etat_retenu <> 'sans_objet') AS nb_attendues,
    count(DISTINCT repondant_id) FILTER (WHERE etat_retenu = 'publie' AND NOT complete) AS nb_incompletes,
    count(*) FILTER (WHERE etat_retenu = 'publie') AS nb_reponses,
    sum(valeur) FILTER (WHERE etat_retenu = 'publie') AS somme,
    sum(numerateur) FILTER (WHERE etat_retenu = 'publie') AS numerateur,
    sum(denominateur) FILTER (WHERE etat_retenu = 'publie') AS denominateur,
    sum(proposes) FILTER (WHERE etat_retenu = 'publie') AS proposes,
    -- les répondants dont on sait à combien le questionnaire fut proposé
    sum(denominateur) FILTER (WHERE etat_retenu = 'publie' AND proposes IS NOT NULL) AS interroges,
    coalesce(bool_or(estime) FILTER (WHERE etat_retenu = 'publie'), false) AS estime,
    coalesce(bool_or(fictif) FILTER (WHERE etat_retenu = 'publie'), false) AS fictif
FROM perimetree
GROUP BY indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee, periode_id, annuelle,
         ventilation, modalite;
