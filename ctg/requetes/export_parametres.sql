-- The thresholds and rules this edition applied; what names the convention stands on the first sheet.
SELECT cle, libelle, valeur FROM publication.parametre WHERE cle NOT LIKE 'convention.%' ORDER BY cle
