-- gravite: a_confirmer
-- message: « {poste} » ({lu}) est un « dont » de « {parent} » ({total}) : il ne peut pas le dépasser. Relisez les deux montants.
-- Le détail d'un poste est la ligne qui le suit, un rang plus bas (003:875-876).
WITH detail AS (
    SELECT d.poste_id, d.libelle, max_by(p.poste_id, p.rang) AS parent_id, max_by(p.libelle, p.rang) AS parent
    FROM interne.poste AS d
    JOIN interne.poste AS p ON p.bloc = d.bloc AND p.rang < d.rang AND p.niveau = d.niveau - 1
    WHERE d.niveau >= 2
    GROUP BY d.poste_id, d.libelle
)
SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, d.libelle AS poste, d.parent,
       ecrire_mesure(c.valeur, '€') AS lu, ecrire_mesure(p.valeur, '€') AS total, concat_ws('/', c.valeur, p.valeur) AS compare
FROM interne.cellule AS c
JOIN detail AS d ON d.poste_id = c.objet_id
JOIN interne.cellule AS p
    ON p.depot_id = c.depot_id AND p.rubrique = 'c' AND p.objet_id = d.parent_id AND p.code = c.code AND p.retenu
WHERE c.retenu AND c.rubrique = 'c' AND c.valeur > p.valeur + 1
