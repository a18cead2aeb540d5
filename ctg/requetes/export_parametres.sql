-- The thresholds and rules this edition applied.
SELECT cle, libelle, valeur FROM publication.parametre ORDER BY cle
