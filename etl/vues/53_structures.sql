-- Ce que chaque structure dit d'elle-même : comptes sur trois exercices, vie de la structure.
-- Les effectifs de personnes y suivent la même règle de secret que les mesures ; une part des adhérents est un
-- taux dont le dénominateur est leur nombre : s'il manque, rien ne dit que la part peut être montrée.
INSERT INTO publication.chiffre_clef
SELECT c.repondant_id, c.annee,
       c.annee + CASE c.code WHEN 'n-1' THEN -1 WHEN 'n' THEN 0 ELSE 1 END,
       p.poste_id, p.libelle, p.rang, p.niveau, c.valeur,
       ecrire_mesure(c.valeur, '€'), c.saisie, c.recue
FROM interne.cellule AS c
JOIN interne.poste AS p ON p.poste_id = c.objet_id
WHERE c.retenu AND c.rubrique = 'c' AND c.etat = 'valeur' AND c.valeur IS NOT NULL;

-- Ses trois parts font cent : quand l'une se tait, celles qui la rendraient se taisent avec elle (un zéro ne rend rien).
INSERT INTO publication.vie_structure
WITH jugee AS (
    SELECT
        c.repondant_id, c.annee, h.champ_id, h.libelle, h.unite, c.valeur, c.saisie, c.recue,
        CASE
            WHEN c.etat = 'sans_objet' THEN 'sans_objet'
            WHEN c.valeur IS NULL THEN 'manquant'
            WHEN h.unite = '%' AND (a.valeur IS NULL
                OR rapport_secret(c.valeur * a.valeur / 100, a.valeur, h.unite_statistique, 'taux')) THEN 'secret'
            WHEN h.unite <> '%' AND effectif_secret(c.valeur, h.unite_statistique) THEN 'secret'
            ELSE 'publie'
        END AS etat_seul,
        CASE WHEN etat_seul = 'publie' AND h.unite = '%' AND c.valeur > 0
                  AND bool_or(etat_seul = 'secret' AND h.unite = '%') OVER (
                      PARTITION BY c.repondant_id, c.annee, repartition_des_adherents(h.champ_id))
             THEN 'secret' ELSE etat_seul END AS etat
    FROM interne.cellule AS c
    JOIN interne.champ AS h ON h.champ_id = c.objet_id
    LEFT JOIN interne.cellule AS a
        ON a.retenu AND a.rubrique = 'v' AND a.objet_id = 'adherents'
       AND a.repondant_id = c.repondant_id AND a.annee = c.annee
    WHERE c.retenu AND c.rubrique = 'v'
)
SELECT repondant_id, annee, champ_id, libelle,
    CASE WHEN etat = 'publie' THEN valeur END,
    etat,
    CASE etat
        WHEN 'secret' THEN 'secret statistique'
        WHEN 'manquant' THEN 'non disponible'
        WHEN 'sans_objet' THEN 'sans objet'
        ELSE ecrire_mesure(valeur, unite)
    END,
    saisie, recue
FROM jugee;
