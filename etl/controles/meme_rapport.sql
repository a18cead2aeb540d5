-- gravite: a_confirmer
-- message: Ce rapport a les mêmes {nb} nombres que celui de {autre} pour {annee_autre} : l’un est sans doute la copie de l’autre. Vérifiez lequel est le bon.
-- Deux structures, la même année : mot pour mot. La même structure, deux années de suite : au moins 9 nombres sur 10.
-- Seuls comptent, comptes à part (ils avancent d'un an d'eux-mêmes), les nombres à deux chiffres et plus, et s'il y en a
-- au moins 10 : en dessous, la ressemblance peut être un hasard (un niveau de 1 à 4, trois projets chaque année). Un
-- formulaire court : tous identiques, zéros à part ; huit nombres entre deux structures, d'une année à l'autre six dont
-- quatre à deux chiffres.
WITH dite AS (
    SELECT d.depot_id, d.formulaire, d.repondant_id, d.annee, c.valeur, abs(c.valeur) >= 10 AS grand,
           hash(c.rubrique, c.objet_id, c.quartier_id, c.ventilation, c.modalite, c.code) AS question
    FROM interne.cellule AS c
    JOIN interne.depot AS d ON d.depot_id = c.depot_id AND d.retenu AND NOT starts_with(d.source, 'extrait:')
    WHERE c.retenu AND c.valeur <> 0 AND c.code <> 'niveau' AND c.rubrique <> 'c'
),
rapport AS (
    SELECT depot_id, formulaire, repondant_id, annee, count(*) AS tous, count(*) FILTER (grand) AS nb,
           CASE WHEN count(*) FILTER (grand) >= 10 THEN bit_xor(hash(question, valeur)) FILTER (grand)
                ELSE bit_xor(hash(question, valeur)) END AS contenu
    FROM dite
    GROUP BY depot_id, formulaire, repondant_id, annee
    HAVING count(*) FILTER (grand) >= 4 OR count(*) >= 8
),
copie AS (
    SELECT a.depot_id, b.repondant_id, b.annee, CASE WHEN a.nb >= 10 THEN a.nb ELSE a.tous END AS nb, a.contenu::VARCHAR AS compare
    FROM rapport AS a
    JOIN rapport AS b
        ON b.contenu = a.contenu AND b.formulaire = a.formulaire AND b.annee = a.annee AND b.repondant_id <> a.repondant_id
    WHERE a.nb >= 10 OR (a.tous >= 8 AND a.tous = b.tous)
    UNION ALL
    -- cellule à cellule d'abord, par répondant : les rapports se comparent deux à deux, jamais tous entre eux
    SELECT a.depot_id, b.repondant_id, b.annee, CASE WHEN a.nb >= 10 THEN count(*) FILTER (n.grand) ELSE count(*) END,
           a.contenu || '/' || b.contenu
    FROM dite AS n
    JOIN dite AS p
        ON p.formulaire = n.formulaire AND p.repondant_id = n.repondant_id AND p.annee = n.annee - 1
       AND p.question = n.question AND p.valeur = n.valeur
    JOIN rapport AS a ON a.depot_id = n.depot_id
    JOIN rapport AS b ON b.depot_id = p.depot_id
    GROUP BY a.depot_id, b.repondant_id, b.annee, a.nb, b.nb, a.tous, b.tous, a.contenu, b.contenu
    HAVING (a.nb >= 10 AND count(*) FILTER (n.grand) >= 0.9 * greatest(a.nb, b.nb))
        OR (a.nb >= 4 AND count(*) >= 6 AND count(*) = greatest(a.tous, b.tous))
)
SELECT DISTINCT ON (d.depot_id)
       d.fichier, d.feuille, NULL AS cellule, d.repondant_id, d.annee, k.nb,
       coalesce('« ' || s.nom || ' »', 'la fiche ' || k.repondant_id) AS autre, k.annee AS annee_autre, k.compare
FROM copie AS k
JOIN interne.depot AS d ON d.depot_id = k.depot_id
LEFT JOIN interne.structure AS s ON s.structure_id = k.repondant_id
ORDER BY d.depot_id, k.annee DESC, k.repondant_id
