-- La collecte : qui est attendu, ce qui est arrivé, ce qu'il faut corriger, d'où vient chaque nombre.
CREATE VIEW collecte.fichier AS
SELECT f.fichier, f.sha256, f.famille, f.genre, d.feuille, d.formulaire, d.repondant_id,
       CASE WHEN d.formulaire = 'structure' THEN d.repondant_id END AS structure_id,
       d.annee, coalesce(d.statut, f.statut) AS statut, coalesce(d.recu_le, f.recu_le) AS recu_le, d.remplace_par,
       coalesce(d.fictif, false) AS fictif, f.taille, coalesce(d.message, f.message) AS message
FROM interne.fichier AS f
LEFT JOIN interne.depot AS d ON d.fichier = f.fichier;

-- Ce qui a été lu et pourrait dire un petit effectif n'est déjà plus dans l'anomalie (etl/canevas/petits_nombres.py).
-- `remplacee` : le formulaire a été remplacé par un envoi retenu ; il n'y a plus rien à y corriger.
CREATE TABLE collecte.anomalie AS
SELECT
    row_number() OVER (ORDER BY CASE a.gravite WHEN 'bloquant' THEN 1 WHEN 'a_confirmer' THEN 2 ELSE 3 END,
                       a.fichier, a.feuille, a.cellule, a.regle)::INTEGER AS id,
    a.fichier, a.feuille, a.cellule, a.gravite, a.regle, a.message, a.valeur_lue, a.repondant_id, a.annee,
    EXISTS (
        SELECT 1 FROM interne.depot AS d
        JOIN interne.depot AS r
            ON r.retenu AND r.formulaire = d.formulaire AND r.repondant_id = d.repondant_id AND r.annee = d.annee
        WHERE d.fichier = a.fichier AND d.feuille = a.feuille AND NOT d.retenu
          AND (d.statut = 'remplace' OR (d.statut = 'refuse' AND r.recu_le > d.recu_le))
    ) AS remplacee
FROM interne.anomalie AS a;

CREATE VIEW collecte.provenance AS
SELECT c.indicateur_id, CASE WHEN c.formulaire = 'structure' THEN c.repondant_id END AS structure_id,
       c.formulaire, c.repondant_id, c.quartier_id, c.annee, c.periode_id, c.ventilation, c.modalite, c.code,
       c.fichier, c.feuille, c.cellule, c.fictif
FROM interne.cellule AS c
WHERE c.retenu AND c.indicateur_id IS NOT NULL AND c.etat IN ('valeur', 'sans_objet');

-- Un dépôt sans date connue n'est jamais en retard. Un envoi refusé plus récent que celui retenu est à corriger ;
-- des envois que rien ne départage ne valent pas réponse. `raison` : ce qui a fait refuser ou écarter l'envoi.
CREATE VIEW collecte.attendu AS
WITH attendu AS (
    SELECT 'structure' AS formulaire, s.structure_id AS repondant_id, s.expediteur_id, c.annee, c.echeance
    FROM interne.campagne AS c
    JOIN interne.ouverture AS o ON o.annee = c.annee
    JOIN interne.structure AS s ON s.structure_id = o.structure_id
    UNION ALL
    SELECT 'fiche', f.fiche_id, f.referent_id, c.annee, c.echeance
    FROM interne.campagne AS c CROSS JOIN interne.fiche AS f
),
reproche AS (
    SELECT fichier, feuille, min(message) AS message
    FROM interne.anomalie
    WHERE gravite = 'bloquant'
    GROUP BY fichier, feuille
),
arrive AS (
    SELECT d.formulaire, d.repondant_id, d.annee,
        first(struct_pack(d.fichier, d.recu_le, d.statut, d.fictif)
              ORDER BY d.retenu DESC, d.recu_le DESC NULLS LAST, d.fichier) AS dernier,
        max(d.recu_le) FILTER (WHERE NOT d.retenu) AS ecarte_le,
        first(r.message ORDER BY d.recu_le DESC NULLS LAST, d.fichier) FILTER (WHERE NOT d.retenu) AS reproche
    FROM interne.depot AS d
    LEFT JOIN reproche AS r ON r.fichier = d.fichier AND r.feuille = d.feuille
    WHERE d.retenu OR d.statut IN ('refuse', 'ignore')
    GROUP BY d.formulaire, d.repondant_id, d.annee
),
situe AS (
    SELECT *, dernier.statut IN ('refuse', 'ignore') AS sans_reponse, ecarte_le > dernier.recu_le AS corrige_refuse
    FROM arrive
)
SELECT a.formulaire, a.repondant_id, a.expediteur_id, a.annee, a.echeance,
       r.dernier.recu_le AS recu_le,
       CASE
           WHEN r.dernier IS NULL THEN 'attendu'
           WHEN r.sans_reponse THEN 'refuse'
           WHEN r.dernier.statut = 'accepte_partiel' OR r.corrige_refuse THEN 'a_corriger'
           WHEN r.dernier.recu_le::DATE > a.echeance THEN 'en_retard'
           ELSE 'recu'
       END AS statut,
       r.dernier.fichier AS fichier, coalesce(r.dernier.fictif, false) AS fictif,
       CASE WHEN r.sans_reponse OR r.corrige_refuse THEN r.reproche END AS raison
FROM attendu AS a
LEFT JOIN situe AS r
    ON r.formulaire = a.formulaire AND r.repondant_id = a.repondant_id AND r.annee = a.annee
WHERE a.echeance IS NOT NULL OR a.annee IN (SELECT annee FROM interne.depot WHERE retenu);

CREATE VIEW publication.campagne AS
SELECT c.annee, c.echeance,
       count(a.repondant_id) AS nb_attendus,
       count(*) FILTER (WHERE a.statut <> 'attendu') AS nb_recus,
       count(*) FILTER (WHERE a.statut IN ('recu', 'en_retard', 'a_corriger')) AS nb_acceptes,
       coalesce(bool_or(a.fictif), false) AS fictif, c.reference
FROM interne.campagne AS c
LEFT JOIN collecte.attendu AS a ON a.annee = c.annee
GROUP BY c.annee, c.echeance, c.reference;
