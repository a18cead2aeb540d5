-- What each shared filter offers: one row per choice, in order. `annee` ties a period to its campaign.
SELECT 'axe' AS filtre, axe_id AS code, titre AS libelle, rang::DOUBLE AS rang, NULL::INTEGER AS annee
FROM publication.axe
UNION ALL
SELECT 'fiche', f.fiche_id, f.fiche_id || ' · ' || f.titre, a.rang * 100 + f.rang, NULL
FROM publication.fiche AS f JOIN publication.axe AS a USING (axe_id)
UNION ALL
SELECT 'quartier', quartier_id, nom, rang, NULL FROM publication.quartier
UNION ALL
SELECT 'type', type_id, libelle, rang, NULL FROM publication.type_structure
UNION ALL
SELECT 'structure', structure_id, nom,
       row_number() OVER (ORDER BY regexp_replace(strip_accents(lower(nom)), '[^ -~]', '', 'g')), NULL
FROM publication.structure
UNION ALL
SELECT 'indicateur', indicateur_id, indicateur_id || ' · ' || libelle, row_number() OVER (ORDER BY ordre), NULL
FROM publication.indicateur
UNION ALL
SELECT 'annee', annee::VARCHAR, annee::VARCHAR, -annee, annee
FROM publication.campagne
WHERE nb_recus > 0 OR NOT EXISTS (SELECT 1 FROM publication.campagne AS c WHERE c.nb_recus > 0)
UNION ALL
SELECT 'periode', periode_id, libelle, rang, annee FROM publication.periode
ORDER BY filtre, rang
