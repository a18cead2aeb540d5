-- Who answered, fiche by quartier, of an axis ('tous': every axis) in a campaign: a share in percent, and its two
-- terms in words. Nobody expected there is `sans_objet`, which is not an absence of answer.
SELECT
    c.fiche_id AS ligne,
    c.quartier_id AS colonne,
    CASE WHEN c.nb_attendues > 0 THEN 100.0 * c.nb_repondantes / c.nb_attendues END AS valeur,
    CASE WHEN c.nb_attendues > 0 THEN 'publie' ELSE 'sans_objet' END AS etat,
    c.nb_repondantes || ' / ' || c.nb_attendues AS affichage,
    c.nb_repondantes,
    c.nb_attendues
FROM publication.couverture AS c
JOIN publication.fiche AS f ON f.fiche_id = c.fiche_id
WHERE c.annee = $annee AND ($axe = 'tous' OR f.axe_id = $axe)
