-- Each axis in a campaign: its fiches by state, and how many of the expected answers came (sum over its fiches).
SELECT
    a.axe_id,
    a.titre,
    a.referent,
    count(*) AS nb_fiches,
    count(*) FILTER (WHERE e.etat = 'atteint') AS atteint,
    count(*) FILTER (WHERE e.etat = 'en_progres') AS en_progres,
    count(*) FILTER (WHERE e.etat = 'a_surveiller') AS a_surveiller,
    count(*) FILTER (WHERE e.etat = 'sans_cible') AS sans_cible,
    count(*) FILTER (WHERE e.etat = 'decale') AS decale,
    count(*) FILTER (WHERE e.etat = 'donnees_insuffisantes' OR e.etat IS NULL) AS donnees_insuffisantes,
    coalesce(sum(e.nb_repondantes), 0) AS nb_repondantes,
    coalesce(sum(e.nb_attendues), 0) AS nb_attendues
FROM publication.axe AS a
JOIN publication.fiche AS f ON f.axe_id = a.axe_id
LEFT JOIN publication.etat_fiche AS e ON e.fiche_id = f.fiche_id AND e.annee = $annee
GROUP BY a.axe_id, a.titre, a.referent, a.rang
ORDER BY a.rang
