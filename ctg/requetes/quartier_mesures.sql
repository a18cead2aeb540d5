-- What was done in one quartier, one row per measure and axis, beside the city and its own past.
-- `part` is the share of the city's count found here; it exists only where both are counts that add up.
SELECT
    l.axe_id, a.titre AS axe, i.indicateur_id, i.libelle, i.nature, i.unite, i.sens, i.ordre,
    m.indicateur_id IN (SELECT mesure_phare FROM publication.fiche) AS phare,
    m.valeur, m.etat, m.affichage, m.nb_repondantes, m.nb_attendues, m.mention, m.raison, m.estime, m.fictif,
    m.a_l_aval, ville.a_l_aval AS ville_a_l_aval,
    ville.valeur AS ville_valeur, coalesce(ville.etat, 'manquant') AS ville_etat,
    ville.affichage AS ville_affichage, ville.nb_repondantes AS ville_repondantes, ville.nb_attendues AS ville_attendues,
    CASE WHEN i.nature = 'denombrement' AND i.agregation_structures IN ('somme', 'somme_doubles')
         THEN 100 * m.valeur / nullif(ville.valeur, 0) END AS part,
    e.etat AS evolution_etat, e.affichage AS evolution, e.a_l_aval AS evolution_a_l_aval, e.annee_base, e.nb_communes,
    e.nb_attendues AS nb_attendues_evolution, e.lecture, e.ecart_relatif,
    ev.affichage AS evolution_ville, ev.a_l_aval AS evolution_ville_a_l_aval, ev.etat AS evolution_ville_etat
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
JOIN (SELECT DISTINCT indicateur_id, axe_id FROM publication.indicateur_ligne) AS l
    ON l.indicateur_id = m.indicateur_id
JOIN publication.axe AS a ON a.axe_id = l.axe_id
LEFT JOIN publication.mesure AS ville
    ON ville.indicateur_id = m.indicateur_id AND ville.periode_id = m.periode_id AND ville.niveau = 'ville'
   AND ville.type_structure = 'tous' AND ville.perimetre = 'tous'
   AND ville.ventilation = 'total' AND ville.modalite = 'total'
LEFT JOIN publication.evolution AS e
    ON e.indicateur_id = m.indicateur_id AND e.niveau = 'quartier' AND e.territoire_id = m.territoire_id
   AND e.type_structure = 'tous' AND e.base = 'precedente' AND e.perimetre = 'constant' AND e.annee = m.annee
LEFT JOIN publication.evolution AS ev
    ON ev.indicateur_id = m.indicateur_id AND ev.niveau = 'ville'
   AND ev.type_structure = 'tous' AND ev.base = 'precedente' AND ev.perimetre = 'constant' AND ev.annee = m.annee
WHERE m.niveau = 'quartier' AND m.territoire_id = $quartier AND m.annee = $annee
  AND m.type_structure = 'tous' AND m.perimetre = 'tous' AND m.ventilation = 'total' AND m.modalite = 'total'
  AND i.nature <> 'qualitatif'
  AND ($axe IS NULL OR l.axe_id = $axe)
ORDER BY a.rang, i.ordre
