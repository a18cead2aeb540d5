-- gravite: bloquant
-- message: « {question} »{ou} : {lu} est négatif, ce qu’un compte ne peut pas être. Relisez la cellule : cette réponse n’est pas chargée.
-- Le formulaire refuse déjà ces nombres à la lecture ; ceci vaut pour les classeurs des structures et les extraits.
SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, coalesce(i.question, h.libelle) AS question, c.ventilation, c.modalite, c.quartier_id,
       citer(c.valeur, coalesce(i.unite_statistique, h.unite_statistique)) AS lu, c.valeur::VARCHAR AS compare
FROM interne.cellule AS c
LEFT JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
LEFT JOIN interne.champ AS h ON c.rubrique = 'v' AND h.champ_id = c.objet_id
WHERE c.retenu AND c.rubrique IN ('i', 'v') AND c.valeur < 0 AND coalesce(i.unite_statistique, h.unite_statistique) IS DISTINCT FROM 'euro'
  -- un pourcentage négatif est un taux hors bornes, et le dit
  AND NOT (coalesce(i.unite, h.unite) = '%' AND c.code = 'valeur')
