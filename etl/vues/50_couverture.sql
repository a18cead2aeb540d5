-- Qui a répondu, fiche par fiche et quartier par quartier : un répondant compte s'il a donné au moins une
-- réponse utile (ou « sans objet ») à une mesure de la fiche. Un multi-sites compte dans chaque quartier où on
-- l'interroge et une fois pour la ville ; un quartier sans acteur vaut zéro attendu. Des structures seules, sans le référent :
-- celles que la fiche concerne (une question au moins n'y est pas sans objet), et celles qui ont donné un chiffre ou un mot.
INSERT INTO publication.couverture
WITH presence AS (
    SELECT l.fiche_id, r.quartier_id, r.annee, r.repondant_id, bool_or(r.etat <> 'manquant') AS a_repondu,
           r.formulaire = 'structure' AND bool_or(r.etat <> 'sans_objet') AS structure_concernee,
           r.formulaire = 'structure' AND bool_or(r.etat = 'publie') AS structure_a_donne
    FROM reponse AS r
    JOIN interne.indicateur_ligne AS l ON l.indicateur_id = r.indicateur_id
    WHERE r.ventilation = 'total'
    GROUP BY l.fiche_id, r.quartier_id, r.annee, r.repondant_id, r.formulaire
),
partout AS (
    SELECT * FROM presence
    UNION ALL
    SELECT fiche_id, getvariable('ville_id'), annee, repondant_id, bool_or(a_repondu), bool_or(structure_concernee),
           bool_or(structure_a_donne)
    FROM presence
    GROUP BY fiche_id, annee, repondant_id
),
grille AS (
    SELECT f.fiche_id, q.quartier_id, c.annee
    FROM interne.fiche AS f
    CROSS JOIN (SELECT quartier_id FROM interne.lieu UNION ALL SELECT getvariable('ville_id')) AS q
    CROSS JOIN campagne_ouverte AS c
)
SELECT g.fiche_id, g.quartier_id, g.annee,
       count(*) FILTER (WHERE p.a_repondu), count(p.repondant_id),
       count(*) FILTER (WHERE p.structure_concernee), count(*) FILTER (WHERE p.structure_a_donne)
FROM grille AS g
LEFT JOIN partout AS p
    ON p.fiche_id = g.fiche_id AND p.quartier_id = g.quartier_id AND p.annee = g.annee
GROUP BY g.fiche_id, g.quartier_id, g.annee;
