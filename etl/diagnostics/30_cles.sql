-- Ce que diraient des clés, sans un index par table : une valeur écrite deux fois est une faute du programme.
SELECT error('observation en double : ' || concat_ws(', ', source_id, variable_id, niveau, territoire_id, annee))
FROM interne.observation
GROUP BY source_id, variable_id, niveau, territoire_id, annee
HAVING count(*) > 1;

SELECT error('diagnostic en double : ' || concat_ws(', ', source_id, variable_id, niveau, territoire_id, annee))
FROM publication.diagnostic
GROUP BY source_id, variable_id, niveau, territoire_id, annee
HAVING count(*) > 1;

SELECT error('évolution en double : ' || concat_ws(', ', source_id, variable_id, niveau, territoire_id, annee, annee_base))
FROM publication.diagnostic_evolution
GROUP BY source_id, variable_id, niveau, territoire_id, annee, annee_base
HAVING count(*) > 1;
