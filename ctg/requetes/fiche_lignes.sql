-- The printed indicator lines of a fiche, in the order of the convention.
SELECT ligne_id, resultat_rang, rang, libelle, source, remarque
FROM publication.ligne_imprimee
WHERE fiche_id = $fiche
ORDER BY resultat_rang, rang
