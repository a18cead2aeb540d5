-- gravite: a_confirmer
-- message: « {poste} » : {lu}, contre {avant} {quand}, au moins {fois} fois {sens}. Relisez le montant ; si c’est exact, confirmez-le.
-- Un exercice et le précédent (au rapport d'avant, sinon à la colonne d'à côté) : trois fois plus, ou trois fois moins. Le
-- même exercice, annoncé puis définitif au rapport suivant (003:870) : deux fois.
-- Le plus grand des deux vaut au moins 1 000 € et un vingtième de sa colonne : le reste bouge sans qu'on s'y trompe.
-- Un résultat, différence de deux grands nombres, saute sans erreur : ses termes se comparent, et leur addition. Des fonds
-- qui n'ont bougé que de leur résultat non plus.
-- Quand toute une colonne saute (des milliers d'euros pour des euros), ses totaux le disent, à défaut son plus grand montant.
WITH colonne AS (
    SELECT depot_id, code, max(abs(valeur)) AS plus_grand
    FROM interne.cellule
    WHERE retenu AND rubrique = 'c'
    GROUP BY depot_id, code
),
compte AS (
    SELECT c.depot_id, c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, c.objet_id, c.code, c.valeur, k.plus_grand,
           CASE c.code WHEN 'n-1' THEN 2 ELSE 3 END AS facteur
    FROM interne.cellule AS c
    JOIN colonne AS k ON k.depot_id = c.depot_id AND k.code = c.code
    WHERE c.retenu AND c.rubrique = 'c' AND c.valeur >= 0
)
SELECT DISTINCT ON (n.depot_id, n.objet_id, n.code)
       n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, t.libelle AS poste,
       ecrire_mesure(n.valeur, '€') AS lu, ecrire_mesure(p.valeur, '€') AS avant,
       CASE WHEN n.code = 'n-1' THEN 'annoncés pour le même exercice l’année précédente'
            WHEN p.annee = n.annee THEN 'l’exercice précédent' ELSE 'l’année précédente' END AS quand,
       CASE n.facteur WHEN 2 THEN 'deux' ELSE 'trois' END AS fois,
       CASE WHEN n.valeur > p.valeur THEN 'plus' ELSE 'moins' END AS sens,
       concat_ws('/', n.valeur, p.valeur) AS compare
FROM compte AS n
JOIN compte AS p
    ON p.repondant_id = n.repondant_id AND p.objet_id = n.objet_id
   AND CASE n.annee - p.annee WHEN 1 THEN p.code = 'n' AND n.code IN ('n', 'n-1')
            WHEN 0 THEN (n.code = 'n' AND p.code = 'n-1') OR (n.code = 'n+1' AND p.code = 'n') ELSE false END
JOIN interne.poste AS t ON t.poste_id = n.objet_id
LEFT JOIN interne.cellule AS r
    ON n.objet_id = 'fonds-associatifs' AND r.depot_id = n.depot_id AND r.code = n.code AND r.objet_id = 'resultat-net' AND r.retenu
WHERE t.bloc NOT IN (SELECT bloc FROM interne.poste WHERE len(difference_de) > 0)
  AND NOT coalesce(abs(n.valeur - p.valeur - r.valeur) <= 0.5 * abs(n.valeur - p.valeur), false)
  AND p.valeur > 0 AND (n.valeur >= n.facteur * p.valeur OR n.facteur * n.valeur <= p.valeur)
  AND greatest(n.valeur, p.valeur) >= greatest(1000, 0.05 * greatest(n.plus_grand, p.plus_grand))
  AND (t.niveau = 0 OR n.valeur = n.plus_grand
       OR (n.plus_grand < n.facteur * p.plus_grand AND n.facteur * n.plus_grand > p.plus_grand))
ORDER BY n.depot_id, n.objet_id, n.code, p.annee
