-- The structures placed in a quartier (or `ville`, `hors-dijon`), with the state of their report of the year.
SELECT
    s.structure_id, s.nom, s.type_libelle, t.rang AS rang_type, s.gestionnaire, s.adresse, s.certitude,
    s.multisite, coalesce(r.statut, 'non_attendu') AS statut, r.jours_de_retard, r.recu_le
FROM publication.structure AS s
JOIN publication.type_structure AS t ON t.type_id = s.type
LEFT JOIN collecte.attendu AS r
    ON r.formulaire = 'structure' AND r.repondant_id = s.structure_id AND r.annee = $annee
WHERE s.quartier_id = $quartier
ORDER BY t.rang, strip_accents(lower(s.nom))
