-- gravite: a_confirmer
-- message: « {poste} » : {lu} écrit, mais ses lignes ({lignes}) font {recompose}. Relisez le total ou ses lignes.
-- Un total est la somme de ses lignes, un résultat la différence des siennes (003:874-888).
-- À l'euro près par ligne additionnée : les centimes arrondis ne font pas une erreur.
WITH lignes AS (
    SELECT poste_id, libelle, unnest(somme_de) AS ligne_id, 1 AS signe FROM interne.poste
    UNION ALL
    SELECT poste_id, libelle, difference_de[1], 1 FROM interne.poste WHERE len(difference_de) = 2
    UNION ALL
    SELECT poste_id, libelle, difference_de[2], -1 FROM interne.poste WHERE len(difference_de) = 2
),
recompose AS (
    SELECT c.depot_id, c.code, l.poste_id, l.libelle, sum(l.signe * c.valeur) AS valeur, count(*) AS nb,
           string_agg(p.libelle, ', ' ORDER BY p.rang) AS lignes
    FROM lignes AS l
    JOIN interne.cellule AS c ON c.rubrique = 'c' AND c.objet_id = l.ligne_id AND c.retenu AND c.valeur IS NOT NULL
    JOIN interne.poste AS p ON p.poste_id = l.ligne_id
    GROUP BY c.depot_id, c.code, l.poste_id, l.libelle
    HAVING count(*) = (SELECT count(*) FROM lignes AS n WHERE n.poste_id = l.poste_id)
)
SELECT t.fichier, t.feuille, t.cellule, t.repondant_id, t.annee, r.libelle AS poste, r.lignes,
       ecrire_mesure(t.valeur, '€') AS lu, ecrire_mesure(r.valeur, '€') AS recompose,
       concat_ws('/', t.valeur, r.valeur) AS compare
FROM interne.cellule AS t
JOIN recompose AS r ON r.depot_id = t.depot_id AND r.poste_id = t.objet_id AND r.code = t.code
WHERE t.retenu AND t.rubrique = 'c' AND abs(t.valeur - r.valeur) > r.nb
