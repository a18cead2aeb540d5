-- gravite: a_confirmer
-- message: « {question} » : {constat}. Relisez la ligne.
-- Rien ne se lit sur l'horloge de la machine : une date se compare à celle de l'envoi, et au début de la convention.
-- L'état choisi, lui, se compare à la date de réalisation et à l'avancement écrits à côté.
WITH jalon AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, i.question, c.code, c.texte, try_cast(c.texte AS DATE) AS jour,
           coalesce(d.recu_le, d.rempli_le)::DATE AS envoi,
           max(CASE WHEN c.code = 'realise_le' THEN c.texte END) OVER jalon AS realise_le,
           max(CASE WHEN c.code = 'avancement' THEN c.valeur END) OVER jalon AS avancement
    FROM interne.cellule AS c
    LEFT JOIN interne.depot AS d ON d.depot_id = c.depot_id
    JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id AND i.forme = 'jalon'
    WHERE c.retenu
    WINDOW jalon AS (PARTITION BY c.repondant_id, c.annee, c.indicateur_id)
),
jugee AS (
    SELECT *,
        CASE
            WHEN code = 'etat' AND texte <> 'Réalisé' AND realise_le IS NOT NULL THEN '« ' || texte || ' », mais une date de réalisation'
            WHEN code = 'etat' AND ((texte = 'Réalisé' AND avancement < 100) OR (texte = 'Non engagé' AND avancement > 0))
                THEN '« ' || texte || ' », mais un avancement de ' || ecrire_mesure(avancement, '%')
            WHEN code = 'realise_le' AND jour > envoi
                THEN 'réalisé le ' || strftime(jour, '%d/%m/%Y') || ', après l’envoi du ' || strftime(envoi, '%d/%m/%Y')
            WHEN year(jour) < getvariable('annee_reference')
                THEN 'le ' || strftime(jour, '%d/%m/%Y') || ' précède la convention'
            WHEN year(jour) > getvariable('annee_reference') + 20
                THEN 'le ' || strftime(jour, '%d/%m/%Y') || ' est trop lointain pour être vrai'
        END AS constat
    FROM jalon
    WHERE code IN ('etat', 'prevu_le', 'realise_le') AND texte IS NOT NULL
)
SELECT fichier, feuille, cellule, repondant_id, annee, question, constat,
       CASE code WHEN 'etat' THEN concat_ws('/', texte, realise_le, avancement) ELSE strftime(jour, '%Y-%m-%d') END AS compare
FROM jugee
WHERE constat IS NOT NULL
