-- Un chiffre corrigé à la main (valeurs.csv) remplace celui de sa cellule, si la cellule tient encore ce que la
-- personne avait vu ; là où rien n'est arrivé, elle avait vu « rien ». Les corrections d'une même case se suivent, un
-- retour reprend la valeur reçue ; une valeur arrivée depuis n'est jamais écrasée.
CREATE TEMP MACRO meme_contenu(etat_a, valeur_a, texte_a, etat_b, valeur_b, texte_b) AS
    etat_a = etat_b AND texte_a IS NOT DISTINCT FROM texte_b
    AND (valeur_a IS NOT DISTINCT FROM valeur_b OR abs(valeur_a - valeur_b) <= 1e-9 * greatest(1, abs(valeur_a)));

-- La case en mots : ce qui est demandé, son quartier ou son « dont », et à qui.
CREATE TEMP TABLE saisie_nommee AS
SELECT s.ligne,
       concat_ws(', ', coalesce(i.libelle, p.libelle, h.libelle, 'État d’avancement de la fiche'), q.nom, o.libelle) AS objet,
       coalesce(t.nom, s.repondant_id) AS qui
FROM interne.saisie_valeur AS s
LEFT JOIN interne.indicateur AS i ON s.rubrique = 'i' AND i.indicateur_id = s.objet_id
LEFT JOIN interne.poste AS p ON s.rubrique = 'c' AND p.poste_id = s.objet_id
LEFT JOIN interne.champ AS h ON s.rubrique = 'v' AND h.champ_id = s.objet_id
LEFT JOIN interne.lieu AS q ON q.quartier_id = s.quartier_id
LEFT JOIN interne.modalite AS o ON o.ventilation = s.ventilation AND o.modalite = s.modalite
LEFT JOIN interne.structure AS t ON t.structure_id = s.repondant_id;

-- La case telle que reçue. Sans cellule : rien reçu, dans une campagne déclarée.
CREATE TEMP TABLE cellule_corrigee AS
SELECT DISTINCT ON (s.repondant_id, s.annee, s.cle, s.code)
       s.repondant_id, s.annee, s.cle, s.code, c.depot_id, c.fichier, c.feuille, c.cellule,
       coalesce(c.etat, 'manquant') AS etat, c.valeur, c.texte
FROM interne.saisie_valeur AS s
JOIN interne.campagne AS p ON p.annee = s.annee
LEFT JOIN interne.cellule AS c
    ON c.retenu AND c.repondant_id = s.repondant_id AND c.annee = s.annee AND c.rubrique = s.rubrique
   AND c.objet_id = s.objet_id AND c.quartier_id IS NOT DISTINCT FROM s.quartier_id
   AND c.ventilation = s.ventilation AND c.modalite = s.modalite AND c.code = s.code
ORDER BY s.repondant_id, s.annee, s.cle, s.code, c.fichier, c.feuille, c.cellule;

CREATE TEMP TABLE correction_suivie AS
WITH RECURSIVE rangee AS (
    SELECT *, row_number() OVER (PARTITION BY repondant_id, annee, cle, code ORDER BY le, ligne) AS rang
    FROM interne.saisie_valeur
),
suite AS (
    SELECT repondant_id, annee, cle, code, 0::BIGINT AS rang, etat, valeur, texte,
           etat AS etat_recu, valeur AS valeur_recue, texte AS texte_recu,
           NULL::INTEGER AS ligne, NULL::VARCHAR AS sort
    FROM cellule_corrigee
    UNION ALL
    SELECT p.repondant_id, p.annee, p.cle, p.code, r.rang,
           CASE WHEN applicable THEN v.etat ELSE p.etat END,
           CASE WHEN applicable THEN v.valeur ELSE p.valeur END,
           CASE WHEN applicable THEN v.texte ELSE p.texte END,
           p.etat_recu, p.valeur_recue, p.texte_recu,
           r.ligne,
           CASE WHEN applicable THEN 'appliquee'
                WHEN meme_contenu(p.etat, p.valeur, p.texte, v.etat, v.valeur, v.texte) THEN 'recue_depuis'
                ELSE 'perimee' END
    FROM suite AS p
    JOIN rangee AS r
        ON r.repondant_id = p.repondant_id AND r.annee = p.annee AND r.cle = p.cle AND r.code = p.code
       AND r.rang = p.rang + 1
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.retour THEN p.etat_recu ELSE r.etat END,
               CASE WHEN r.retour THEN p.valeur_recue ELSE r.valeur END,
               CASE WHEN r.retour THEN p.texte_recu ELSE r.texte END
    ) AS v (etat, valeur, texte)
    CROSS JOIN LATERAL (
        SELECT meme_contenu(p.etat, p.valeur, p.texte, r.ancienne_etat, r.ancienne_valeur, r.ancienne_texte)
    ) AS jugee (applicable)
)
SELECT * FROM suite WHERE ligne IS NOT NULL;

