-- Un chiffre corrigé à la main (valeurs.csv) remplace celui de sa cellule, si la cellule tient encore ce que la
-- personne avait vu. Les corrections d'une même cellule se suivent ; une valeur arrivée depuis n'est jamais écrasée.
CREATE TEMP MACRO meme_contenu(etat_a, valeur_a, texte_a, etat_b, valeur_b, texte_b) AS
    etat_a = etat_b AND texte_a IS NOT DISTINCT FROM texte_b
    AND (valeur_a IS NOT DISTINCT FROM valeur_b OR abs(valeur_a - valeur_b) <= 1e-9 * greatest(1, abs(valeur_a)));

CREATE TEMP TABLE cellule_corrigee AS
SELECT DISTINCT ON (s.repondant_id, s.annee, s.cle, s.code)
       s.repondant_id, s.annee, s.cle, s.code, c.depot_id, c.fichier, c.feuille, c.cellule, c.etat, c.valeur, c.texte
FROM interne.saisie_valeur AS s
JOIN interne.cellule AS c
    ON c.retenu AND c.repondant_id = s.repondant_id AND c.annee = s.annee AND c.rubrique = s.rubrique
   AND c.objet_id = s.objet_id AND c.quartier_id IS NOT DISTINCT FROM s.quartier_id
   AND c.ventilation = s.ventilation AND c.modalite = s.modalite AND c.code = s.code
ORDER BY s.repondant_id, s.annee, s.cle, s.code, c.depot_id;

CREATE TEMP TABLE correction_suivie AS
WITH RECURSIVE rangee AS (
    SELECT *, row_number() OVER (PARTITION BY repondant_id, annee, cle, code ORDER BY le, ligne) AS rang
    FROM interne.saisie_valeur
),
suite AS (
    SELECT repondant_id, annee, cle, code, 0::BIGINT AS rang, etat, valeur, texte,
           NULL::INTEGER AS ligne, NULL::VARCHAR AS sort
    FROM cellule_corrigee
    UNION ALL
    SELECT p.repondant_id, p.annee, p.cle, p.code, r.rang,
           CASE WHEN applicable THEN r.etat ELSE p.etat END,
           CASE WHEN applicable THEN r.valeur ELSE p.valeur END,
           CASE WHEN applicable THEN r.texte ELSE p.texte END,
           r.ligne,
           CASE WHEN applicable THEN 'appliquee'
                WHEN meme_contenu(p.etat, p.valeur, p.texte, r.etat, r.valeur, r.texte) THEN 'recue_depuis'
                ELSE 'perimee' END
    FROM suite AS p
    JOIN rangee AS r
        ON r.repondant_id = p.repondant_id AND r.annee = p.annee AND r.cle = p.cle AND r.code = p.code
       AND r.rang = p.rang + 1
    CROSS JOIN LATERAL (
        SELECT meme_contenu(p.etat, p.valeur, p.texte, r.ancienne_etat, r.ancienne_valeur, r.ancienne_texte)
    ) AS jugee (applicable)
)
SELECT * FROM suite WHERE ligne IS NOT NULL;

UPDATE interne.cellule AS c
SET etat = n.etat, valeur = n.valeur, texte = n.texte, estime = s.estime, saisie = n.ligne
FROM (
    SELECT * FROM correction_suivie WHERE sort = 'appliquee'
    QUALIFY row_number() OVER (PARTITION BY repondant_id, annee, cle, code ORDER BY rang DESC) = 1
) AS n
JOIN cellule_corrigee AS k
    ON k.repondant_id = n.repondant_id AND k.annee = n.annee AND k.cle = n.cle AND k.code = n.code
JOIN interne.saisie_valeur AS s ON s.ligne = n.ligne
WHERE c.depot_id = k.depot_id AND c.rubrique = s.rubrique AND c.objet_id = s.objet_id
  AND c.quartier_id IS NOT DISTINCT FROM s.quartier_id
  AND c.ventilation = s.ventilation AND c.modalite = s.modalite AND c.code = s.code;

-- Ce que la cellule refusée valait de reproche est levé par la correction, et le dit.
UPDATE interne.anomalie AS a
SET gravite = 'information',
    message = a.message || ' Corrigée à la main le ' || strftime(s.le, '%d/%m/%Y') || '.'
FROM interne.cellule AS c
JOIN interne.saisie_valeur AS s ON s.ligne = c.saisie
WHERE a.gravite = 'bloquant' AND a.fichier = c.fichier AND a.feuille = c.feuille AND a.cellule = c.cellule;

UPDATE interne.depot AS d SET statut = 'accepte'
WHERE d.statut = 'accepte_partiel'
  AND d.depot_id IN (SELECT depot_id FROM interne.cellule WHERE saisie IS NOT NULL)
  AND NOT EXISTS (
      SELECT 1 FROM interne.anomalie_de_depot AS a WHERE a.gravite = 'bloquant' AND a.depot_id = d.depot_id
  );
