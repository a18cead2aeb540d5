-- What is known of each measure, campaign by campaign ($axe, $fiche: a code, or 'tous'): how many respondents in each
-- state, and whether the city's number may be shown. A measure of two fiches stands once under each.
WITH comptes AS (
    SELECT indicateur_id, annee,
        count(*) FILTER (WHERE etat <> 'non_demande') AS nb_demandes,
        count(*) FILTER (WHERE etat = 'disponible') AS nb_disponibles,
        count(*) FILTER (WHERE etat = 'masque') AS nb_masques,
        count(*) FILTER (WHERE etat = 'sans_objet') AS nb_sans_objet,
        count(*) FILTER (WHERE etat = 'manquant') AS nb_manquants,
        count(*) FILTER (WHERE etat = 'refuse') AS nb_refuses,
        count(*) FILTER (WHERE etat = 'en_retard') AS nb_en_retard,
        count(*) FILTER (WHERE etat = 'attendu') AS nb_attendus
    FROM collecte.couverture
    GROUP BY indicateur_id, annee
),
ville AS (
    SELECT m.indicateur_id, m.annee, m.etat
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.niveau = 'ville' AND m.type_structure = 'tous' AND m.perimetre = 'tous' AND m.ventilation = 'total'
)
SELECT
    a.titre AS axe, l.fiche_id, i.indicateur_id, i.libelle, i.origine, i.nature, i.definition, i.repondant,
    i.repondant_libelle, c.annee, c.* EXCLUDE (indicateur_id, annee),
    coalesce(v.etat, 'manquant') AS etat_ville
FROM publication.indicateur AS i
JOIN (SELECT DISTINCT indicateur_id, fiche_id, axe_id FROM publication.indicateur_ligne) AS l
    ON l.indicateur_id = i.indicateur_id
JOIN publication.fiche AS f ON f.fiche_id = l.fiche_id
JOIN publication.axe AS a ON a.axe_id = l.axe_id
JOIN comptes AS c ON c.indicateur_id = i.indicateur_id
LEFT JOIN ville AS v ON v.indicateur_id = i.indicateur_id AND v.annee = c.annee
WHERE ($axe = 'tous' OR l.axe_id = $axe) AND ($fiche = 'tous' OR l.fiche_id = $fiche)
ORDER BY a.rang, f.rang, i.ordre, c.annee
