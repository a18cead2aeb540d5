-- Les agrégats, avant masquage : sommes de nombres, sommes de numérateurs et de dénominateurs.
-- Périmètre constant à l'année N : les répondants qui ont donné le total annuel en N et en N-1, sur les mêmes
-- lieux (22_completude).
CREATE TEMP TABLE a_repondu AS
SELECT indicateur_id, niveau, territoire_id, repondant_id, annee, lieu, complete
FROM reponse_lue
WHERE annuelle AND ventilation = 'total' AND etat = 'publie';

-- ce qui entre dans chaque agrégat, réponse par réponse
CREATE TEMP TABLE reponse_agregee AS
WITH typee AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_lue WHERE niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_lue WHERE formulaire = 'structure'
)
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
WHERE t.annuelle AND t.ventilation = 'total' AND t.annee - 1 IN (SELECT annee FROM campagne_ouverte);

CREATE TEMP TABLE agregat AS
-- ses lieux d'abord réunis, un répondant se compte une fois : deux fois plus vite que count(DISTINCT)
WITH par_repondant AS (
    SELECT
        indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee, periode_id, annuelle,
        ventilation, modalite,
        bool_or(etat_retenu = 'publie') AS a_repondu,
        bool_or(etat_retenu <> 'sans_objet') AS attendu,
        bool_or(etat_retenu = 'publie' AND NOT complete) AS incomplet,
        count(*) FILTER (WHERE etat_retenu = 'publie') AS nb_reponses,
        sum(valeur) FILTER (WHERE etat_retenu = 'publie') AS somme,
        sum(numerateur) FILTER (WHERE etat_retenu = 'publie') AS numerateur,
        sum(denominateur) FILTER (WHERE etat_retenu = 'publie') AS denominateur,
        sum(proposes) FILTER (WHERE etat_retenu = 'publie') AS proposes,
        -- les répondants dont on sait à combien le questionnaire fut proposé
        sum(denominateur) FILTER (WHERE etat_retenu = 'publie' AND proposes IS NOT NULL) AS interroges,
        bool_or(etat_retenu = 'publie' AND estime) AS estime,
        bool_or(etat_retenu = 'publie' AND fictif) AS fictif
    FROM reponse_agregee
    GROUP BY indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee, periode_id, annuelle,
             ventilation, modalite, repondant_id
)
SELECT
    indicateur_id, niveau, territoire_id, type_agrege AS type_structure, perimetre, annee, periode_id, annuelle,
    ventilation, modalite,
    count(*) FILTER (WHERE a_repondu) AS nb_repondantes,
    count(*) FILTER (WHERE attendu) AS nb_attendues,
    count(*) FILTER (WHERE incomplet) AS nb_incompletes,
    sum(nb_reponses)::BIGINT AS nb_reponses,
    sum(somme) AS somme,
    sum(numerateur) AS numerateur,
    sum(denominateur) AS denominateur,
    sum(proposes) AS proposes,
    sum(interroges) AS interroges,
    bool_or(estime) AS estime,
    bool_or(fictif) AS fictif
FROM par_repondant
GROUP BY indicateur_id, niveau, territoire_id, type_agrege, perimetre, annee, periode_id, annuelle,
         ventilation, modalite;
