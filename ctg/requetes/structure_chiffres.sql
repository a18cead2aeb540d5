-- The accounts of a structure on three exercises, as its report of the year gives them.
SELECT exercice, poste_id, libelle, rang, niveau, affichage, saisie
FROM publication.chiffre_clef
WHERE structure_id = $structure AND annee = $annee
ORDER BY rang, exercice
