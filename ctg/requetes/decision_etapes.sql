-- The stages reached by each fiche of a campaign, in columns, and how many of its structures confirmed.
WITH structures AS (
    SELECT l.fiche_id, count(DISTINCT p.repondant_id) AS nb_structures,
           count(DISTINCT c.repondant_id) AS nb_confirmees
    FROM collecte.provenance AS p
    JOIN (SELECT DISTINCT indicateur_id, fiche_id FROM publication.indicateur_ligne) AS l
        ON l.indicateur_id = p.indicateur_id
    LEFT JOIN collecte.confirmation AS c ON c.annee = p.annee AND c.repondant_id = p.repondant_id
    WHERE p.annee = $annee AND p.formulaire = 'structure' AND p.recue
    GROUP BY l.fiche_id
)
SELECT f.fiche_id, f.titre, f.axe_id,
       max(e.atteinte_le) FILTER (WHERE e.etape = 'recue') AS recue,
       max(e.atteinte_le) FILTER (WHERE e.etape = 'controlee') AS controlee,
       max(e.atteinte_le) FILTER (WHERE e.etape = 'confirmee') AS confirmee,
       max(e.atteinte_le) FILTER (WHERE e.etape = 'validee') AS validee,
       max(e.atteinte_le) FILTER (WHERE e.etape = 'aval') AS aval,
       max(e.atteinte_le) FILTER (WHERE e.etape = 'diffusee') AS diffusee,
       coalesce(list(e.etape), []) AS atteintes,
       coalesce(max(s.nb_structures), 0) AS nb_structures, coalesce(max(s.nb_confirmees), 0) AS nb_confirmees,
       (SELECT count(*) FROM collecte.changement_apres_aval AS x
        WHERE x.annee = $annee AND x.fiche_id = f.fiche_id AND x.raison IS NULL) AS nb_changements,
       -- an aval withdrawn, as long as figures differ from those it was given to
       (SELECT max(x.retire_le) FROM collecte.changement_apres_aval AS x
        WHERE x.annee = $annee AND x.fiche_id = f.fiche_id) AS aval_retire
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN publication.etape AS e ON e.fiche_id = f.fiche_id AND e.annee = $annee
LEFT JOIN structures AS s ON s.fiche_id = f.fiche_id
GROUP BY f.fiche_id, f.titre, f.axe_id, a.rang, f.rang
ORDER BY a.rang, f.rang
