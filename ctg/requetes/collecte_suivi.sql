-- The follow-up of a campaign, one row per group ($par: expediteur, quartier or type), those who miss the most first.
-- A form is in one state only: accepted, refused, expected, or late and not received.
WITH formulaire AS (
    SELECT r.*, coalesce(r.jours_de_retard, 0) > 0 AS en_retard,
        c.repondant_id IS NOT NULL OR k.fiche_id IS NOT NULL AS confirme,
        v.fiche_id IS NOT NULL AS valide, a.fiche_id IS NOT NULL AS avalise,
        CASE $par
            WHEN 'expediteur' THEN r.expediteur_id
            WHEN 'quartier' THEN s.quartier_id
            ELSE s.type
        END AS code,
        CASE
            WHEN $par = 'expediteur' THEN coalesce(e.nom, r.expediteur_id, '—')
            WHEN r.formulaire = 'fiche' THEN 'Fiches projet (référents)'
            WHEN $par = 'quartier' THEN t.nom
            ELSE s.type_libelle
        END AS groupe
    FROM collecte.attendu AS r
    LEFT JOIN publication.structure AS s ON r.formulaire = 'structure' AND s.structure_id = r.repondant_id
    LEFT JOIN publication.territoire AS t ON t.niveau = 'quartier' AND t.territoire_id = s.quartier_id
    LEFT JOIN collecte.expediteur AS e ON e.expediteur_id = r.expediteur_id
    LEFT JOIN collecte.confirmation AS c ON c.repondant_id = r.repondant_id AND c.annee = r.annee
    LEFT JOIN publication.etape AS k
        ON r.formulaire = 'fiche' AND k.etape = 'confirmee' AND k.fiche_id = r.repondant_id AND k.annee = r.annee
    LEFT JOIN publication.etape AS v
        ON r.formulaire = 'fiche' AND v.etape = 'validee' AND v.fiche_id = r.repondant_id AND v.annee = r.annee
    LEFT JOIN publication.etape AS a
        ON r.formulaire = 'fiche' AND a.etape = 'aval' AND a.fiche_id = r.repondant_id AND a.annee = r.annee
    WHERE r.annee = $annee
)
SELECT
    code, groupe, count(*) AS nb_demandes,
    count(*) FILTER (WHERE statut <> 'attendu') AS nb_recus,
    count(*) FILTER (WHERE statut IN ('recu', 'en_retard', 'a_corriger')) AS nb_acceptes,
    count(*) FILTER (WHERE statut IN ('recu', 'en_retard', 'a_corriger') AND en_retard) AS nb_tardifs,
    count(*) FILTER (WHERE statut = 'a_corriger') AS nb_a_corriger,
    count(*) FILTER (WHERE statut = 'refuse') AS nb_refuses,
    count(*) FILTER (WHERE confirme) AS nb_confirmes,
    count(*) FILTER (WHERE valide) AS nb_valides,
    count(*) FILTER (WHERE avalise) AS nb_avals,
    count(*) FILTER (WHERE statut = 'attendu' AND en_retard) AS nb_non_recus,
    count(*) FILTER (WHERE statut = 'attendu' AND NOT en_retard) AS nb_attendus
FROM formulaire
GROUP BY code, groupe
ORDER BY nb_refuses + nb_non_recus + nb_attendus DESC, nb_a_corriger DESC, strip_accents(lower(groupe)), code
