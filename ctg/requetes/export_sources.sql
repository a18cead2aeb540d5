-- Where the numbers of the warehouse come from, with the licence under which each source is published.
SELECT DISTINCT source_libelle AS source, producteur, licence
FROM publication.diagnostic_variable
ORDER BY producteur, source
