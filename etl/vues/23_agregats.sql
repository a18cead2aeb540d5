-- Les agrégats, avant masquage : sommes de nombres, sommes de numérateurs et de dénominateurs.
-- Périmètre constant à l'année N : les répondants qui ont donné le total annuel en N et en N-1.
CREATE TEMP TABLE a_repondu AS
SELECT indicateur_id, niveau, territoire_id, repondant_id, annee
FROM reponse_territoire
WHERE annuelle AND ventilation = 'total' AND etat = 'publie';

CREATE TEMP TABLE agregat AS
WITH typee AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_territoire WHERE niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_territoire WHERE formulaire = 'structure'
),
perimetree AS (
    SELECT *, 'tous' AS perimetre, etat AS etat_retenu FROM typee
    UNION ALL
    SELECT t.*, 'constant',
        CASE
            WHEN t.etat = 'sans_objet' THEN 'sans_objet'
            WHEN t.etat = 'publie' AND p.repondant_id IS NOT NULL THEN 'publie'
            ELSE 'manquant'
        END
    FROM typee AS t
    LEFT JOIN a_repondu AS p
        ON p.indicateur_id = t.indicateur_id AND p.niveau = t.niveau AND p.territoire_id = t.territoire_id
       AND p.repondant_id = t.repondant_id AND p.annee = t.annee - 1
    WHERE t.annuelle AND t.ventilation = 'total' AND t.annee - 1 IN (SELECT annee FROM campagne_ouverte)
)
SELECT
    indicateur_id, niveau, territoire_id, type_agrege AS type_structure, perimetre, annee, periode_id, annuelle,
    ventilation, modalite,
    count(*) FILTER (WHERE etat_retenu = 'publie') AS nb_repondantes,
    count(*) FILTER (WHERE etat_retenu <> 'sans_objet') AS nb_attendues,
    sum(valeur) FILTER (WHERE etat_retenu = 'publie') AS somme,
    sum(numerateur) FILTER (WHERE etat_retenu = 'publie') AS numerateur,
    sum(denominateur) FILTER (WHERE etat_retenu = 'publie') AS denominateur,
    sum(proposes) FILTER (WHERE etat_retenu = 'publie') AS proposes,
    coalesce(bool_or(fictif) FILTER (WHERE etat_retenu = 'publie'), false) AS fictif
FROM perimetree
GROUP BY indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee, periode_id, annuelle,
         ventilation, modalite;
