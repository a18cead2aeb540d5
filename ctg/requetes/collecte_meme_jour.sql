-- The submissions of one respondent received the same day, of which one took the place of the others by its hour alone,
-- or that nothing orders (`compte` is then false for all). $plus_recent: how the message of a replaced one ends.
WITH envoi AS (
    SELECT DISTINCT fichier, sha256, famille, formulaire, repondant_id, annee, statut, recu_le, remplace_par, message
    FROM collecte.fichier
    WHERE annee = $annee AND repondant_id IS NOT NULL
),
depasse AS (
    SELECT e.*, r.sha256 AS sha256_retenu, r.recu_le AS recu_le_retenu
    FROM envoi AS e
    JOIN envoi AS r
        ON r.fichier = e.remplace_par AND r.formulaire = e.formulaire AND r.repondant_id = e.repondant_id
       AND r.recu_le::DATE = e.recu_le::DATE
    WHERE e.statut = 'remplace' AND ends_with(e.message, $plus_recent)
),
sans_ordre AS (
    SELECT * FROM envoi WHERE statut = 'ignore'
    -- one without a date would still be without order
    QUALIFY bool_and(recu_le IS NOT NULL) OVER (PARTITION BY famille, formulaire, repondant_id)
),
reunis AS (
    SELECT formulaire, repondant_id, fichier, sha256, recu_le, false AS compte FROM depasse
    UNION
    SELECT formulaire, repondant_id, remplace_par, sha256_retenu, recu_le_retenu, true FROM depasse
    UNION
    SELECT formulaire, repondant_id, fichier, sha256, recu_le, false FROM sans_ordre
)
SELECT coalesce(s.nom, f.fiche_id || ' · ' || f.titre, u.repondant_id) AS repondant, u.repondant_id, u.fichier, u.sha256,
       u.recu_le, u.compte
FROM reunis AS u
LEFT JOIN publication.structure AS s ON u.formulaire = 'structure' AND s.structure_id = u.repondant_id
LEFT JOIN publication.fiche AS f ON u.formulaire = 'fiche' AND f.fiche_id = u.repondant_id
ORDER BY strip_accents(lower(repondant)), u.recu_le, u.fichier
