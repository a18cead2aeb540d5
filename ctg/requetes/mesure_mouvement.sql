-- Published change of a measure at the city level on a constant perimeter: at most one row, the oldest base first.
SELECT base, annee, annee_base, affichage, a_l_aval, etat, lecture, nb_communes, nb_attendues, valeur, valeur_base
FROM publication.evolution
WHERE indicateur_id = $indicateur AND niveau = 'ville' AND type_structure = $type AND perimetre = 'constant'
  AND annee = $annee
QUALIFY row_number() OVER (ORDER BY etat <> 'publie', annee_base) = 1
