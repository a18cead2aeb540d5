-- De ce qui a été lu à ce qui compte : chaque cellule avec son répondant, sa période et son sort.

-- La période dont parle une réponse à un indicateur : un trimestre, l'année scolaire qui finit cette année-là, ou l'année.
CREATE TEMP MACRO periode_de(annee_type, annee, code) AS
    CASE
        WHEN annee_type IS NULL THEN NULL -- ce n'est pas un indicateur
        WHEN code IN ('T1', 'T2', 'T3', 'T4') THEN annee || '-' || code
        WHEN annee_type = 'scolaire' THEN (annee - 1) || '-' || annee
        ELSE annee::VARCHAR
    END;

-- Une ligne collée deux fois est refusée à la lecture, deux fois : il n'en reste qu'une ici, sans valeur.
INSERT INTO interne.cellule BY NAME
WITH repetee AS (
    SELECT list(rowid ORDER BY etat <> 'refuse', cellule)[2:] AS autres
    FROM interne.lue
    GROUP BY depot_id, rubrique, objet_id, quartier_id, ventilation, modalite, code
    HAVING count(*) > 1
)
SELECT d.depot_id, d.fichier, coalesce(l.feuille, d.feuille) AS feuille, l.cellule, d.formulaire, d.source,
       d.repondant_id, d.annee, l.rubrique, l.objet_id, i.indicateur_id, l.quartier_id,
       periode_de(i.annee_type, d.annee, l.code) AS periode_id,
       coalesce(l.ventilation, 'total') AS ventilation, coalesce(l.modalite, 'total') AS modalite,
       l.code, l.valeur, l.texte, l.etat, l.remarque, l.remarque_a_relire, l.estime, d.fictif, d.retenu
FROM interne.lue AS l
JOIN interne.depot AS d ON d.depot_id = l.depot_id
LEFT JOIN interne.indicateur AS i ON i.indicateur_id = l.objet_id AND l.rubrique = 'i'
WHERE l.rowid NOT IN (SELECT unnest(autres) FROM repetee);
