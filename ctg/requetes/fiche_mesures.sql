-- Every measure of a fiche in a campaign at the city level: value, reference, next target, change on a constant
-- perimeter, state. A measure without printed line (ligne_id null) is a proposal of ours.
WITH ville AS (
    SELECT m.*
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.niveau = 'ville' AND m.type_structure = $type AND m.perimetre = 'tous' AND m.ventilation = 'total'
),
mouvement AS (
    SELECT *
    FROM publication.evolution
    WHERE niveau = 'ville' AND type_structure = $type AND perimetre = 'constant' AND annee = $annee
      AND etat = 'publie'
    QUALIFY row_number() OVER (PARTITION BY indicateur_id ORDER BY annee_base) = 1
),
prochaine AS (
    SELECT c.*
    FROM publication.cible AS c
    JOIN publication.parametre AS v ON v.cle = 'convention.ville_id' AND v.valeur = c.territoire_id
    WHERE c.annee >= $annee
    QUALIFY row_number() OVER (PARTITION BY c.indicateur_id ORDER BY c.annee) = 1
)
SELECT
    l.ligne_id, i.indicateur_id, i.libelle, i.origine, i.nature, i.unite, i.definition, i.repondant_libelle,
    m.affichage, m.mention, m.raison, m.a_l_aval, m.nb_repondantes, m.nb_attendues,
    r.affichage AS reference, r.annee AS annee_reference, r.etat AS etat_reference,
    r.a_l_aval AS reference_a_l_aval,
    c.valeur AS cible, c.annee AS annee_cible,
    v.affichage AS evolution, v.a_l_aval AS evolution_a_l_aval, v.annee_base, v.nb_communes, v.nb_attendues AS evolution_attendues,
    s.etat
FROM publication.indicateur_ligne AS l
JOIN publication.indicateur AS i ON i.indicateur_id = l.indicateur_id
LEFT JOIN ville AS m ON m.indicateur_id = i.indicateur_id AND m.annee = $annee
LEFT JOIN ville AS r ON r.indicateur_id = i.indicateur_id AND r.annee < $annee
    AND r.annee = (SELECT valeur::INTEGER FROM publication.parametre WHERE cle = 'annee_reference')
LEFT JOIN mouvement AS v ON v.indicateur_id = i.indicateur_id
LEFT JOIN prochaine AS c ON c.indicateur_id = i.indicateur_id
LEFT JOIN publication.etat_indicateur AS s ON s.indicateur_id = i.indicateur_id AND s.annee = $annee
WHERE l.fiche_id = $fiche
ORDER BY i.ordre
