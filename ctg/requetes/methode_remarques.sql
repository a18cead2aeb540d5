-- What the referential says of a fiche that cannot be read whole in the documents received.
SELECT fiche_id, titre, remarque
FROM publication.fiche
WHERE remarque IS NOT NULL AND remarque <> ''
ORDER BY axe_id, rang
