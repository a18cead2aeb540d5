-- Où en est chaque formulaire attendu d'une campagne.
-- Un dépôt sans date connue n'est jamais en retard. Un envoi refusé plus récent que celui retenu est à corriger ;
-- des envois que rien ne départage ne valent pas réponse. `raison` : ce qui a fait refuser ou écarter l'envoi, ou ce
-- qui n'a pas été chargé. Aujourd'hui est le jour de la construction : un entrepôt dit toujours la même chose.
CREATE VIEW IF NOT EXISTS collecte.attendu AS
WITH attendu AS (
    SELECT 'structure' AS formulaire, s.structure_id AS repondant_id, s.expediteur_id, c.annee, c.echeance
    FROM interne.campagne AS c
    JOIN interne.ouverture AS o ON o.annee = c.annee
    JOIN interne.structure AS s ON s.structure_id = o.structure_id
    UNION ALL
    SELECT 'fiche', f.fiche_id, f.referent_id, c.annee, coalesce(c.echeance_fiches, c.echeance)
    FROM interne.campagne AS c CROSS JOIN interne.fiche AS f
),
reproche AS (
    SELECT depot_id, min(message) AS message
    FROM interne.anomalie_de_depot
    WHERE gravite = 'bloquant' AND entree IS NULL
    GROUP BY depot_id
),
arrive AS (
    SELECT d.formulaire, d.repondant_id, d.annee,
        -- celui qui répond est le formulaire, à défaut le premier classeur : les autres complètent, quand ils peuvent
        first(struct_pack(d.fichier, d.recu_le, d.statut, d.fictif)
              ORDER BY d.source <> 'formulaire', d.recu_le NULLS FIRST, d.fichier) FILTER (WHERE d.retenu) AS reponse,
        first(struct_pack(d.fichier, d.recu_le, d.statut, d.fictif)
              ORDER BY d.recu_le DESC NULLS LAST, d.fichier) FILTER (WHERE NOT d.retenu) AS ecarte,
        max(d.recu_le) FILTER (WHERE d.retenu) AS complete_le,
        -- un formulaire et un classeur peuvent compter tous deux : la faute de l'un reste à corriger
        bool_or(d.retenu AND d.statut = 'accepte_partiel') AS partiel,
        first(r.message ORDER BY d.recu_le DESC NULLS LAST, d.fichier) FILTER (WHERE d.retenu AND r.message IS NOT NULL)
            AS reproche_retenu,
        first(r.message ORDER BY d.recu_le DESC NULLS LAST, d.fichier) FILTER (WHERE NOT d.retenu) AS reproche
    FROM interne.depot AS d
    LEFT JOIN reproche AS r ON r.depot_id = d.depot_id
    -- un extrait de la Caf ou d'ISAJE complète une réponse, il n'en tient pas lieu
    WHERE (d.retenu OR d.statut IN ('refuse', 'ignore')) AND d.source NOT LIKE 'extrait:%'
    GROUP BY d.formulaire, d.repondant_id, d.annee
),
situe AS (
    SELECT *, coalesce(reponse, ecarte) AS dernier, reponse IS NULL AS sans_reponse,
           ecarte.recu_le > complete_le AS corrige_refuse
    FROM arrive
),
juge AS (
    SELECT a.*, r.dernier.recu_le AS recu_le, r.dernier.fichier AS fichier, coalesce(r.dernier.fictif, false) AS fictif,
           CASE
               WHEN r.dernier IS NULL THEN 'attendu'
               WHEN r.sans_reponse THEN 'refuse'
               WHEN r.partiel OR r.corrige_refuse THEN 'a_corriger'
               WHEN r.dernier.recu_le::DATE > a.echeance THEN 'en_retard'
               ELSE 'recu'
           END AS statut,
           CASE WHEN r.sans_reponse OR r.corrige_refuse THEN r.reproche ELSE r.reproche_retenu END AS raison
    FROM attendu AS a
    LEFT JOIN situe AS r
        ON r.formulaire = a.formulaire AND r.repondant_id = a.repondant_id AND r.annee = a.annee
),
-- le jour qui compte : celui où la réponse est arrivée, aujourd'hui pour qui n'a pas encore répondu
arrete AS (
    SELECT j.*, CASE WHEN j.statut IN ('attendu', 'refuse') THEN v.construit_le ELSE j.recu_le END::DATE AS arrete_le
    FROM juge AS j CROSS JOIN publication.convention AS v
)
SELECT j.formulaire, j.repondant_id, j.expediteur_id, j.annee, j.echeance, j.recu_le, j.statut, j.fichier, j.fictif,
       j.raison,
       CASE
           WHEN j.arrete_le > j.echeance THEN j.arrete_le - j.echeance
           WHEN j.arrete_le <= j.echeance THEN 0
       END AS jours_de_retard
FROM arrete AS j
WHERE j.echeance IS NOT NULL OR j.annee IN (SELECT annee FROM interne.depot WHERE retenu);

CREATE VIEW IF NOT EXISTS publication.campagne AS
SELECT c.annee, c.echeance,
       count(a.repondant_id) AS nb_attendus,
       count(*) FILTER (WHERE a.statut <> 'attendu') AS nb_recus,
       count(*) FILTER (WHERE a.statut IN ('recu', 'en_retard', 'a_corriger')) AS nb_acceptes,
       coalesce(bool_or(a.fictif), false) AS fictif, c.reference
FROM interne.campagne AS c
LEFT JOIN collecte.attendu AS a ON a.annee = c.annee
GROUP BY c.annee, c.echeance, c.reference;

-- Qui envoie : gestionnaires, associations et référents ; deux homonymes se distinguent par leur identifiant.
CREATE VIEW IF NOT EXISTS collecte.expediteur AS
SELECT expediteur_id,
       CASE WHEN count(*) OVER (PARTITION BY nom) > 1 THEN nom || ' (' || expediteur_id || ')' ELSE nom END AS nom
FROM (
    SELECT expediteur_id, nom FROM interne.expediteur
    UNION ALL
    SELECT repondant_id, libelle FROM interne.repondant
);
