-- L'état d'une fiche, d'après les états de ses indicateurs :
--   déclarée décalée par son référent → décalée ; plus de la moitié des états sans données → insuffisantes ;
--   plus d'états à surveiller que d'états favorables → à surveiller ; tous atteints → atteinte ;
--   au moins un favorable → en progrès ; sinon sans cible.
INSERT INTO publication.etat_fiche
WITH compte AS (
    SELECT l.fiche_id, e.annee, count(*) AS nb,
        count(*) FILTER (WHERE e.etat = 'atteint') AS atteint,
        count(*) FILTER (WHERE e.etat = 'en_progres') AS en_progres,
        count(*) FILTER (WHERE e.etat = 'a_surveiller') AS a_surveiller,
        count(*) FILTER (WHERE e.etat = 'sans_cible') AS sans_cible,
        count(*) FILTER (WHERE e.etat = 'decale') AS decale,
        count(*) FILTER (WHERE e.etat = 'donnees_insuffisantes') AS insuffisantes
    FROM publication.etat_indicateur AS e
    JOIN (SELECT DISTINCT indicateur_id, fiche_id FROM interne.indicateur_ligne) AS l
        ON l.indicateur_id = e.indicateur_id
    GROUP BY l.fiche_id, e.annee
),
declaration AS (
    SELECT repondant_id AS fiche_id, annee,
        max(texte) FILTER (WHERE objet_id = 'etat_avancement') AS etat_declare,
        max(texte) FILTER (WHERE objet_id = 'phrase') AS phrase_declaree
    FROM interne.cellule
    WHERE retenu AND formulaire = 'fiche' AND rubrique = 't' AND etat = 'valeur'
    GROUP BY repondant_id, annee
),
prochain AS (
    SELECT fiche_id, annee, min_by(libelle || ', ' || ecrire_mois(prevu_le), row(prevu_le, libelle)) AS jalon
    FROM publication.jalon
    WHERE etat NOT IN ('realise', 'non_renseigne') AND prevu_le IS NOT NULL
    GROUP BY fiche_id, annee
)
SELECT
    f.fiche_id, c.annee,
    CASE
        WHEN d.etat_declare = 'Décalé' THEN 'decale'
        WHEN coalesce(n.nb, 0) = 0 OR n.insuffisantes > n.nb / 2 THEN 'donnees_insuffisantes'
        WHEN n.a_surveiller > n.en_progres + n.atteint THEN 'a_surveiller'
        WHEN n.atteint = n.nb THEN 'atteint'
        WHEN n.en_progres + n.atteint > 0 THEN 'en_progres'
        ELSE 'sans_cible'
    END AS etat,
    CASE WHEN etat = 'decale' THEN coalesce(d.phrase_declaree, 'Déclarée décalée par son référent.')
         ELSE concat_ws(', ',
            CASE WHEN n.atteint > 0 THEN n.atteint || ' ' || accorder('atteints', n.atteint) END,
            CASE WHEN n.en_progres > 0 THEN n.en_progres || ' en progrès' END,
            CASE WHEN n.a_surveiller > 0 THEN n.a_surveiller || ' à surveiller' END,
            CASE WHEN n.sans_cible > 0 THEN n.sans_cible || ' sans cible' END,
            CASE WHEN n.decale > 0 THEN n.decale || ' ' || accorder('décalés', n.decale) END,
            CASE WHEN n.insuffisantes > 0 THEN n.insuffisantes || ' sans données suffisantes' END)
            || ' (sur ' || coalesce(n.nb, 0) || ' ' || accorder('indicateurs', coalesce(n.nb, 0)) || ')' END,
    coalesce(n.atteint, 0), coalesce(n.en_progres, 0), coalesce(n.a_surveiller, 0), coalesce(n.sans_cible, 0),
    coalesce(n.decale, 0), coalesce(n.insuffisantes, 0), v.nb_repondantes, v.nb_attendues,
    d.etat_declare, d.phrase_declaree, p.jalon
FROM interne.fiche AS f
CROSS JOIN campagne_ouverte AS c
LEFT JOIN compte AS n ON n.fiche_id = f.fiche_id AND n.annee = c.annee
LEFT JOIN declaration AS d ON d.fiche_id = f.fiche_id AND d.annee = c.annee
LEFT JOIN prochain AS p ON p.fiche_id = f.fiche_id AND p.annee = c.annee
JOIN publication.couverture AS v
    ON v.fiche_id = f.fiche_id AND v.annee = c.annee AND v.quartier_id = getvariable('ville_id');
