-- gravite: a_confirmer
-- message: « {question} »{ou} : {lu}, contre {avant} l’année précédente, {sens}. Relisez la cellule ; si c’est exact, confirmez-le.
-- Le nombre lui-même, ou ce à quoi il se rapporte (dénominateur, répondants, adhérents, familles) ; s'ils n'ont pas sauté,
-- la partie comptée, puis ses « dont » : deux lignes échangées ne changent pas un total.
-- De 1 à 3 projets n'est pas un saut : le plus grand des deux est d'au moins 20.
WITH suivie AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, c.rubrique, c.objet_id, c.quartier_id, c.ventilation, c.modalite,
           c.code, c.valeur, coalesce(i.question, h.libelle) AS question, coalesce(i.unite_statistique, h.unite_statistique) AS unite_statistique,
           i.nature, CASE WHEN c.ventilation <> 'total' THEN 2 WHEN c.code = 'numerateur' THEN 1 ELSE 0 END AS rang,
           (c.ventilation <> 'total' AND est_confidentielle(i.unite_statistique))
           OR est_parlante(c.rubrique, c.objet_id, c.repondant_id, c.annee) AS parlante
    FROM interne.cellule AS c
    LEFT JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
    LEFT JOIN interne.champ AS h ON c.rubrique = 'v' AND h.champ_id = c.objet_id
    WHERE c.retenu AND c.valeur >= 0
      AND (i.forme = 'nombre' OR c.code IN ('numerateur', 'denominateur', 'repondants') OR h.champ_id IS NOT NULL)
)
SELECT n.fichier, n.feuille, n.cellule, n.repondant_id, n.annee, n.question, n.quartier_id, n.ventilation, n.modalite,
       citer_reponse(n.valeur, n.code, n.unite_statistique, n.nature, n.parlante) AS lu,
       citer_reponse(p.valeur, p.code, p.unite_statistique, p.nature, p.parlante) AS avant,
       CASE WHEN n.valeur > p.valeur THEN 'au moins trois fois plus' ELSE 'au moins trois fois moins' END AS sens,
       concat_ws('/', n.valeur, p.valeur) AS compare
FROM suivie AS n
JOIN suivie AS p
    ON p.repondant_id = n.repondant_id AND p.annee = n.annee - 1 AND p.rubrique = n.rubrique AND p.objet_id = n.objet_id
   AND p.code = n.code AND p.quartier_id IS NOT DISTINCT FROM n.quartier_id
   AND p.ventilation = n.ventilation AND p.modalite = n.modalite
WHERE p.valeur > 0 AND greatest(n.valeur, p.valeur) >= 20 AND (n.valeur >= 3 * p.valeur OR 3 * n.valeur <= p.valeur)
QUALIFY n.rang = min(n.rang) OVER (PARTITION BY n.repondant_id, n.annee, n.rubrique, n.objet_id)
