-- gravite: bloquant
-- message: « {question} »{ou} : {lu} n’est pas un pourcentage entre 0 et 100. Relisez la cellule : cette réponse n’est pas chargée.
-- Le formulaire refuse déjà ces nombres à la lecture ; ceci vaut pour les classeurs des structures et les extraits.
SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, coalesce(i.question, h.libelle) AS question, c.ventilation, c.modalite, c.quartier_id,
       ecrire_mesure(c.valeur, '%') AS lu, c.valeur::VARCHAR AS compare
FROM interne.cellule AS c
LEFT JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
LEFT JOIN interne.champ AS h ON c.rubrique = 'v' AND h.champ_id = c.objet_id
WHERE c.retenu AND c.valeur NOT BETWEEN 0 AND 100
  AND (h.unite = '%' OR c.code = 'avancement' OR (i.unite = '%' AND i.forme = 'nombre' AND c.code = 'valeur'))
