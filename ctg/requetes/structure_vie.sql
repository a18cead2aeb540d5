-- Staff, members, families: what the report says of the life of the structure, over the campaigns, up to the one
-- looked at.
SELECT annee, champ_id, libelle, etat, affichage, saisie, recue
FROM publication.vie_structure
WHERE structure_id = $structure AND annee <= $annee
