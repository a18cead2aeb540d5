-- gravite: a_confirmer
-- message: « {question} »{ou} : {lu}, plus que les {population} habitants de la ville. Relisez la cellule ; si l’on compte des venues et non des personnes, confirmez-le.
-- Des personnes différentes, dans une seule structure ; la population est celle des IRIS du référentiel.
SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, coalesce(i.question, h.libelle) AS question, c.ventilation, c.modalite, c.quartier_id,
       ecrire_mesure(c.valeur, '') AS lu, ecrire_mesure(v.population, '') AS population, c.valeur::VARCHAR AS compare
FROM interne.cellule AS c
CROSS JOIN (SELECT sum(population) AS population FROM interne.iris) AS v
LEFT JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
LEFT JOIN interne.champ AS h ON c.rubrique = 'v' AND h.champ_id = c.objet_id
WHERE c.retenu AND c.valeur > v.population AND est_confidentielle(coalesce(i.unite_statistique, h.unite_statistique))
