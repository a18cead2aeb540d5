-- gravite: information
-- message: « {question} » : {lu}, loin des {nb} structures du même type, dont la médiane est {mediane}. Rien à faire si c’est exact.
-- Sur l'échelle des logarithmes, à plus de 4 écarts absolus médians (au moins un facteur 5) de la médiane de son type ;
-- au moins 5 semblables. Une information : une structure peut être seule de sa taille.
WITH comptee AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, s.type_id, c.indicateur_id, c.periode_id, c.valeur,
           ln(c.valeur) AS l
    FROM interne.cellule AS c
    JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.retenu AND c.rubrique = 'i' AND c.ventilation = 'total' AND c.quartier_id IS NULL AND c.valeur > 0
      AND c.code IN ('valeur', 'T1', 'T2', 'T3', 'T4')
),
semblable AS (
    SELECT type_id, indicateur_id, periode_id, median(l) AS centre, median(valeur) AS mediane, count(*) - 1 AS nb
    FROM comptee
    GROUP BY type_id, indicateur_id, periode_id
    HAVING count(*) > 5 AND greatest(max(l) - median(l), median(l) - min(l)) > ln(5)
),
ecartee AS (
    SELECT s.*, median(abs(c.l - s.centre)) AS mad
    FROM semblable AS s
    JOIN comptee AS c ON c.type_id = s.type_id AND c.indicateur_id = s.indicateur_id AND c.periode_id = s.periode_id
    GROUP BY ALL
)
SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, i.question, e.nb,
       citer_reponse(c.valeur, 'valeur', i.unite_statistique, NULL, est_parlante('i', c.indicateur_id, c.repondant_id, c.annee)) AS lu,
       citer(e.mediane, i.unite_statistique) AS mediane, c.valeur::VARCHAR AS compare
FROM ecartee AS e
JOIN comptee AS c ON c.type_id = e.type_id AND c.indicateur_id = e.indicateur_id AND c.periode_id = e.periode_id
JOIN interne.indicateur AS i ON i.indicateur_id = e.indicateur_id
WHERE greatest(c.valeur, e.mediane) >= 20 AND abs(c.l - e.centre) > greatest(4 * 1.4826 * e.mad, ln(5))
