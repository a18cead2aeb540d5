-- Staff, members, families: what the report says of the life of the structure, over the campaigns.
SELECT annee, champ_id, libelle, etat, affichage, saisie, recue
FROM publication.vie_structure
WHERE structure_id = $structure
