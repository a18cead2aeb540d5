-- Ce que diraient des clés, sans un index par table : une réponse ou une mesure écrite deux fois est une faute du
-- programme, et rien n'est mis en place.
SELECT error('réponse en double : ' || concat_ws(', ', indicateur_id, repondant_id, quartier_id, periode_id, ventilation, modalite))
FROM interne.fait
GROUP BY indicateur_id, repondant_id, quartier_id, periode_id, ventilation, modalite
HAVING count(*) > 1;

SELECT error('réponse sans lieu ou sans période : ' || concat_ws(', ', f.indicateur_id, f.repondant_id, f.quartier_id, f.periode_id))
FROM interne.fait AS f
WHERE f.quartier_id NOT IN (SELECT quartier_id FROM interne.lieu)
   OR f.periode_id NOT IN (SELECT periode_id FROM interne.periode);

SELECT error('attente en double : ' || concat_ws(', ', indicateur_id, repondant_id, annee))
FROM interne.attendu
GROUP BY indicateur_id, repondant_id, annee
HAVING count(*) > 1;

SELECT error('mesure en double : ' || concat_ws(', ', indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id,
                                                ventilation, modalite))
FROM publication.mesure
WHERE indicateur_id IN (SELECT indicateur_id FROM mesure_a_refaire)
GROUP BY indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation, modalite
HAVING count(*) > 1;

SELECT error('évolution en double : ' || concat_ws(', ', indicateur_id, niveau, territoire_id, type_structure, base, annee, perimetre))
FROM publication.evolution
WHERE indicateur_id IN (SELECT indicateur_id FROM mesure_a_refaire)
GROUP BY indicateur_id, niveau, territoire_id, type_structure, base, annee, perimetre
HAVING count(*) > 1;

-- La construction suivante les reprendra. Pas après une erreur du programme, qui doit être dite de nouveau.
INSERT INTO interne.mesure_faite FROM empreinte_de_mesure
WHERE NOT EXISTS (SELECT 1 FROM interne.anomalie WHERE regle = 'quartiers_et_ville');
