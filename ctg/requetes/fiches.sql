-- The fiches of an axis ('tous': every axis) in a campaign: state, chosen measure at the city level, its change on
-- a constant perimeter (from the reference year, else from the year before), coverage, next jalon.
WITH phare AS (
    SELECT m.*
    FROM publication.mesure AS m
    JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.niveau = 'ville' AND m.type_structure = 'tous' AND m.perimetre = 'tous'
      AND m.ventilation = 'total' AND m.annee = $annee
),
mouvement AS (
    SELECT *
    FROM publication.evolution
    WHERE niveau = 'ville' AND type_structure = 'tous' AND perimetre = 'constant' AND annee = $annee
      AND etat = 'publie'
    QUALIFY row_number() OVER (PARTITION BY indicateur_id ORDER BY annee_base) = 1
)
SELECT
    f.fiche_id,
    f.axe_id,
    f.titre,
    coalesce(e.etat, 'donnees_insuffisantes') AS etat,
    avant.etat AS etat_precedent,
    coalesce(e.nb_repondantes, 0) AS nb_repondantes,
    coalesce(e.nb_attendues, 0) AS nb_attendues,
    e.phrase_declaree,
    e.prochain_jalon,
    i.libelle AS mesure,
    m.affichage,
    m.a_l_aval,
    v.affichage AS evolution,
    v.a_l_aval AS evolution_a_l_aval,
    v.annee_base,
    v.nb_communes,
    v.nb_attendues AS evolution_attendues
FROM publication.fiche AS f
JOIN publication.axe AS a ON a.axe_id = f.axe_id
LEFT JOIN publication.etat_fiche AS e ON e.fiche_id = f.fiche_id AND e.annee = $annee
LEFT JOIN publication.etat_fiche AS avant ON avant.fiche_id = f.fiche_id AND avant.annee = $annee - 1
LEFT JOIN publication.indicateur AS i ON i.indicateur_id = f.mesure_phare
LEFT JOIN phare AS m ON m.indicateur_id = f.mesure_phare
LEFT JOIN mouvement AS v ON v.indicateur_id = f.mesure_phare
WHERE $axe = 'tous' OR f.axe_id = $axe
ORDER BY a.rang, f.rang
