-- gravite: a_confirmer
-- message: « {question} »{ou} : {total}{terme} au total, mais {autre} {comment} ({libelle}). Relisez le total et ses « dont ».
-- Les modalités qui s'excluent font le total, une case vide valant zéro ; où l'une n'est pas demandée, ou refusée, elles ne
-- le dépassent pas ; d'autres peuvent se recouper, mais aucune ne dépasse le total. De même pour chaque terme d'un rapport. À l'unité près quand l'un des
-- nombres a des décimales : des moyennes arrondies ne font pas une erreur.
-- Un multi-sites n'a pas de total saisi : le sien est la somme de ses quartiers.
WITH dite AS (
    SELECT depot_id, repondant_id, annee, indicateur_id, periode_id, code, ventilation, sum(valeur) AS valeur,
           max(valeur) AS plus_grande, max_by(modalite, valeur) AS modalite, bool_or(petit_effectif(valeur)) AS petite,
           bool_or(valeur % 1 > 0) AS decimale, count(*) FILTER (etat IN ('valeur', 'sans_objet', 'manquant')) AS nb, bool_or(etat = 'manquant') AS vide,
           min({'cellule': cellule, 'fichier': fichier, 'feuille': feuille}) FILTER (valeur IS NOT NULL) AS adresse
    FROM interne.cellule
    WHERE retenu AND indicateur_id IN (SELECT indicateur_id FROM interne.indicateur_ventilation)
    GROUP BY depot_id, repondant_id, annee, indicateur_id, periode_id, code, ventilation
    HAVING count(valeur) > 0
),
detail AS (
    SELECT v.ventilation, v.libelle, v.exclusive, count(*) AS nb
    FROM interne.ventilation AS v
    JOIN interne.modalite AS m ON m.ventilation = v.ventilation
    GROUP BY v.ventilation, v.libelle, v.exclusive
)
SELECT t.adresse.fichier, t.adresse.feuille, t.adresse.cellule, p.repondant_id, p.annee, i.question, v.libelle,
       p.ventilation, CASE WHEN p.plus_grande > t.valeur THEN p.modalite END AS modalite,
       citer_reponse(t.valeur, p.code, i.unite_statistique, i.nature, false) AS total,
       CASE p.code WHEN 'numerateur' THEN ' ' || i.numerateur WHEN 'denominateur' THEN ' ' || i.denominateur ELSE '' END AS terme,
       citer_reponse(CASE WHEN p.plus_grande > t.valeur THEN p.plus_grande ELSE p.valeur END, p.code, i.unite_statistique, i.nature,
                     -- à côté des autres « dont », leur somme donnerait celui qui ne se montre pas, ou qui n'est pas écrit
                     p.plus_grande <= t.valeur AND est_confidentielle(i.unite_statistique)
                     AND (p.petite OR (p.vide AND petit_effectif(t.valeur - p.valeur)))) AS autre,
       CASE WHEN p.plus_grande > t.valeur THEN 'pour ce seul « dont »' WHEN p.vide THEN 'en additionnant ceux de ses « dont » qui sont remplis' ELSE 'en additionnant ses « dont »' END AS comment,
       concat_ws('/', t.valeur, p.plus_grande, p.valeur) AS compare
FROM dite AS p
JOIN dite AS t
    ON t.depot_id = p.depot_id AND t.indicateur_id = p.indicateur_id AND t.periode_id = p.periode_id AND t.code = p.code
   AND t.ventilation = 'total'
JOIN detail AS v ON v.ventilation = p.ventilation
JOIN interne.indicateur AS i ON i.indicateur_id = p.indicateur_id
WHERE p.plus_grande > t.valeur
   OR (v.exclusive AND CASE WHEN p.nb = v.nb THEN abs(p.valeur - t.valeur) ELSE p.valeur - t.valeur END
       >= CASE WHEN p.decimale OR t.decimale THEN 1 ELSE 1e-6 END)
