-- One fiche projet: its axis, its state in a campaign, its phrase.
SELECT
    f.fiche_id, f.axe_id, f.titre, f.mesure_phare, f.sans_ligne, f.remarque, a.titre AS axe, a.referent,
    r.libelle AS referent_libelle, coalesce(e.etat, 'donnees_insuffisantes') AS etat, e.raison,
    coalesce(e.nb_repondantes, 0) AS nb_repondantes, coalesce(e.nb_attendues, 0) AS nb_attendues,
    e.etat_declare, e.phrase_declaree
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN publication.repondant AS r ON r.repondant_id = f.referent_id
LEFT JOIN publication.etat_fiche AS e ON e.fiche_id = f.fiche_id AND e.annee = $annee
WHERE f.fiche_id = $fiche
