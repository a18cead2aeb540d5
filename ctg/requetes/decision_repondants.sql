-- Who may be asked for a campaign: structures, then fiches. `recu`: a report of theirs counts; `repond`: something that
-- they sent, or an extract about them, answers.
SELECT a.repondant_id, a.formulaire, coalesce(s.nom, f.fiche_id || ' · ' || f.titre) AS repondant,
       a.statut NOT IN ('attendu', 'refuse') AS recu,
       recu OR EXISTS (SELECT 1 FROM collecte.provenance AS c
                       WHERE c.annee = a.annee AND c.repondant_id = a.repondant_id AND c.recue) AS repond
FROM collecte.attendu AS a
LEFT JOIN publication.structure AS s ON a.formulaire = 'structure' AND s.structure_id = a.repondant_id
LEFT JOIN publication.fiche AS f ON a.formulaire = 'fiche' AND f.fiche_id = a.repondant_id
WHERE a.annee = $annee
ORDER BY a.formulaire DESC, strip_accents(lower(repondant)), a.repondant_id
