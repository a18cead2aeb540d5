-- Every figure that may be corrected for a campaign: who answered, which measure, how it reads today.
WITH annuelle AS (
    SELECT m.* FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.annee = $annee AND m.perimetre = 'tous' AND m.ventilation = 'total'
)
SELECT s.nom AS repondant, m.territoire_id AS repondant_id, m.indicateur_id, i.libelle, m.affichage, i.ordre
FROM annuelle AS m
JOIN collecte.attendu AS a ON a.annee = m.annee AND a.formulaire = 'structure' AND a.repondant_id = m.territoire_id
JOIN publication.structure AS s ON s.structure_id = m.territoire_id
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id AND i.saisie NOT IN ('calcul', 'texte')
WHERE m.niveau = 'structure'
  AND (a.statut NOT IN ('attendu', 'refuse')
       OR EXISTS (SELECT 1 FROM collecte.provenance AS c
                  WHERE c.annee = m.annee AND c.repondant_id = m.territoire_id AND c.indicateur_id = m.indicateur_id))
UNION ALL
SELECT f.fiche_id || ' · ' || f.titre, f.fiche_id, m.indicateur_id, i.libelle, m.affichage, i.ordre
FROM annuelle AS m
JOIN (SELECT DISTINCT indicateur_id, repondant_id FROM collecte.provenance WHERE annee = $annee AND formulaire = 'fiche') AS c
    ON c.indicateur_id = m.indicateur_id
JOIN publication.fiche AS f ON f.fiche_id = c.repondant_id
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id AND i.saisie NOT IN ('calcul', 'texte')
WHERE m.niveau = 'ville' AND m.type_structure = 'tous'
ORDER BY strip_accents(lower(repondant)), repondant_id, ordre