-- La dernière correction qui vaut pour chaque case ; un retour rend la case à ce qui a été reçu.
CREATE TEMP TABLE correction_retenue AS
SELECT s.*, k.depot_id, k.etat <> 'manquant' AS recue,
       -- un rapport arrivé après la correction redit ce qu'elle avait corrigé : elle tient, et cela se dit
       CASE WHEN k.etat <> 'manquant' AND d.recu_le > s.le THEN d.recu_le END AS redite_le
FROM (
    SELECT * FROM correction_suivie WHERE sort = 'appliquee'
    QUALIFY row_number() OVER (PARTITION BY repondant_id, annee, cle, code ORDER BY rang DESC) = 1
) AS n
JOIN cellule_corrigee AS k
    ON k.repondant_id = n.repondant_id AND k.annee = n.annee AND k.cle = n.cle AND k.code = n.code
JOIN interne.saisie_valeur AS s ON s.ligne = n.ligne AND NOT s.retour
LEFT JOIN interne.depot AS d ON d.depot_id = k.depot_id;

UPDATE interne.cellule AS c
SET etat = s.etat, valeur = s.valeur, texte = s.texte, estime = s.estime, saisie = s.ligne, recue = s.recue,
    -- les mots qui entouraient l'ancien nombre n'entourent pas le nouveau ; le motif d'un jalon reste
    remarque = CASE WHEN s.valeur IS NULL THEN c.remarque ELSE s.remarque END,
    remarque_a_relire = s.valeur IS NULL AND c.remarque_a_relire
FROM correction_retenue AS s
WHERE c.depot_id = s.depot_id AND c.rubrique = s.rubrique AND c.objet_id = s.objet_id
  AND c.quartier_id IS NOT DISTINCT FROM s.quartier_id
  AND c.ventilation = s.ventilation AND c.modalite = s.modalite AND c.code = s.code;

-- Saisi là où rien n'est arrivé : la case rejoint le dépôt du répondant, où les contrôles comparent ses réponses ;
-- sans dépôt, celles qu'on a saisies pour lui se comparent entre elles. Elle ne vaut pas réception.
INSERT INTO interne.source_reponse VALUES ('saisie', 4, 'saisie à la main');

INSERT INTO interne.cellule BY NAME
WITH depot AS (
    SELECT d.depot_id, d.fichier, d.repondant_id, d.annee, n.rang,
           list(DISTINCT c.rubrique || ':' || c.objet_id) FILTER (WHERE c.etat <> 'manquant') AS repond
    FROM interne.depot AS d
    JOIN interne.source_reponse AS n ON n.source = d.source
    LEFT JOIN interne.cellule AS c ON c.depot_id = d.depot_id AND c.retenu
    WHERE d.retenu AND EXISTS (SELECT 1 FROM correction_retenue AS s
                               WHERE s.depot_id IS NULL AND s.repondant_id = d.repondant_id AND s.annee = d.annee)
    GROUP BY d.depot_id, d.fichier, d.repondant_id, d.annee, n.rang
)
SELECT coalesce(
           (SELECT first(d.depot_id ORDER BY list_contains(d.repond, s.rubrique || ':' || s.objet_id) DESC NULLS LAST, d.rang,
                                             d.fichier, d.depot_id)
            FROM depot AS d WHERE d.repondant_id = s.repondant_id AND d.annee = s.annee),
           -dense_rank() OVER (ORDER BY s.repondant_id, s.annee)) AS depot_id,
       'saisies/valeurs.csv' AS fichier, 'ligne ' || s.ligne AS cellule,
       CASE WHEN f.fiche_id IS NULL THEN 'structure' ELSE 'fiche' END AS formulaire, 'saisie' AS source,
       s.repondant_id, s.annee, s.rubrique, s.objet_id, i.indicateur_id, s.quartier_id,
       periode_de(i.annee_type, s.annee, s.code) AS periode_id,
       s.ventilation, s.modalite, s.code, s.valeur, s.texte, s.etat, s.remarque, false AS remarque_a_relire, s.estime,
       s.ligne AS saisie, false AS recue,
       -- la règle par laquelle la construction choisit les décisions qui la concernent
       (SELECT coalesce(bool_and(fictif), false) FROM interne.depot WHERE retenu) AS fictif, true AS retenu
FROM correction_retenue AS s
LEFT JOIN interne.indicateur AS i ON s.rubrique = 'i' AND i.indicateur_id = s.objet_id
LEFT JOIN interne.fiche AS f ON f.fiche_id = s.repondant_id
WHERE s.depot_id IS NULL AND s.etat <> 'manquant';

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
