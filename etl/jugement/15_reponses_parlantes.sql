-- Trois parts d'adhérents par territoire, trois par quotient familial (003:761, 003:766), font 100 %.
CREATE TEMP MACRO repartition_des_adherents(le_champ) AS
    CASE WHEN le_champ IN ('adherents-territoire', 'adherents-autres-quartiers', 'adherents-hors-ville') THEN 'territoire'
         WHEN le_champ IN ('adherents-qf-800', 'adherents-qf-3000', 'adherents-qf-plus') THEN 'quotient familial' END;

-- Les réponses qui diraient un petit effectif sans en être un, et ne se citent donc nulle part dans la collecte :
-- le montant tiré d'un nombre de personnes (`secret_avec`), la part d'adhérents trop peu nombreux ou inconnus, avec les deux
-- parts qui la rendraient (elles font cent à elles trois).
-- Un seul envoi, même remplacé, ou une seule correction où l'effectif est petit suffit : les autres les recoupent.
CREATE TEMP TABLE reponse_parlante AS
WITH dite AS (
    SELECT l.rubrique, l.objet_id, d.depot_id::VARCHAR AS envoi, d.repondant_id, d.annee, l.valeur
    FROM interne.lue AS l JOIN interne.depot AS d ON d.depot_id = l.depot_id
    WHERE l.valeur IS NOT NULL
    UNION ALL
    SELECT rubrique, objet_id, 'saisie', repondant_id, annee, unnest([ancienne_valeur, valeur]) FROM interne.saisie_valeur
)
SELECT DISTINCT 'i' AS rubrique, i.indicateur_id AS objet_id, n.repondant_id, n.annee
FROM interne.indicateur AS i
JOIN interne.indicateur AS s ON s.indicateur_id = i.secret_avec
JOIN dite AS n ON n.rubrique = 'i' AND n.objet_id = s.indicateur_id AND effectif_secret(n.valeur, s.unite_statistique)
UNION
SELECT 'v', t.champ_id, p.repondant_id, p.annee
FROM dite AS p
JOIN interne.champ AS h ON p.rubrique = 'v' AND h.champ_id = p.objet_id AND h.unite = '%'
LEFT JOIN dite AS a
    ON a.rubrique = 'v' AND a.objet_id = 'adherents' AND a.envoi = p.envoi
   AND a.repondant_id = p.repondant_id AND a.annee = p.annee
JOIN interne.champ AS t
    ON repartition_des_adherents(t.champ_id) = repartition_des_adherents(h.champ_id)
WHERE est_confidentielle(h.unite_statistique)
  AND (a.valeur IS NULL OR rapport_secret(p.valeur * a.valeur / 100, a.valeur, h.unite_statistique, 'taux'));

CREATE TEMP MACRO est_parlante(la_rubrique, l_objet, le_repondant, l_annee) AS
    EXISTS (SELECT 1 FROM reponse_parlante AS r
            WHERE r.rubrique = la_rubrique AND r.objet_id = l_objet AND r.repondant_id = le_repondant AND r.annee = l_annee);
