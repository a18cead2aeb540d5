-- gravite: bloquant
-- message: « {question} »{ou} : {satisfaits} satisfaits pour {repondants} répondants, ce qui ne se peut pas. Relisez les deux cellules : cette réponse n’est pas chargée.
SELECT s.fichier, s.feuille, s.cellule, s.repondant_id, s.annee, i.question, s.ventilation, s.modalite, s.quartier_id,
       citer(s.valeur, 'personne') AS satisfaits, citer(r.valeur, 'personne') AS repondants,
       concat_ws('/', s.valeur, r.valeur) AS compare
FROM interne.cellule AS s
JOIN interne.cellule AS r
    ON r.depot_id = s.depot_id AND r.indicateur_id = s.indicateur_id AND r.ventilation = s.ventilation
   AND r.modalite = s.modalite AND r.quartier_id IS NOT DISTINCT FROM s.quartier_id AND r.code = 'repondants' AND r.retenu
JOIN interne.indicateur AS i ON i.indicateur_id = s.indicateur_id
WHERE s.retenu AND s.code = 'satisfaits' AND s.valeur > r.valeur
