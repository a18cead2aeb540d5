-- Each campaign and fiche that shows a number (received, typed by hand, drawn from an extract) or was received, with the
-- date of its aval; null while it is provisional. Under an aval that stands, how many figures are no longer
-- those it was given on (a figure counts once, wherever it is added up).
SELECT r.annee, r.fiche_id, f.axe_id, a.atteinte_le AS aval_le, coalesce(c.nb_changees, 0) AS nb_changees,
       c.change_le, c.change_raison
FROM (
    SELECT annee, fiche_id FROM publication.etape WHERE etape = 'recue'
    UNION
    SELECT m.annee, l.fiche_id
    FROM publication.mesure AS m
    JOIN publication.indicateur_ligne AS l ON l.indicateur_id = m.indicateur_id
    WHERE m.niveau = 'ville' AND m.perimetre = 'tous' AND m.nb_repondantes > 0
) AS r
JOIN publication.fiche AS f ON f.fiche_id = r.fiche_id
LEFT JOIN publication.etape AS a ON a.annee = r.annee AND a.fiche_id = r.fiche_id AND a.etape = 'aval'
LEFT JOIN (
    SELECT annee, fiche_id, count(DISTINCT (indicateur_id, periode_id, ventilation, modalite)) AS nb_changees,
           max(change_le) AS change_le, max_by(raison, (change_le, raison)) AS change_raison
    FROM collecte.changement_apres_aval
    WHERE retire_le IS NULL AND raison IS NOT NULL
    GROUP BY annee, fiche_id
) AS c ON a.fiche_id IS NOT NULL AND c.annee = r.annee AND c.fiche_id = r.fiche_id
ORDER BY r.annee, f.axe_id, f.rang
