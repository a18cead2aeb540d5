-- gravite: information
-- message: « {question} » : {lu}, loin des {nb} structures du même type : la moitié sont au-dessous de {mediane}. Rien à faire si c’est exact.
-- Sur l'échelle des logarithmes, à plus de 4 écarts absolus médians (au moins un facteur 5) de la médiane de son type ;
-- au moins 5 semblables. Une information : une structure peut être seule de sa taille ; dite l'année d'avant, elle l'est.
WITH comptee AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, s.type_id, c.rubrique, c.objet_id, c.code, c.valeur,
           coalesce(i.question, h.libelle) AS question, coalesce(i.unite_statistique, h.unite_statistique) AS unite_statistique,
           ln(c.valeur) AS l
    FROM interne.cellule AS c
    JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    LEFT JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
    LEFT JOIN interne.champ AS h ON c.rubrique = 'v' AND h.champ_id = c.objet_id AND h.unite <> '%'
    WHERE c.retenu AND (c.rubrique = 'i' OR h.champ_id IS NOT NULL) AND c.ventilation = 'total' AND c.quartier_id IS NULL
      AND c.valeur > 0 AND c.code IN ('valeur', 'T1', 'T2', 'T3', 'T4')
),
semblable AS (
    SELECT type_id, rubrique, objet_id, annee, code, median(l) AS centre, median(valeur) AS mediane, count(*) - 1 AS nb
    FROM comptee
    GROUP BY type_id, rubrique, objet_id, annee, code
    HAVING count(*) > 5 AND greatest(max(l) - median(l), median(l) - min(l)) > ln(5)
),
ecartee AS (
    SELECT s.*, median(abs(c.l - s.centre)) AS mad
    FROM semblable AS s
    JOIN comptee AS c USING (type_id, rubrique, objet_id, annee, code)
    GROUP BY ALL
)
SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, c.question, e.nb,
       citer_reponse(c.valeur, 'valeur', c.unite_statistique, NULL, est_parlante(c.rubrique, c.objet_id, c.repondant_id, c.annee)) AS lu,
       citer(e.mediane, c.unite_statistique) AS mediane, c.valeur::VARCHAR AS compare
FROM ecartee AS e
JOIN comptee AS c USING (type_id, rubrique, objet_id, annee, code)
LEFT JOIN comptee AS p
    ON p.repondant_id = c.repondant_id AND p.annee = c.annee - 1 AND p.rubrique = c.rubrique AND p.objet_id = c.objet_id AND p.code = c.code
WHERE greatest(c.valeur, e.mediane) >= 20 AND abs(c.l - e.centre) > greatest(4 * 1.4826 * e.mad, ln(5))
  AND (p.l IS NULL OR abs(c.l - p.l) >= ln(3))
