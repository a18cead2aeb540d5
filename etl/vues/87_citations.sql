-- Ce que la collecte cite d'une réponse qui se tait à la publication se tait aussi, quand ce ne serait que pour en cacher une
-- autre : les nombres d'un contrôle, qui compare souvent deux années, et les sources côte à côte.
UPDATE interne.anomalie AS a SET message = a.message_tu
WHERE a.message_tu IS NOT NULL AND EXISTS (
    SELECT 1 FROM interne.cellule AS c
    JOIN publication.mesure AS m
        ON m.indicateur_id = c.indicateur_id AND m.etat = 'secret' AND m.perimetre = 'tous'
       AND m.territoire_id IN (c.repondant_id, c.quartier_id,
                               CASE WHEN c.formulaire = 'fiche' THEN getvariable('ville_id') END)
    WHERE c.fichier = a.fichier AND c.feuille IS NOT DISTINCT FROM a.feuille AND c.cellule = a.cellule
);

UPDATE collecte.source_retenue AS s SET affichage = 'secret statistique'
WHERE est_tue('i', s.indicateur_id, s.repondant_id, s.annee, s.lieu, s.ventilation, s.modalite);
