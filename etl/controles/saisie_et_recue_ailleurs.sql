-- gravite: a_confirmer
-- message: « {question} » : un nombre saisi à la main {ici}, une réponse {la} : les deux s’additionnent. Si c’est la même chose, « Reprendre la valeur reçue » dans « Décider » ; si l’une complète l’autre, confirmez-le.
-- Entre deux envois, qui répond par quartier ou pour l'ensemble se choisit ; ce qu'une personne a saisi s'ajoute à l'un.
SELECT s.fichier, s.feuille, s.cellule, s.repondant_id, s.annee, i.question,
       CASE WHEN coalesce(s.quartier_id, 'ville') = 'ville' THEN 'sans quartier précis' ELSE 'pour un quartier' END AS ici,
       CASE WHEN coalesce(s.quartier_id, 'ville') = 'ville' THEN 'reçue par quartier' ELSE 'reçue sans quartier précis' END AS la,
       concat_ws('/', s.valeur, sum(r.valeur)) AS compare
FROM interne.cellule AS s
JOIN interne.cellule AS r
    ON r.retenu AND r.recue AND r.etat = 'valeur' AND r.repondant_id = s.repondant_id AND r.annee = s.annee
   AND r.indicateur_id = s.indicateur_id AND r.ventilation = 'total' AND r.code = s.code
   AND (coalesce(r.quartier_id, 'ville') = 'ville') <> (coalesce(s.quartier_id, 'ville') = 'ville')
JOIN interne.indicateur AS i ON i.indicateur_id = s.indicateur_id
WHERE s.retenu AND NOT s.recue AND s.etat = 'valeur' AND s.ventilation = 'total'
GROUP BY s.fichier, s.feuille, s.cellule, s.repondant_id, s.annee, s.quartier_id, s.valeur, i.question
