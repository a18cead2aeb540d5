-- Des cellules retenues aux réponses élémentaires : un répondant, un lieu, une période, une modalité.
-- Un rapport n'est une réponse que si numérateur ET dénominateur sont là.
-- Une ventilation non exclusive ne donne que des numérateurs : le dénominateur est celui du total. Les autres ont chacune
-- le leur, même quand rien n'est arrivé de cette case (une saisie à la main, un extrait).
-- Une structure répond pour son quartier ; ce qu'un multi-sites ne répartit pas reste à `ville`, jamais étalé.
INSERT INTO interne.fait
WITH pivotee AS (
    SELECT
        c.indicateur_id, c.formulaire, c.repondant_id,
        coalesce(c.quartier_id, CASE WHEN NOT s.multisite THEN s.quartier_id END, 'ville') AS lieu,
        c.annee, c.periode_id, c.ventilation, c.modalite, i.forme,
        max(c.valeur) FILTER (WHERE c.code IN ('valeur', 'niveau', 'avancement', 'T1', 'T2', 'T3', 'T4')) AS nombre,
        max(c.valeur) FILTER (WHERE c.code IN ('numerateur', 'satisfaits')) AS numerateur,
        max(c.valeur) FILTER (WHERE c.code IN ('denominateur', 'repondants')) AS denominateur,
        max(c.valeur) FILTER (WHERE c.code = 'proposes') AS proposes,
        bool_or(c.code IN ('texte', 'etat') AND (c.etat = 'a_relire' OR (c.etat = 'valeur' AND c.texte IS NOT NULL)))
            AS ecrit,
        bool_or(c.etat = 'sans_objet') AS sans_objet,
        bool_or(c.code IN ('denominateur', 'repondants')) AS denominateur_demande,
        bool_or(c.estime) AS estime,
        bool_or(c.fictif) AS fictif
    FROM interne.cellule AS c
    JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
    LEFT JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.retenu
    GROUP BY c.indicateur_id, c.formulaire, c.repondant_id, lieu, c.annee, c.periode_id,
             c.ventilation, c.modalite, i.forme
),
completee AS (
    SELECT p.* EXCLUDE (denominateur),
        CASE WHEN p.denominateur_demande OR p.ventilation = 'total' OR v.exclusive THEN p.denominateur
             ELSE t.denominateur END
            AS denominateur
    FROM pivotee AS p
    LEFT JOIN pivotee AS t
        ON t.indicateur_id = p.indicateur_id AND t.repondant_id = p.repondant_id AND t.lieu = p.lieu
       AND t.periode_id = p.periode_id AND t.ventilation = 'total' AND p.forme = 'rapport'
    LEFT JOIN interne.ventilation AS v ON v.ventilation = p.ventilation
),
jugee AS (
    SELECT *,
        CASE forme
            WHEN 'rapport' THEN numerateur IS NOT NULL AND denominateur IS NOT NULL
            WHEN 'texte' THEN ecrit
            WHEN 'jalon' THEN ecrit
            ELSE nombre IS NOT NULL
        END AS complete
    FROM completee
)
SELECT
    indicateur_id, formulaire, repondant_id, lieu, annee, periode_id, ventilation, modalite,
    CASE WHEN complete THEN 'publie' WHEN sans_objet THEN 'sans_objet' ELSE 'manquant' END,
    CASE WHEN complete AND forme <> 'rapport' THEN nombre END,
    CASE WHEN complete AND forme = 'rapport' THEN numerateur END,
    CASE WHEN complete AND forme = 'rapport' THEN denominateur END,
    CASE WHEN complete THEN proposes END,
    complete AND estime,
    fictif
FROM jugee;

-- Une échelle se demande thème par thème : son total dit seulement que la structure a répondu.
INSERT INTO interne.fait
SELECT f.indicateur_id, f.formulaire, f.repondant_id, f.quartier_id, f.annee, f.periode_id, 'total', 'total',
       CASE WHEN bool_or(f.etat = 'publie') THEN 'publie' WHEN bool_and(f.etat = 'sans_objet') THEN 'sans_objet'
            ELSE 'manquant' END,
       NULL, NULL, NULL, NULL, bool_or(f.estime), bool_or(f.fictif)
FROM interne.fait AS f
JOIN interne.indicateur AS i ON i.indicateur_id = f.indicateur_id AND i.forme = 'niveau'
GROUP BY f.indicateur_id, f.formulaire, f.repondant_id, f.quartier_id, f.annee, f.periode_id
HAVING NOT bool_or(f.ventilation = 'total');
