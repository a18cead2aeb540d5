-- gravite: a_confirmer
-- message: « {question} » : {constat}. Relisez la date.
-- Rien ne se lit sur l'horloge de la machine : une date se compare à celle de l'envoi, et au début de la convention.
WITH jour AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, i.question, c.code, try_cast(c.texte AS DATE) AS jour,
           coalesce(d.recu_le, d.rempli_le)::DATE AS envoi
    FROM interne.cellule AS c
    LEFT JOIN interne.depot AS d ON d.depot_id = c.depot_id
    JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id AND i.forme = 'jalon'
    WHERE c.retenu AND c.code IN ('prevu_le', 'realise_le') AND c.texte IS NOT NULL
),
jugee AS (
    SELECT *,
        CASE
            WHEN code = 'realise_le' AND jour > envoi
                THEN 'réalisé le ' || strftime(jour, '%d/%m/%Y') || ', après l’envoi du ' || strftime(envoi, '%d/%m/%Y')
            WHEN year(jour) < getvariable('annee_reference')
                THEN 'le ' || strftime(jour, '%d/%m/%Y') || ' précède la convention'
            WHEN year(jour) > getvariable('annee_reference') + 20
                THEN 'le ' || strftime(jour, '%d/%m/%Y') || ' est trop lointain pour être vrai'
        END AS constat
    FROM jour
)
SELECT fichier, feuille, cellule, repondant_id, annee, question, constat, strftime(jour, '%Y-%m-%d') AS compare
FROM jugee
WHERE constat IS NOT NULL
