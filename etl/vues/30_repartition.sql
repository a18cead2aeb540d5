-- Une échelle 1-4 ne se moyenne pas : on compte les structures à chaque niveau de chaque thème.
-- La modalité publiée joint le thème et le niveau : `familles-3` de la ventilation `themes-niveau`.
CREATE TEMP TABLE repartition AS
WITH niveaux AS (
    SELECT *, 'tous' AS type_agrege FROM reponse_territoire WHERE niveau <> 'structure'
    UNION ALL
    SELECT *, type_structure FROM reponse_territoire WHERE niveau <> 'structure' AND formulaire = 'structure'
)
SELECT
    n.indicateur_id, n.niveau, n.territoire_id, n.type_agrege AS type_structure, 'tous' AS perimetre,
    n.annee, n.periode_id, n.ventilation || '-niveau' AS ventilation,
    n.modalite || '-' || echelle.degre AS modalite,
    count(DISTINCT n.repondant_id) FILTER (WHERE n.etat = 'publie') AS nb_repondantes,
    count(DISTINCT n.repondant_id) FILTER (WHERE n.etat <> 'sans_objet') AS nb_attendues,
    count(DISTINCT n.repondant_id) FILTER (WHERE n.etat = 'publie' AND n.valeur = echelle.degre) AS effectif,
    coalesce(bool_or(n.estime) FILTER (WHERE n.etat = 'publie'), false) AS estime,
    coalesce(bool_or(n.fictif) FILTER (WHERE n.etat = 'publie'), false) AS fictif
FROM niveaux AS n
JOIN interne.indicateur AS i ON i.indicateur_id = n.indicateur_id AND i.forme = 'niveau'
CROSS JOIN (SELECT unnest([1, 2, 3, 4]) AS degre) AS echelle
WHERE n.ventilation <> 'total'
GROUP BY n.indicateur_id, n.niveau, n.territoire_id, n.type_agrege, n.annee, n.periode_id,
         n.ventilation, n.modalite, echelle.degre;
