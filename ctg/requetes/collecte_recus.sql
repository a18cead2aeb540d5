-- The files received for a campaign, then those of no campaign (open data, what was not recognised), one row each.
-- `noms`: who answers in it, or the source it is; `statuts`: what became of each of its forms, else of the file.
SELECT
    f.fichier, any_value(f.sha256) AS sha256, max(f.recu_le) AS recu_le,
    coalesce(list_sort(list(DISTINCT coalesce(s.nom, p.fiche_id || ' · ' || p.titre, f.repondant_id))
                       FILTER (f.repondant_id IS NOT NULL)), []) AS noms,
    any_value(v.source_libelle) AS source, list_sort(list(DISTINCT f.statut)) AS statuts, any_value(f.message) AS message
FROM collecte.fichier AS f
LEFT JOIN publication.structure AS s ON f.formulaire = 'structure' AND s.structure_id = f.repondant_id
LEFT JOIN publication.fiche AS p ON f.formulaire = 'fiche' AND p.fiche_id = f.repondant_id
LEFT JOIN (
    SELECT source_id, any_value(source_libelle) AS source_libelle FROM publication.diagnostic_variable GROUP BY source_id
) AS v ON v.source_id = f.famille
WHERE f.annee = $annee OR f.annee IS NULL
GROUP BY f.fichier
ORDER BY max(f.repondant_id) IS NULL, max(v.source_libelle) IS NULL,
         strip_accents(lower(coalesce(min(s.nom), min(p.fiche_id), max(v.source_libelle), f.fichier))), f.fichier
