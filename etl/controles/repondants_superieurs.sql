-- gravite: a_confirmer
-- message: « {question} »{ou} : {repondants} répondants pour {proposes} questionnaires proposés. Relisez les deux cellules ; si c’est exact, confirmez-le.
SELECT r.fichier, r.feuille, r.cellule, r.repondant_id, r.annee, i.question, r.ventilation, r.modalite, r.quartier_id,
       citer(r.valeur, 'personne') AS repondants, citer(p.valeur, 'personne') AS proposes,
       concat_ws('/', r.valeur, p.valeur) AS compare
FROM interne.cellule AS r
JOIN interne.cellule AS p
    ON p.depot_id = r.depot_id AND p.indicateur_id = r.indicateur_id AND p.ventilation = r.ventilation
   AND p.modalite = r.modalite AND p.quartier_id IS NOT DISTINCT FROM r.quartier_id AND p.code = 'proposes' AND p.retenu
JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id
WHERE r.retenu AND r.code = 'repondants' AND r.valeur > p.valeur
