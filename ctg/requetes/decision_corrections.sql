-- The figures corrected by hand for a campaign, the last one first; the old value stays there.
SELECT c.le, c.fonction, c.raison, coalesce(s.nom, f.fiche_id || ' · ' || f.titre, c.repondant_id) AS repondant,
       c.objet AS mesure, c.code, c.ancienne, c.nouvelle, c.sort, c.fichier, c.feuille, c.cellule, c.ligne
FROM collecte.correction AS c
LEFT JOIN publication.structure AS s ON s.structure_id = c.repondant_id
LEFT JOIN publication.fiche AS f ON f.fiche_id = c.repondant_id
WHERE c.annee = $annee
ORDER BY c.le DESC, c.ligne DESC
