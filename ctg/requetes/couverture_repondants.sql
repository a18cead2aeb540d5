-- Respondent × measure × campaign ($indicateur, $repondant: a code, or 'tous'): what is known, and why not. Only those
-- asked at least once; never a value.
WITH cases AS (
    SELECT *, bool_or(etat <> 'non_demande') OVER (PARTITION BY indicateur_id, formulaire, repondant_id) AS demandee
    FROM collecte.couverture
    WHERE ($indicateur = 'tous' OR indicateur_id = $indicateur) AND ($repondant = 'tous' OR repondant_id = $repondant)
)
SELECT
    i.indicateur_id, i.libelle, i.ordre, c.formulaire, c.repondant_id,
    coalesce(s.nom, f.fiche_id || ' · ' || f.titre) AS repondant, c.annee, c.etat, c.fichier, c.raison
FROM cases AS c
JOIN publication.indicateur AS i ON i.indicateur_id = c.indicateur_id
LEFT JOIN publication.structure AS s ON c.formulaire = 'structure' AND s.structure_id = c.repondant_id
LEFT JOIN publication.fiche AS f ON c.formulaire = 'fiche' AND f.fiche_id = c.repondant_id
WHERE c.demandee
ORDER BY i.ordre, c.formulaire, strip_accents(lower(repondant)), c.repondant_id, c.annee
