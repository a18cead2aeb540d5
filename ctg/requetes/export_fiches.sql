-- The fiches with their state for the city, and their coverage in the territory asked for.
SELECT
    a.axe_id,
    a.titre AS axe,
    f.fiche_id,
    f.titre,
    f.mesure_phare,
    e.etat,
    e.raison,
    coalesce(e.nb_atteint, 0) AS nb_atteint,
    coalesce(e.nb_en_progres, 0) AS nb_en_progres,
    coalesce(e.nb_a_surveiller, 0) AS nb_a_surveiller,
    coalesce(e.nb_decale, 0) AS nb_decale,
    coalesce(e.nb_sans_cible, 0) AS nb_sans_cible,
    coalesce(e.nb_insuffisantes, 0) AS nb_insuffisantes,
    coalesce(CASE WHEN $quartier IS NULL THEN e.nb_repondantes ELSE c.nb_repondantes END, 0) AS nb_repondantes,
    coalesce(CASE WHEN $quartier IS NULL THEN e.nb_attendues ELSE c.nb_attendues END, 0) AS nb_attendues,
    e.etat_declare,
    e.phrase_declaree,
    e.prochain_jalon
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN publication.etat_fiche AS e ON e.fiche_id = f.fiche_id AND e.annee = $annee
LEFT JOIN publication.couverture AS c
    ON c.fiche_id = f.fiche_id AND c.annee = $annee AND c.quartier_id = $quartier
WHERE $axe IS NULL OR f.axe_id = $axe
ORDER BY a.rang, f.rang
