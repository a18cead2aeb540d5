-- Who to write to in a campaign, the longest silence first: what is missing, to send again, to correct, and the last
-- day anything came from this sender, whatever the campaign.
WITH dernier AS (
    SELECT expediteur_id, max(recu_le)::DATE AS dernier_recu_le
    FROM collecte.attendu
    WHERE statut <> 'attendu'
    GROUP BY expediteur_id
)
SELECT
    coalesce(r.expediteur_id, '') AS expediteur_id, coalesce(e.nom, r.expediteur_id, '—') AS expediteur,
    count(*) FILTER (WHERE r.statut = 'attendu') AS nb_manquants,
    count(*) FILTER (WHERE r.statut = 'refuse') AS nb_refuses,
    count(*) FILTER (WHERE r.statut = 'a_corriger') AS nb_a_corriger,
    coalesce(max(r.jours_de_retard) FILTER (WHERE r.statut IN ('attendu', 'refuse')), 0) AS jours_de_retard,
    d.dernier_recu_le, v.construit_le::DATE - d.dernier_recu_le AS jours_de_silence
FROM collecte.attendu AS r
CROSS JOIN publication.convention AS v
LEFT JOIN collecte.expediteur AS e ON e.expediteur_id = r.expediteur_id
LEFT JOIN dernier AS d ON d.expediteur_id IS NOT DISTINCT FROM r.expediteur_id
WHERE r.annee = $annee
GROUP BY r.expediteur_id, e.nom, d.dernier_recu_le, v.construit_le
HAVING nb_manquants + nb_refuses + nb_a_corriger > 0
ORDER BY jours_de_retard DESC, jours_de_silence DESC NULLS FIRST, nb_manquants + nb_refuses DESC,
         strip_accents(lower(expediteur)), expediteur_id
