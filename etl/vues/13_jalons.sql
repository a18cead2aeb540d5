-- Ce que le référent dit de chaque jalon. Un jalon décalé garde son motif : il n'est pas un échec
-- (PE-5 : « en corrélation avec le programme du futur mandat », 001:1271). Un motif à relire n'est pas publié.
CREATE TEMP TABLE jalon_lu AS
SELECT
    c.indicateur_id, c.annee,
    CASE max(c.texte) FILTER (WHERE c.code = 'etat' AND c.etat = 'valeur')
        WHEN 'Non engagé' THEN 'non_engage'
        WHEN 'Engagé' THEN 'engage'
        WHEN 'En cours' THEN 'en_cours'
        WHEN 'Réalisé' THEN 'realise'
        WHEN 'Décalé' THEN 'decale'
    END AS etat,
    try_cast(max(c.texte) FILTER (WHERE c.code = 'prevu_le') AS DATE) AS prevu_le,
    try_cast(max(c.texte) FILTER (WHERE c.code = 'realise_le') AS DATE) AS realise_le,
    max(c.valeur) FILTER (WHERE c.code = 'avancement') AS avancement,
    -- ce qui entoure le nombre d'une autre case (« environ ») n'est pas le motif de la ligne
    max(c.remarque) FILTER (WHERE c.code = 'etat') AS motif
FROM interne.cellule AS c
JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id AND i.forme = 'jalon'
WHERE c.retenu
GROUP BY c.indicateur_id, c.annee;
