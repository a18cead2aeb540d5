-- gravite: information
-- message: « {question} » : {lu}, loin des {nb} structures du même type, dont la médiane est {mediane}. Rien à faire si c’est exact.
-- Sur l'échelle des logarithmes, à plus de 4 écarts absolus médians (au moins un facteur 5) de la médiane de son type ;
-- au moins 5 semblables. Une information : une structure peut être seule de sa taille.
WITH comptee AS (
    SELECT c.fichier, c.feuille, c.cellule, c.repondant_id, c.annee, s.type_id, c.indicateur_id, c.periode_id, c.valeur,
           i.question, i.unite_statistique, ln(c.valeur) AS l,
           est_parlante('i', c.indicateur_id, c.repondant_id, c.annee) AS parlante
    FROM interne.cellule AS c
    JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id AND i.forme = 'nombre'
    JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.retenu AND c.ventilation = 'total' AND c.quartier_id IS NULL AND c.valeur > 0
),
centree AS (
    SELECT *, median(l) OVER type_entier AS centre, median(valeur) OVER type_entier AS mediane, count(*) OVER type_entier - 1 AS nb
    FROM comptee
    WINDOW type_entier AS (PARTITION BY type_id, indicateur_id, periode_id)
),
ecartee AS (
    SELECT *, median(abs(l - centre)) OVER (PARTITION BY type_id, indicateur_id, periode_id) AS mad FROM centree
)
SELECT fichier, feuille, cellule, repondant_id, annee, question, nb,
       citer_reponse(valeur, 'valeur', unite_statistique, NULL, parlante) AS lu, citer(mediane, unite_statistique) AS mediane, valeur::VARCHAR AS compare
FROM ecartee
WHERE nb >= 5 AND greatest(valeur, mediane) >= 20 AND abs(l - centre) > greatest(4 * 1.4826 * mad, ln(5))
