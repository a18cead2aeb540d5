-- The matrix of a campaign: one row per sender, one count per state, those who miss the most first.
WITH attendus AS (
    SELECT r.*, coalesce(s.expediteur, p.libelle, r.expediteur_id) AS expediteur
    FROM collecte.attendu AS r
    LEFT JOIN publication.structure AS s ON r.formulaire = 'structure' AND s.structure_id = r.repondant_id
    LEFT JOIN publication.repondant AS p ON p.repondant_id = r.expediteur_id
    WHERE r.annee = $annee
)
SELECT
    expediteur_id, expediteur, count(*) AS nb_demandes,
    count(*) FILTER (WHERE statut = 'recu') AS nb_recus,
    count(*) FILTER (WHERE statut = 'en_retard') AS nb_en_retard,
    count(*) FILTER (WHERE statut = 'a_corriger') AS nb_a_corriger,
    count(*) FILTER (WHERE statut = 'refuse') AS nb_refuses,
    count(*) FILTER (WHERE statut = 'attendu') AS nb_attendus
FROM attendus
GROUP BY expediteur_id, expediteur
ORDER BY nb_refuses + nb_attendus DESC, nb_a_corriger DESC, strip_accents(lower(expediteur))
