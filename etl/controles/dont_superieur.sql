-- gravite: a_confirmer
-- message: « {poste} » ({lu}) est un « dont » de « {parent} » ({total}) : il ne peut pas le dépasser. Relisez les deux montants.
-- Le détail d'un poste est la ligne qui le suit, un rang plus bas (003:875-876) ; si son poste est vide, il se compare au
-- total au-dessus.
WITH parent AS (
    SELECT d.poste_id, d.libelle, p.niveau, max_by(p.poste_id, p.rang) AS parent_id, max_by(p.libelle, p.rang) AS parent
    FROM interne.poste AS d
    JOIN interne.poste AS p ON p.bloc = d.bloc AND p.rang < d.rang AND p.niveau < d.niveau
    WHERE d.niveau >= 2
    GROUP BY d.poste_id, d.libelle, p.niveau
),
compare AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, c.valeur, d.libelle AS poste,
           max_by(d.parent, d.niveau) AS parent, max_by(p.valeur, d.niveau) AS total
    FROM interne.cellule AS c
    JOIN parent AS d ON d.poste_id = c.objet_id
    JOIN interne.cellule AS p
        ON p.depot_id = c.depot_id AND p.rubrique = 'c' AND p.objet_id = d.parent_id AND p.code = c.code AND p.retenu
       AND p.valeur IS NOT NULL
    WHERE c.retenu AND c.rubrique = 'c'
    GROUP BY c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, c.valeur, d.libelle
)
SELECT fichier, feuille, cellule, repondant_id, annee, poste, parent, ecrire_mesure(valeur, '€') AS lu,
       ecrire_mesure(total, '€') AS total, concat_ws('/', valeur, total) AS compare
FROM compare
WHERE valeur > compare.total + 1
