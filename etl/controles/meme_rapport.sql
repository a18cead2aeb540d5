-- gravite: a_confirmer
-- message: Ce rapport a les mêmes {nb} nombres que celui de {autre} pour {annee_autre} : l’un est sans doute la copie de l’autre. Vérifiez lequel est le bon.
-- Deux structures, la même année : mot pour mot. La même structure, deux années de suite : au moins 9 nombres sur 10.
-- Seuls comptent les nombres à deux chiffres et plus, et s'il y en a au moins 10 : en dessous, la ressemblance peut
-- être un hasard (un niveau de 1 à 4, trois projets chaque année).
WITH dite AS (
    SELECT d.depot_id, d.fichier, d.feuille, d.formulaire, d.repondant_id, d.annee, c.rubrique, c.objet_id, c.quartier_id,
           c.ventilation, c.modalite, c.code, c.valeur
    FROM interne.cellule AS c
    JOIN interne.depot AS d ON d.depot_id = c.depot_id AND d.retenu AND NOT starts_with(d.source, 'extrait:')
    WHERE c.retenu AND abs(c.valeur) >= 10
),
rapport AS (
    SELECT depot_id, fichier, feuille, formulaire, repondant_id, annee, count(*) AS nb,
           md5(string_agg(concat_ws('|', rubrique, objet_id, quartier_id, ventilation, modalite, code, valeur), ';'
               ORDER BY rubrique, objet_id, quartier_id, ventilation, modalite, code)) AS contenu
    FROM dite
    GROUP BY depot_id, fichier, feuille, formulaire, repondant_id, annee
    HAVING count(*) >= 10
),
copie AS (
    SELECT a.depot_id, b.repondant_id AS autre_id, b.annee AS annee_autre, a.nb, a.contenu AS compare
    FROM rapport AS a
    JOIN rapport AS b
        ON b.contenu = a.contenu AND b.formulaire = a.formulaire AND b.annee = a.annee AND b.repondant_id <> a.repondant_id
    UNION ALL
    -- cellule à cellule d'abord, par répondant : les rapports se comparent deux à deux, jamais tous entre eux
    SELECT a.depot_id, b.repondant_id, b.annee, count(*) FILTER (WHERE n.valeur = p.valeur), a.contenu || b.contenu
    FROM dite AS n
    JOIN dite AS p
        ON p.formulaire = n.formulaire AND p.repondant_id = n.repondant_id AND p.annee = n.annee - 1
       AND p.rubrique = n.rubrique AND p.objet_id = n.objet_id AND p.code = n.code
       AND p.quartier_id IS NOT DISTINCT FROM n.quartier_id AND p.ventilation = n.ventilation AND p.modalite = n.modalite
    JOIN rapport AS a ON a.depot_id = n.depot_id
    JOIN rapport AS b ON b.depot_id = p.depot_id
    GROUP BY a.depot_id, b.repondant_id, b.annee, a.nb, b.nb, a.contenu, b.contenu
    HAVING count(*) FILTER (WHERE n.valeur = p.valeur) >= 0.9 * greatest(a.nb, b.nb)
)
SELECT DISTINCT ON (r.depot_id)
       r.fichier, r.feuille, NULL AS cellule, r.repondant_id, r.annee, k.nb,
       coalesce('« ' || s.nom || ' »', 'la fiche ' || k.autre_id) AS autre, k.annee_autre, k.compare
FROM copie AS k
JOIN rapport AS r ON r.depot_id = k.depot_id
LEFT JOIN interne.structure AS s ON s.structure_id = k.autre_id
ORDER BY r.depot_id, k.annee_autre DESC, k.autre_id
