-- gravite: a_confirmer
-- message: « {question} » : {total} au total, mais {constat} ({ventilation}). Relisez le total et ses « dont ».
-- Les modalités qui s'excluent font le total ; incomplètes, elles ne peuvent pas le dépasser ; d'autres peuvent se
-- recouper, mais aucune ne dépasse le total.
-- Un multi-sites n'a pas de total saisi : le sien est la somme de ses quartiers.
WITH total AS (
    SELECT depot_id, indicateur_id, periode_id, sum(valeur) AS valeur, min(cellule) AS cellule
    FROM interne.cellule
    WHERE retenu AND rubrique = 'i' AND ventilation = 'total' AND code = 'valeur' AND valeur IS NOT NULL
    GROUP BY depot_id, indicateur_id, periode_id
),
parts AS (
    SELECT depot_id, fichier, feuille, repondant_id, annee, indicateur_id, periode_id, ventilation,
           coalesce(sum(valeur), 0) AS valeur, max(valeur) AS plus_grande, count(*) FILTER (WHERE etat IN ('valeur', 'sans_objet'))
               = (SELECT count(*) FROM interne.modalite AS m WHERE m.ventilation = c.ventilation) AS complete,
           bool_or(valeur IS NOT NULL) AS donnee, bool_or(petit_effectif(valeur)) AS petite
    FROM interne.cellule AS c
    WHERE retenu AND rubrique = 'i' AND ventilation <> 'total' AND code = 'valeur'
    GROUP BY depot_id, fichier, feuille, repondant_id, annee, indicateur_id, periode_id, ventilation
)
SELECT p.fichier, p.feuille, t.cellule, p.repondant_id, p.annee, i.question, v.libelle AS ventilation,
       citer(t.valeur, i.unite_statistique) AS total,
       CASE WHEN p.plus_grande > t.valeur THEN citer(p.plus_grande, i.unite_statistique) || ' pour un seul « dont »'
            -- à côté des autres « dont », leur somme donnerait celui qui ne se montre pas
            WHEN p.petite AND est_confidentielle(i.unite_statistique) THEN 'autre chose en additionnant ses « dont »'
            ELSE citer(p.valeur, i.unite_statistique) || ' en additionnant ses « dont »' END AS constat,
       concat_ws('/', t.valeur, p.plus_grande, p.valeur) AS compare
FROM parts AS p
JOIN total AS t ON t.depot_id = p.depot_id AND t.indicateur_id = p.indicateur_id AND t.periode_id = p.periode_id
JOIN interne.ventilation AS v ON v.ventilation = p.ventilation
JOIN interne.indicateur AS i ON i.indicateur_id = p.indicateur_id
WHERE p.donnee
  AND (p.plus_grande > t.valeur
       OR (v.exclusive AND (p.valeur > t.valeur OR (p.complete AND p.valeur <> t.valeur))))
