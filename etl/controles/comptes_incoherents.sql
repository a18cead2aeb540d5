-- gravite: a_confirmer
-- message: « {poste} » : {lu} écrit, mais ses lignes ({lignes}) font {deja}{recompose}. Relisez le total ou ses lignes.{conseil}
-- Un total est la somme de ses lignes, un résultat la différence des siennes (003:874-888) ; une ligne « sans objet » y
-- vaut zéro. Des lignes manquent : celles qui sont là ne dépassent pas leur total, sauf là où un résultat, qui peut être
-- négatif, en est une. À l'euro près par ligne additionnée : les centimes arrondis ne font pas une erreur.
WITH ligne AS (
    SELECT poste_id, libelle, bloc, difference_de, unnest(list_concat(somme_de, difference_de)) AS ligne_id FROM interne.poste
),
attendue AS (
    SELECT l.poste_id, l.libelle, l.ligne_id, p.libelle AS nom, p.rang, count(*) OVER (PARTITION BY l.poste_id) AS nb,
           CASE WHEN l.ligne_id = l.difference_de[2] THEN -1 ELSE 1 END AS signe,
           l.bloc NOT IN (SELECT bloc FROM interne.poste WHERE len(difference_de) > 0) AS positive
    FROM ligne AS l
    JOIN interne.poste AS p ON p.poste_id = l.ligne_id
),
recompose AS (
    SELECT c.depot_id, c.code, l.poste_id, l.libelle, l.positive, count(*) = l.nb AS complete,
           sum(l.signe * c.valeur) AS valeur, count(c.valeur) AS nb,
           string_agg(CASE WHEN l.signe < 0 THEN 'moins ' ELSE '' END || l.nom, ', ' ORDER BY l.rang) FILTER (c.valeur IS NOT NULL) AS lignes,
           bool_or(l.signe < 0 AND c.valeur < 0) AS charge_negative
    FROM attendue AS l
    JOIN interne.cellule AS c
        ON c.rubrique = 'c' AND c.objet_id = l.ligne_id AND c.retenu AND (c.valeur IS NOT NULL OR c.etat = 'sans_objet')
    GROUP BY c.depot_id, c.code, l.poste_id, l.libelle, l.positive, l.nb
)
SELECT t.fichier, t.feuille, t.cellule, t.repondant_id, t.annee, r.libelle AS poste, r.lignes,
       ecrire_mesure(t.valeur, '€') AS lu, CASE WHEN r.complete THEN '' ELSE 'déjà ' END AS deja,
       ecrire_mesure(r.valeur, '€') AS recompose,
       CASE WHEN r.charge_negative THEN ' Des charges s’écrivent sans signe moins.' ELSE '' END AS conseil, concat_ws('/', t.valeur, r.valeur) AS compare
FROM interne.cellule AS t
JOIN recompose AS r ON r.depot_id = t.depot_id AND r.poste_id = t.objet_id AND r.code = t.code
WHERE t.retenu AND t.rubrique = 'c'
  AND ((r.complete AND abs(t.valeur - r.valeur) > r.nb) OR (r.positive AND r.valeur > t.valeur + r.nb))
