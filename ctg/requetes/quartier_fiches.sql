-- Each fiche seen from one quartier: how many of its structures are expected and answered.
-- `couverture` also counts a référent who answers by quartier; an actor here is a structure.
SELECT
    f.fiche_id, f.titre, f.axe_id, a.titre AS axe,
    coalesce(c.nb_structures, 0) AS nb_structures, coalesce(c.nb_structures_ont_repondu, 0) AS nb_structures_ont_repondu,
    coalesce(c.nb_attendues, 0) AS nb_attendues, coalesce(c.nb_repondantes, 0) AS nb_repondantes,
    CASE
        WHEN NOT EXISTS (SELECT 1 FROM publication.couverture AS x
                         WHERE x.fiche_id = f.fiche_id AND x.annee = $annee AND x.nb_structures > 0
                           AND x.quartier_id IN (SELECT quartier_id FROM publication.quartier)) THEN
            CASE WHEN coalesce(c.nb_attendues, 0) > 0 THEN 'referent' ELSE 'ville' END
        WHEN coalesce(c.nb_structures, 0) = 0 THEN 'sans_acteur'
        WHEN c.nb_structures_ont_repondu = 0 THEN 'muette'
        WHEN c.nb_structures_ont_repondu < c.nb_structures THEN 'partielle'
        ELSE 'complete'
    END AS situation
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN publication.couverture AS c
    ON c.fiche_id = f.fiche_id AND c.quartier_id = $quartier AND c.annee = $annee
WHERE $axe IS NULL OR f.axe_id = $axe
ORDER BY a.rang, f.rang
