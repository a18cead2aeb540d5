-- The queue of what to correct, worst first: the campaign's forms, then the files of no campaign (open data);
-- at its end, what a person accepted.
SELECT
    a.id, a.gravite, a.regle, a.fichier, a.feuille, a.cellule, a.message, a.valeur_lue, a.annee, a.repondant_id,
    coalesce(s.nom, f.fiche_id || ' · ' || f.titre, '—') AS repondant,
    coalesce(s.expediteur_id, f.referent_id, '') AS expediteur_id,
    coalesce(e.nom, 'Données ouvertes et fichiers sans répondant') AS expediteur,
    a.acceptee, a.acceptation_raison, a.acceptation_fonction, a.acceptee_le
FROM collecte.anomalie AS a
LEFT JOIN publication.structure AS s ON s.structure_id = a.repondant_id
LEFT JOIN publication.fiche AS f ON f.fiche_id = a.repondant_id
LEFT JOIN collecte.expediteur AS e ON e.expediteur_id = coalesce(s.expediteur_id, f.referent_id)
WHERE (a.annee = $annee OR a.annee IS NULL) AND NOT a.remplacee
ORDER BY a.acceptee, a.id
