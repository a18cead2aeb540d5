-- Un répondant par quartier peut n'en dire que quelques-uns. Sa réponse est complète quand aucun lieu demandé ne
-- manque, ou quand il a tout donné « sans quartier précis ». Complètes, deux réponses se comparent en entier ;
-- sinon, sur les seuls lieux dits les deux fois : un quartier oublié n'est pas une baisse.
CREATE TEMP TABLE reponse_lue AS
SELECT *,
    NOT bool_or(etat = 'manquant') OVER tous_les_lieux
    OR (bool_or(lieu = 'ville' AND etat = 'publie') OVER tous_les_lieux
        AND NOT bool_or(lieu <> 'ville' AND etat = 'publie') OVER tous_les_lieux) AS complete
FROM reponse_territoire
WINDOW tous_les_lieux AS (
    PARTITION BY indicateur_id, niveau, territoire_id, repondant_id, periode_id, ventilation, modalite
);
