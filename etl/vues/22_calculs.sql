-- Une mesure calculée se tire, lieu par lieu, des deux mesures du même répondant qui a donné l'une et l'autre :
-- ce qui n'est dit que d'un côté manque au calcul. Un rapport garde numérateur et dénominateur : la ville est le rapport des sommes, jamais une moyenne.
-- Une différence garde aussi ses deux termes : un terme secret la rend secrète (31_mesures, 33_evolutions).
-- L'évolution depuis l'année de référence se calcule plus loin, sur les agrégats (36_evolution_reference).
INSERT INTO reponse_territoire
SELECT
    i.indicateur_id, a.niveau, a.territoire_id, a.formulaire, a.repondant_id, a.type_structure, a.lieu, a.annee,
    a.periode_id, a.annuelle, a.ventilation, a.modalite,
    CASE
        WHEN b.etat IS NULL OR 'manquant' IN (a.etat, b.etat) THEN 'manquant'
        WHEN 'sans_objet' IN (a.etat, b.etat) THEN 'sans_objet'
        ELSE 'publie'
    END AS etat_calcule,
    CASE WHEN etat_calcule = 'publie' AND i.operation = 'difference' THEN a.valeur - b.valeur END,
    CASE WHEN etat_calcule = 'publie' THEN a.valeur END,
    CASE WHEN etat_calcule = 'publie' THEN b.valeur END,
    NULL,
    etat_calcule = 'publie' AND (a.estime OR b.estime),
    a.fictif OR coalesce(b.fictif, false)
FROM interne.indicateur AS i
JOIN reponse_territoire AS a ON a.indicateur_id = i.operande_a AND a.ventilation = 'total'
LEFT JOIN reponse_territoire AS b
    ON b.indicateur_id = i.operande_b AND b.niveau = a.niveau AND b.territoire_id = a.territoire_id
   AND b.repondant_id = a.repondant_id AND b.lieu = a.lieu AND b.periode_id = a.periode_id
   AND b.ventilation = a.ventilation
WHERE i.operation IN ('rapport', 'difference');
