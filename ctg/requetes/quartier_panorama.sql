-- All the quartiers on one line each: who lives there, who answered. Same order everywhere.
WITH habitants AS (
    SELECT territoire_id, variable_id, annee, valeur, etat, nb_couverts, nb_assignes
    FROM publication.diagnostic
    WHERE niveau = 'quartier' AND variable_id = $variable
      AND annee = (SELECT max(annee) FROM publication.diagnostic WHERE niveau = 'quartier' AND variable_id = $variable)
),
reponses AS (
    SELECT s.quartier_id, count(*) AS nb_structures,
           count(*) FILTER (WHERE r.statut IN ('recu', 'en_retard', 'a_corriger')) AS nb_recues
    FROM publication.structure AS s
    LEFT JOIN collecte.attendu AS r
        ON r.formulaire = 'structure' AND r.repondant_id = s.structure_id AND r.annee = $annee
    GROUP BY s.quartier_id
)
SELECT
    q.quartier_id AS code, q.nom AS libelle, q.qpv, h.annee, h.valeur, coalesce(h.etat, 'manquant') AS etat,
    h.nb_couverts, h.nb_assignes, coalesce(r.nb_structures, 0) AS nb_structures, coalesce(r.nb_recues, 0) AS nb_recues
FROM publication.quartier AS q
LEFT JOIN habitants AS h ON h.territoire_id = q.quartier_id
LEFT JOIN reponses AS r ON r.quartier_id = q.quartier_id
ORDER BY q.rang
