-- gravite: a_confirmer
-- message: Ce formulaire dit avoir été rempli le {rempli}, {constat}. Corrigez la date : elle départage deux envois.
SELECT fichier, feuille, NULL AS cellule, repondant_id, annee, strftime(rempli_le, '%d/%m/%Y') AS rempli,
       CASE WHEN rempli_le::DATE > recu_le::DATE THEN 'après sa réception le ' || strftime(recu_le, '%d/%m/%Y')
            ELSE 'avant l’année ' || annee || ' dont il rend compte' END AS constat,
       strftime(rempli_le, '%Y-%m-%d') AS compare
FROM interne.depot
WHERE retenu AND source = 'formulaire' AND (rempli_le::DATE > recu_le::DATE OR year(rempli_le) < annee)
