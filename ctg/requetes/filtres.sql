-- What each shared filter offers: one row per choice, in order. `annee` ties a period to its campaign. A campaign is
-- offered as soon as it is open; `defaut` is the last one that received something, which a page opens on.
WITH campagne AS (
    SELECT annee, nb_recus > 0 AS recue,
           annee = coalesce(max(annee) FILTER (WHERE nb_recus > 0) OVER (), max(annee) OVER ()) AS defaut
    FROM publication.campagne
    WHERE nb_attendus > 0 OR NOT EXISTS (SELECT 1 FROM publication.campagne AS c WHERE c.nb_attendus > 0)
)
SELECT 'axe' AS filtre, axe_id AS code, titre AS libelle, rang::DOUBLE AS rang, NULL::INTEGER AS annee,
       false AS defaut
FROM publication.axe
UNION ALL
SELECT 'fiche', f.fiche_id, f.fiche_id || ' · ' || f.titre, a.rang * 100 + f.rang, NULL, false
FROM publication.fiche AS f JOIN publication.axe AS a USING (axe_id)
UNION ALL
SELECT 'quartier', quartier_id, nom, rang, NULL, false FROM publication.quartier
UNION ALL
SELECT 'type', type_id, libelle, rang, NULL, false FROM publication.type_structure
UNION ALL
SELECT 'structure', structure_id, nom,
       row_number() OVER (ORDER BY regexp_replace(strip_accents(lower(nom)), '[^ -~]', '', 'g')), NULL, false
FROM publication.structure
UNION ALL
SELECT 'indicateur', indicateur_id, indicateur_id || ' · ' || libelle, row_number() OVER (ORDER BY ordre), NULL, false
FROM publication.indicateur
UNION ALL
SELECT 'annee', annee::VARCHAR, annee || CASE WHEN recue THEN '' ELSE ' (rien reçu)' END, -annee, annee, defaut
FROM campagne
UNION ALL
SELECT 'periode', periode_id, libelle, rang, annee, false FROM publication.periode
ORDER BY filtre, rang
