-- Indicateur × année × répondant : ce que l'on sait, ce que l'on ne sait pas, et pourquoi. Jamais une valeur.
-- Une mesure calculée se sait quand ses deux termes se savent ; une évolution, quand sa mesure se sait.
CREATE TABLE interne.reponse_connue (
    indicateur_id VARCHAR NOT NULL,
    repondant_id  VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    etat          VARCHAR CHECK (etat IN ('disponible', 'masque', 'sans_objet', 'refuse')),
    fichier       VARCHAR,
    raison        VARCHAR,
    PRIMARY KEY (indicateur_id, repondant_id, annee)
);

INSERT INTO interne.reponse_connue
WITH repondu AS (
    SELECT indicateur_id, repondant_id, annee,
           CASE WHEN bool_or(etat = 'publie') THEN 'disponible' WHEN bool_or(etat = 'sans_objet') THEN 'sans_objet' END
               AS etat
    FROM interne.fait
    WHERE ventilation = 'total'
    GROUP BY indicateur_id, repondant_id, annee
),
-- masqué : aucune période du répondant ne montre de nombre, une au moins est secrète
masque AS (
    SELECT m.indicateur_id, coalesce(l.fiche_id, m.territoire_id) AS repondant_id, m.annee
    FROM publication.mesure AS m
    JOIN interne.indicateur AS i ON i.indicateur_id = m.indicateur_id
    LEFT JOIN interne.indicateur_ligne AS l
        ON l.indicateur_id = m.indicateur_id AND l.formulaire AND i.repondant <> 'structures'
    WHERE m.perimetre = 'tous' AND m.ventilation = 'total'
      AND CASE WHEN i.repondant = 'structures' THEN m.niveau = 'structure'
               ELSE m.niveau = 'ville' AND m.type_structure = 'tous' END
    GROUP BY m.indicateur_id, coalesce(l.fiche_id, m.territoire_id), m.annee
    HAVING bool_or(m.etat = 'secret') AND NOT bool_or(m.etat = 'publie')
),
lu AS (
    SELECT c.indicateur_id, c.repondant_id, c.annee, min(c.fichier) AS fichier, bool_or(c.etat = 'refuse') AS refuse,
           bool_or(c.etat = 'a_relire') AND NOT bool_or(c.etat = 'valeur') AS a_relire, min(a.message) AS reproche,
           NOT bool_or(c.recue) AS saisie
    FROM interne.cellule AS c
    LEFT JOIN interne.anomalie AS a
        ON a.gravite = 'bloquant' AND a.fichier = c.fichier AND a.feuille IS NOT DISTINCT FROM c.feuille
       AND a.cellule = c.cellule
    WHERE c.retenu AND c.indicateur_id IS NOT NULL AND c.etat <> 'manquant'
    GROUP BY c.indicateur_id, c.repondant_id, c.annee
)
SELECT l.indicateur_id, l.repondant_id, l.annee,
       CASE
           WHEN r.etat = 'disponible' AND m.repondant_id IS NOT NULL THEN 'masque'
           WHEN r.etat IS NOT NULL THEN r.etat
           WHEN l.refuse THEN 'refuse'
       END,
       l.fichier,
       CASE WHEN r.etat IS NULL AND l.refuse THEN l.reproche
            WHEN l.a_relire THEN 'Texte reçu, à relire avant diffusion.'
            WHEN l.saisie THEN 'Saisie à la main : rien n’a été reçu.' END
FROM lu AS l
LEFT JOIN repondu AS r
    ON r.indicateur_id = l.indicateur_id AND r.repondant_id = l.repondant_id AND r.annee = l.annee
LEFT JOIN masque AS m
    ON m.indicateur_id = l.indicateur_id AND m.repondant_id = l.repondant_id AND m.annee = l.annee;

CREATE VIEW IF NOT EXISTS collecte.couverture AS
WITH saisie AS (
    SELECT d.indicateur_id, d.formulaire, d.repondant_id, d.annee,
           CASE
               WHEN c.etat IS NOT NULL THEN c.etat
               WHEN a.statut = 'refuse' THEN 'refuse'
               WHEN a.statut = 'attendu' AND a.jours_de_retard > 0 THEN 'en_retard'
               WHEN a.statut = 'attendu' THEN 'attendu'
               ELSE 'manquant'
           END AS etat,
           coalesce(c.fichier, a.fichier) AS fichier,
           CASE WHEN c.etat IS NOT NULL THEN c.raison WHEN a.statut = 'refuse' THEN a.raison END AS raison
    FROM interne.demande AS d
    JOIN collecte.attendu AS a
        ON a.formulaire = d.formulaire AND a.repondant_id = d.repondant_id AND a.annee = d.annee
    LEFT JOIN interne.reponse_connue AS c
        ON c.indicateur_id = d.indicateur_id AND c.repondant_id = d.repondant_id AND c.annee = d.annee
),
-- du pire au meilleur : un calcul vaut ce que vaut son terme le moins connu
rang AS (
    SELECT unnest(['refuse', 'en_retard', 'attendu', 'manquant', 'sans_objet', 'masque', 'disponible']) AS etat,
           unnest(range(7)) AS rang
),
calcul AS (
    SELECT i.indicateur_id, s.formulaire, s.repondant_id, s.annee,
           -- à rang égal, le premier des deux termes : toujours le même
           min_by(s.etat, row(r.rang, s.indicateur_id)) AS etat, min_by(s.fichier, row(r.rang, s.indicateur_id)) AS fichier,
           min_by(s.raison, row(r.rang, s.indicateur_id)) AS raison
    FROM interne.indicateur AS i
    JOIN saisie AS s ON s.indicateur_id IN (i.operande_a, i.operande_b)
    JOIN rang AS r ON r.etat = s.etat
    WHERE i.saisie = 'calcul' AND i.definition = 'arretee'
    GROUP BY i.indicateur_id, s.formulaire, s.repondant_id, s.annee
    HAVING count(*) = CASE WHEN any_value(i.operande_b) IS NULL THEN 1 ELSE 2 END
),
demandee AS (
    SELECT * FROM saisie UNION ALL BY NAME SELECT * FROM calcul
)
SELECT indicateur_id, formulaire, repondant_id, annee, etat, fichier, raison FROM demandee
UNION ALL
SELECT i.indicateur_id, a.formulaire, a.repondant_id, a.annee, 'non_demande', NULL,
       CASE
           WHEN i.definition = 'a_arreter' THEN 'Définition à arrêter' || coalesce(' par : ' || p.libelle, '') || '.'
           WHEN i.repondant <> 'structures' THEN 'Demandé à : ' || coalesce(p.libelle, i.repondant) || '.'
           ELSE 'N’est pas demandé à ce répondant.'
       END
FROM interne.indicateur AS i
CROSS JOIN collecte.attendu AS a
LEFT JOIN interne.repondant AS p ON p.repondant_id = i.repondant
WHERE NOT EXISTS (
    SELECT 1 FROM demandee AS d
    WHERE d.indicateur_id = i.indicateur_id AND d.repondant_id = a.repondant_id AND d.annee = a.annee
      AND d.formulaire = a.formulaire
);
