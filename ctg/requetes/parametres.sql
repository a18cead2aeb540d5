-- The settings of the convention, as text.
SELECT cle, valeur, libelle FROM publication.parametre
