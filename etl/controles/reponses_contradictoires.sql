-- gravite: a_confirmer
-- message: « {question} »{ou} : {lu}{terme}, alors que {lien} « {tout_question} » : {tout}. Relisez les deux réponses ; si c’est exact, confirmez-le.
-- Deux questions d'un même formulaire dont l'une borne l'autre : relations.csv, et chaque part calculée d'un nombre dans
-- un autre. Une partie se compare à son tout lieu par lieu ; le reste, et ce qui n'a pas de lieu, en entier : ce qui n'a
-- pas été réparti entre les quartiers n'est pas une erreur. Un tout où il manque une case ne se compare pas.
WITH partie AS (
    SELECT r.partie_id, r.code, r.tout_id, r.relation, c.depot_id, c.repondant_id, c.annee,
           CASE r.relation WHEN 'partie' THEN c.quartier_id END AS lieu, sum(c.valeur) AS valeur,
           bool_and(c.etat IN ('valeur', 'sans_objet')) AS complete,
           min({'cellule': c.cellule, 'fichier': c.fichier, 'feuille': c.feuille}) FILTER (c.valeur > 0) AS adresse
    FROM interne.relation AS r
    JOIN interne.cellule AS c
        ON c.objet_id = r.partie_id AND c.retenu AND c.ventilation = 'total'
       AND (c.code = r.code OR (r.code = 'valeur' AND c.code IN ('T1', 'T2', 'T3', 'T4')))
    GROUP BY r.partie_id, r.code, r.tout_id, r.relation, c.depot_id, c.repondant_id, c.annee, lieu
    HAVING sum(c.valeur) > 0
),
contraire AS (
    SELECT p.partie_id, p.code, p.tout_id, p.adresse, p.repondant_id, p.annee, p.lieu, p.valeur, sum(t.valeur) AS tout
    FROM partie AS p
    JOIN interne.cellule AS t
        ON t.depot_id = p.depot_id AND t.objet_id = p.tout_id AND t.retenu AND t.ventilation = 'total'
       AND (p.lieu IS NULL OR p.lieu = 'ville' OR t.quartier_id = p.lieu)
    GROUP BY p.partie_id, p.code, p.tout_id, p.relation, p.complete, p.adresse, p.repondant_id, p.annee, p.lieu, p.valeur
    HAVING bool_and(t.etat IN ('valeur', 'sans_objet'))
       AND CASE p.relation WHEN 'suppose' THEN sum(t.valeur) = 0 WHEN 'egal' THEN p.complete AND p.valeur <> sum(t.valeur)
           ELSE p.valeur > sum(t.valeur) END
)
SELECT c.adresse.fichier, c.adresse.feuille, c.adresse.cellule, c.repondant_id, c.annee, c.lieu AS quartier_id, r.question,
       citer_reponse(c.valeur, c.code, r.unite_statistique, NULL, r.muette) AS lu, coalesce(' ' || r.terme, '') AS terme,
       CASE r.relation WHEN 'egal' THEN 'c’est le même nombre que' WHEN 'partie' THEN 'c’est une partie de' ELSE 'pour' END AS lien,
       r.tout_question, citer_reponse(c.tout, 'valeur', r.tout_unite_statistique, NULL, r.muette) AS tout,
       concat_ws('/', c.valeur, c.tout) AS compare
FROM contraire AS c
JOIN interne.relation AS r ON r.partie_id = c.partie_id AND r.code = c.code AND r.tout_id = c.tout_id
