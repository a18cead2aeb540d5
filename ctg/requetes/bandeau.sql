-- What the reader may rely on, for one campaign: one row. Aggregates not yet through the aval stay provisional.
SELECT
    v.titre,
    v.construit_le,
    v.fictif,
    c.annee,
    c.nb_acceptes,
    c.nb_attendus
FROM publication.convention AS v
LEFT JOIN publication.campagne AS c ON c.annee = $annee
