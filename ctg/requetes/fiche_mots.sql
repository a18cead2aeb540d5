-- What was written about a fiche in a campaign: by its référent, or by structures on its qualitative measures.
SELECT q.rubrique, q.rubrique_libelle, q.texte, s.nom AS structure
FROM publication.qualitatif AS q
LEFT JOIN publication.structure AS s ON s.structure_id = q.structure_id
WHERE q.fiche_id = $fiche AND q.annee = $annee
ORDER BY q.rang, s.nom
