-- Une réponse qui se tait à la publication, quand ce ne serait que pour en cacher une autre.
CREATE TEMP MACRO est_tue(la_rubrique, l_objet, le_repondant, l_annee, le_quartier, la_ventilation, la_modalite) AS
    EXISTS (SELECT 1 FROM publication.mesure AS m
            WHERE la_rubrique = 'i' AND m.etat = 'secret' AND m.perimetre = 'tous' AND m.indicateur_id = l_objet
              AND m.annee = l_annee AND m.ventilation = la_ventilation AND m.modalite = la_modalite
              AND (m.territoire_id IN (le_repondant, le_quartier)
                   -- dans un quartier dit à part, ce qu'une structure du lieu tait se retrouverait
                   OR EXISTS (SELECT 1 FROM interne.structure AS s
                              WHERE s.structure_id = m.territoire_id AND s.quartier_id = le_quartier)))
    OR EXISTS (SELECT 1 FROM publication.vie_structure AS v
               WHERE la_rubrique = 'v' AND v.etat = 'secret' AND v.champ_id = l_objet AND v.structure_id = le_repondant
                 AND v.annee = l_annee);

-- La collecte ne la cite pas non plus : ni les nombres d'un contrôle, qui compare souvent deux années, ni les sources côte à
-- côte.
UPDATE interne.anomalie AS a SET message = a.message_tu
WHERE a.message_tu IS NOT NULL AND EXISTS (
    SELECT 1 FROM interne.cellule AS c
    CROSS JOIN (SELECT unnest([0, 1]) AS ans) AS avant
    WHERE c.fichier = a.fichier AND c.feuille IS NOT DISTINCT FROM a.feuille AND c.cellule = a.cellule
      AND c.rubrique = 'i' AND est_tue('i', c.objet_id, c.repondant_id, c.annee - avant.ans,
                  coalesce(c.quartier_id, CASE WHEN c.formulaire = 'fiche' THEN getvariable('ville_id') END),
                  c.ventilation, c.modalite)
);

UPDATE collecte.source_retenue AS s SET affichage = 'secret statistique'
WHERE est_tue('i', s.indicateur_id, s.repondant_id, s.annee, s.lieu, s.ventilation, s.modalite);
