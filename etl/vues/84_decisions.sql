-- Ce que des personnes ont décidé, tel qu'on peut le montrer : l'ancienne valeur reste dans l'histoire.
-- Un terme de rapport ou un montant qui dirait un petit effectif ne se montre pas plus que lui.
-- `sort` : appliquee ; maintenue (elle l'est, un rapport plus récent redit l'ancienne valeur) ; corrigee_depuis (elle
-- l'était, une autre l'a suivie) ; recue_depuis (la valeur reçue dit désormais la même chose) ; perimee (elle a changé).
CREATE TABLE collecte.correction AS
SELECT s.ligne, s.le, f.libelle AS fonction, s.raison, s.repondant_id, s.annee,
       CASE WHEN s.rubrique = 'i' THEN s.objet_id END AS indicateur_id, s.cle, s.code,
       m.objet,
       CASE WHEN (terme_secret(s.ancienne_valeur, s.code, i.unite_statistique, i.nature)
                 OR (s.ancienne_valeur IS NOT NULL AND ( -- rétablie depuis, elle est celle d'aujourd'hui
                     est_parlante(s.rubrique, s.objet_id, s.repondant_id, s.annee)
                     OR est_tue(s.rubrique, s.objet_id, s.repondant_id, s.annee, s.quartier_id, s.ventilation, s.modalite))))
                 THEN '(non montré : petit effectif possible)' ELSE s.ancienne END AS ancienne,
       CASE WHEN (terme_secret(s.valeur, s.code, i.unite_statistique, i.nature)
                 OR (s.valeur IS NOT NULL AND (
                     est_parlante(s.rubrique, s.objet_id, s.repondant_id, s.annee)
                     OR est_tue(s.rubrique, s.objet_id, s.repondant_id, s.annee, s.quartier_id, s.ventilation, s.modalite))))
                 THEN '(non montré : petit effectif possible)' ELSE s.nouvelle END AS nouvelle,
       CASE WHEN v.sort = 'appliquee' AND v.rang < max(v.rang) FILTER (v.sort = 'appliquee')
                     OVER (PARTITION BY s.repondant_id, s.annee, s.cle, s.code) THEN 'corrigee_depuis'
            WHEN v.sort = 'appliquee' AND s.ligne IN (SELECT ligne FROM correction_retenue WHERE redite_le IS NOT NULL)
                THEN 'maintenue'
            ELSE coalesce(v.sort, 'perimee') END AS sort,
       k.fichier, k.feuille, k.cellule
FROM interne.saisie_valeur AS s
JOIN interne.fonction AS f ON f.fonction_id = s.fonction
LEFT JOIN interne.indicateur AS i ON s.rubrique = 'i' AND i.indicateur_id = s.objet_id
JOIN saisie_nommee AS m ON m.ligne = s.ligne
LEFT JOIN correction_suivie AS v ON v.ligne = s.ligne
LEFT JOIN cellule_corrigee AS k
    ON k.repondant_id = s.repondant_id AND k.annee = s.annee AND k.cle = s.cle AND k.code = s.code;
