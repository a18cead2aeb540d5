-- What an axis cannot say in a campaign: its measures without sufficient data, each once, with its fiches and
-- why. A campaign nobody answered has no state at all: every measure is then silent.
SELECT string_agg(l.fiche_id, ' et ' ORDER BY l.fiche_id) AS fiches, i.indicateur_id, i.libelle,
    coalesce(
        s.raison,
        CASE WHEN i.definition = 'a_arreter' THEN 'Définition à arrêter par : ' || i.repondant_libelle || '.'
             ELSE 'Aucune réponse reçue.' END
    ) AS raison
FROM publication.indicateur AS i
JOIN (SELECT DISTINCT indicateur_id, fiche_id, axe_id FROM publication.indicateur_ligne) AS l
    ON l.indicateur_id = i.indicateur_id
LEFT JOIN publication.etat_indicateur AS s ON s.indicateur_id = i.indicateur_id AND s.annee = $annee
WHERE l.axe_id = $axe AND coalesce(s.etat, 'donnees_insuffisantes') = 'donnees_insuffisantes'
GROUP BY i.indicateur_id, i.libelle, i.definition, i.repondant_libelle, i.ordre, s.raison
ORDER BY i.ordre
