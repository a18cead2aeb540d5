-- The stages of each fiche of a campaign, how many of its structures confirmed, and what changed since its aval.
-- `etapes`: those declared or reached, as {etape, atteinte_le, fonction, enregistree_le, raison, perimee}; `perimee`:
-- given on figures that have changed since, it no longer counts. `atteintes`: those that count.
WITH etape AS (
    SELECT *, false AS perimee FROM publication.etape WHERE annee = $annee
    UNION ALL BY NAME
    SELECT *, true AS perimee FROM collecte.etape_perimee WHERE annee = $annee
),
changement AS (
    SELECT fiche_id, count(*) FILTER (WHERE raison IS NULL) AS nb_changements,
           count(DISTINCT (indicateur_id, periode_id, ventilation, modalite))
               FILTER (WHERE retire_le IS NULL AND raison IS NOT NULL) AS nb_changees,
           -- an aval withdrawn, as long as figures differ from those it was given to
           max(retire_le) AS aval_retire
    FROM collecte.changement_apres_aval
    WHERE annee = $annee
    GROUP BY fiche_id
),
dite AS (
    SELECT fiche_id,
           list({'etape': etape, 'atteinte_le': atteinte_le, 'fonction': fonction, 'enregistree_le': enregistree_le,
                 'raison': raison, 'perimee': perimee} ORDER BY etape) AS etapes,
           list(etape) FILTER (WHERE NOT perimee) AS atteintes,
           list(etape) FILTER (WHERE perimee) AS perimees,
           bool_or(etape = 'aval') AS avalisee
    FROM etape
    GROUP BY fiche_id
)
SELECT f.fiche_id, f.titre, f.axe_id, coalesce(d.etapes, []) AS etapes, coalesce(d.atteintes, []) AS atteintes,
       coalesce(d.perimees, []) AS perimees,
       coalesce(d.avalisee, false) AS avalisee,
       coalesce(s.nb_structures, 0) AS nb_structures, coalesce(s.nb_confirmees, 0) AS nb_confirmees,
       coalesce(c.nb_changements, 0) AS nb_changements, coalesce(c.nb_changees, 0) AS nb_changees, c.aval_retire
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN dite AS d ON d.fiche_id = f.fiche_id
LEFT JOIN collecte.fiche_confirmee AS s ON s.annee = $annee AND s.fiche_id = f.fiche_id
LEFT JOIN changement AS c ON c.fiche_id = f.fiche_id
ORDER BY a.rang, f.rang
