-- Who a structure is: one row. `quartier` reads `ville` and `hors-dijon` in words too.
SELECT
    s.structure_id, s.nom, s.type, s.type_libelle, s.gestionnaire, s.expediteur, s.quartier_id, t.nom AS quartier,
    s.multisite, s.certitude, s.certitude_note, s.adresse, s.code_postal, s.ville, s.ouverte_le, s.fermee_le,
    s.source
FROM publication.structure AS s
LEFT JOIN publication.territoire AS t ON t.niveau = 'quartier' AND t.territoire_id = s.quartier_id
WHERE s.structure_id = $structure
