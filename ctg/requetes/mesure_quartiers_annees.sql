-- A measure by quartier and campaign, up to the one looked at, for panels of one scale.
SELECT
    q.quartier_id AS groupe, q.nom AS libelle, m.annee, m.valeur, m.etat, m.affichage, m.nb_repondantes,
    m.nb_attendues, m.fictif, m.depuis_l_aval
FROM publication.mesure AS m
JOIN publication.quartier AS q ON q.quartier_id = m.territoire_id
JOIN publication.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
WHERE m.indicateur_id = $indicateur AND m.niveau = 'quartier' AND m.type_structure = 'tous'
  AND m.perimetre = 'tous' AND m.ventilation = 'total' AND m.annee <= $annee
ORDER BY q.rang, m.annee
