-- Two sources of one answer side by side, those that differ first; the one that counts stands first.
SELECT r.indicateur_id, r.repondant_id, coalesce(s.nom, f.fiche_id || ' · ' || f.titre, r.repondant_id) AS repondant,
       i.libelle AS mesure, p.libelle AS periode, q.nom AS lieu,
       CASE WHEN r.ventilation <> 'total' THEN v.libelle END AS detail,
       r.source, r.source_libelle, r.fichier, r.feuille, r.cellule, r.affichage, r.differe, r.retenu, r.raison
FROM collecte.source_retenue AS r
JOIN publication.indicateur AS i ON i.indicateur_id = r.indicateur_id
JOIN publication.periode AS p ON p.periode_id = r.periode
LEFT JOIN publication.structure AS s ON s.structure_id = r.repondant_id
LEFT JOIN publication.fiche AS f ON f.fiche_id = r.repondant_id
LEFT JOIN publication.quartier AS q ON q.quartier_id = r.lieu AND coalesce(s.multisite, true)
LEFT JOIN publication.ventilation AS v ON v.ventilation = r.ventilation AND v.modalite = r.modalite
WHERE r.annee = $annee
ORDER BY NOT bool_or(r.differe) OVER (PARTITION BY r.repondant_id, r.indicateur_id), strip_accents(lower(repondant)),
         i.ordre, r.ventilation <> 'total', p.rang, lieu, detail, NOT r.retenu, r.source
