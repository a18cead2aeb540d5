-- Every form expected in a campaign: who sends it, where it stands, how many anomalies are left in it.
WITH anomalies AS (
    SELECT repondant_id, annee, count(*) FILTER (WHERE gravite = 'bloquant') AS nb_bloquantes,
           count(*) FILTER (WHERE gravite = 'a_confirmer') AS nb_a_confirmer
    FROM collecte.anomalie
    WHERE NOT remplacee AND NOT acceptee
    GROUP BY repondant_id, annee
)
SELECT
    r.formulaire, r.repondant_id, coalesce(r.expediteur_id, '') AS expediteur_id,
    coalesce(e.nom, r.expediteur_id, '—') AS expediteur,
    coalesce(s.nom, f.fiche_id || ' · ' || f.titre) AS repondant,
    r.echeance, r.recu_le, r.statut, r.jours_de_retard, r.fichier, r.raison,
    coalesce(a.nb_bloquantes, 0) AS nb_bloquantes, coalesce(a.nb_a_confirmer, 0) AS nb_a_confirmer
FROM collecte.attendu AS r
LEFT JOIN publication.structure AS s ON r.formulaire = 'structure' AND s.structure_id = r.repondant_id
LEFT JOIN publication.fiche AS f ON r.formulaire = 'fiche' AND f.fiche_id = r.repondant_id
LEFT JOIN collecte.expediteur AS e ON e.expediteur_id = r.expediteur_id
LEFT JOIN anomalies AS a ON a.repondant_id = r.repondant_id AND a.annee = r.annee
WHERE r.annee = $annee
ORDER BY strip_accents(lower(expediteur)), expediteur_id, r.formulaire, strip_accents(lower(repondant))
