-- Rows of the forms whose hidden id is lost and whose words are close to those of a question, the closest first.
SELECT r.fichier, r.feuille, r.cellule, r.libelle, r.cle, r.propose, r.score,
       coalesce(s.nom, f.fiche_id || ' · ' || f.titre, r.repondant_id) AS repondant
FROM collecte.rapprochement AS r
LEFT JOIN publication.structure AS s ON s.structure_id = r.repondant_id
LEFT JOIN publication.fiche AS f ON f.fiche_id = r.repondant_id
WHERE r.annee = $annee
ORDER BY r.score DESC, r.libelle, r.fichier, r.cellule
