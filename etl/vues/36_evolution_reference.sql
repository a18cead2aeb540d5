-- Une mesure « évolution depuis l'année de référence » est l'évolution de son opérande, au même niveau,
-- sur les répondants des deux années ; elle n'existe pas l'année de référence elle-même.
INSERT INTO mesure_jugee BY NAME
SELECT
    i.indicateur_id, a.niveau, a.territoire_id, a.type_structure, 'tous' AS perimetre, a.annee, a.periode_id,
    'total' AS ventilation, 'total' AS modalite,
    coalesce(e.nb_communes, 0) AS nb_repondantes, a.nb_attendues, a.estime, a.fictif,
    i.forme, i.nature, i.unite, i.unite_statistique, i.agregation_structures,
    CASE e.etat WHEN 'publie' THEN i.facteur * e.ecart_relatif END AS valeur,
    CASE
        WHEN c.reference THEN 'sans_objet'
        WHEN e.etat = 'publie' AND e.ecart_relatif IS NULL THEN 'sans_objet'
        ELSE coalesce(e.etat, 'manquant')
    END AS etat,
    CASE
        WHEN c.reference THEN 'C’est l’année de référence.'
        WHEN e.etat = 'publie' AND e.ecart_relatif IS NULL THEN 'La valeur de référence est nulle.'
        WHEN e.etat = 'secret' THEN raison_du_secret(i.nature, NULL)
        WHEN coalesce(e.etat, 'manquant') = 'manquant' THEN 'Pas de valeur comparable l’année de référence.'
    END AS raison
FROM interne.indicateur AS i
JOIN agregat AS a ON a.indicateur_id = i.operande_a AND a.perimetre = 'tous' AND a.annuelle AND a.ventilation = 'total'
LEFT JOIN interne.campagne AS c ON c.annee = a.annee
LEFT JOIN evolution_jugee AS e
    ON e.indicateur_id = a.indicateur_id AND e.niveau = a.niveau AND e.territoire_id = a.territoire_id
   AND e.type_structure = a.type_structure AND e.annee = a.annee AND e.base = 'reference'
   AND e.perimetre = 'constant'
WHERE i.operation = 'evolution_reference';
