-- A measure at the city level, one row per campaign up to the one looked at: what bears « diffusion autorisée » for it
-- says nothing of a later one ($type: 'tous' or a type of structure).
SELECT
    m.annee, p.libelle AS periode, m.valeur, m.etat, m.affichage, m.nb_repondantes, m.nb_attendues, m.mention,
    m.raison, m.estime, m.nb_extraites, m.fictif, m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
WHERE m.indicateur_id = $indicateur AND m.niveau = 'ville' AND m.type_structure = $type
  AND m.perimetre = 'tous' AND m.ventilation = 'total' AND m.annee <= $annee
ORDER BY m.annee
