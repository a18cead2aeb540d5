-- Chaque réponse attendue, reçue ou non : une ligne par répondant, lieu, période et modalité.
CREATE TEMP TABLE grain AS
SELECT i.indicateur_id, c.annee, p.periode_id, p.genre IN ('civile', 'scolaire') AS annuelle
FROM interne.indicateur AS i
CROSS JOIN campagne_ouverte AS c
JOIN interne.periode AS p
    ON p.annee = c.annee
   AND CASE
           WHEN i.annee_type = 'scolaire' THEN p.genre = 'scolaire'
           WHEN i.granularite = 'annee' THEN p.genre = 'civile'
           ELSE p.genre <> 'scolaire'
       END;

CREATE TEMP TABLE decoupe AS
SELECT indicateur_id, 'total' AS ventilation, 'total' AS modalite FROM interne.indicateur
UNION ALL
SELECT v.indicateur_id, m.ventilation, m.modalite
FROM interne.indicateur_ventilation AS v
JOIN interne.modalite AS m ON m.ventilation = v.ventilation;

-- Le total d'un répondant multi-sites s'attend dans les 9 quartiers ; ses ventilations valent pour l'ensemble
-- de ses sites et restent à `ville`. « Sans quartier précis » ne s'attend que s'il a été donné.
CREATE TEMP TABLE lieu_attendu AS
SELECT a.indicateur_id, a.repondant_id, a.annee, q.quartier_id, true AS pour_total, false AS pour_ventilation
FROM interne.attendu AS a CROSS JOIN interne.quartier AS q
WHERE a.par_quartier
UNION ALL
SELECT a.indicateur_id, a.repondant_id, a.annee, 'ville',
       EXISTS (SELECT 1 FROM interne.fait AS f
               WHERE f.indicateur_id = a.indicateur_id AND f.repondant_id = a.repondant_id
                 AND f.annee = a.annee AND f.quartier_id = 'ville' AND f.ventilation = 'total'
                 AND f.etat = 'publie'),
       true
FROM interne.attendu AS a
WHERE a.par_quartier
UNION ALL
SELECT indicateur_id, repondant_id, annee, quartier_id, true, true
FROM interne.attendu
WHERE NOT par_quartier;

-- Une ventilation se demande pour l'année entière ; par trimestre, seulement là où elle a été donnée.
CREATE TEMP TABLE reponse AS
SELECT
    a.indicateur_id, a.formulaire, a.repondant_id, a.type_structure, l.quartier_id, a.annee,
    g.periode_id, g.annuelle, d.ventilation, d.modalite,
    coalesce(f.etat, 'manquant') AS etat,
    f.valeur, f.numerateur, f.denominateur, f.proposes, coalesce(f.estime, false) AS estime,
    coalesce(f.fictif, false) AS fictif
FROM interne.attendu AS a
JOIN grain AS g ON g.indicateur_id = a.indicateur_id AND g.annee = a.annee
JOIN decoupe AS d ON d.indicateur_id = a.indicateur_id
JOIN lieu_attendu AS l
    ON l.indicateur_id = a.indicateur_id AND l.repondant_id = a.repondant_id AND l.annee = a.annee
   AND CASE WHEN d.ventilation = 'total' THEN l.pour_total ELSE l.pour_ventilation END
LEFT JOIN interne.fait AS f
    ON f.indicateur_id = a.indicateur_id AND f.repondant_id = a.repondant_id AND f.quartier_id = l.quartier_id
   AND f.periode_id = g.periode_id AND f.ventilation = d.ventilation AND f.modalite = d.modalite
WHERE d.ventilation = 'total' OR g.annuelle OR f.etat IS NOT NULL;
