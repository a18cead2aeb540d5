-- Chaque agrégat attendu reçoit sa valeur, son état et sa raison ; ce qui est trop petit se tait ici
-- (ctg/confidentialite.py), et plus loin ce qui le rendrait (35), avant que rien n'entre dans `publication`.
-- Les pourcentages sont en points (84,6), comme dans les formulaires.
CREATE TEMP TABLE mesure_jugee AS
WITH calculee AS (
    SELECT
        a.*, i.forme, i.nature, i.unite, i.unite_statistique, i.agregation_structures, i.agregation_periodes,
        CASE WHEN i.forme = 'rapport' THEN i.facteur * a.numerateur / nullif(a.denominateur, 0) ELSE a.somme END
            AS valeur,
        -- Une réponse de structure qui ne s'agrège pas n'a de valeur que dans sa structure ;
        -- une échelle n'a de valeur que par thème.
        a.niveau <> 'structure' AND i.repondant = 'structures' AND i.agregation_structures = 'aucune'
            AS sans_agregat,
        i.forme = 'niveau' AND a.ventilation = 'total' AS sans_moyenne,
        i.agregation_periodes = 'aucune' AND i.granularite = 'trimestre'
            AND a.periode_id NOT LIKE '%-T_' AS sans_cumul
    FROM agregat AS a
    JOIN interne.indicateur AS i ON i.indicateur_id = a.indicateur_id
    WHERE i.forme <> 'evolution' AND NOT (i.forme = 'niveau' AND a.niveau <> 'structure' AND a.ventilation <> 'total')
)
SELECT
    *,
    CASE
        WHEN sans_agregat OR sans_moyenne OR sans_cumul OR nb_attendues = 0 THEN 'sans_objet'
        WHEN nb_repondantes = 0 THEN 'manquant'
        WHEN forme = 'rapport' AND denominateur = 0 THEN 'sans_objet'
        WHEN forme = 'rapport' AND rapport_secret(numerateur, denominateur, unite_statistique, nature) THEN 'secret'
        WHEN forme = 'nombre' AND nombre_secret(valeur, numerateur, denominateur, unite_statistique) THEN 'secret'
        ELSE 'publie'
    END AS etat,
    CASE
        WHEN sans_moyenne THEN 'Une échelle ne se moyenne pas : lire la répartition par thème et par niveau.'
        WHEN sans_agregat THEN 'Ne s’additionne pas d’une structure à l’autre : lire les réponses par structure.'
        WHEN sans_cumul THEN 'Des personnes différentes ne s’additionnent pas d’un trimestre à l’autre.'
        WHEN nb_attendues = 0 THEN 'Sans objet pour tous les répondants.'
        WHEN nb_repondantes = 0 AND perimetre = 'constant' THEN 'Aucun répondant n’a répondu les deux années.'
        WHEN nb_repondantes = 0 THEN 'Aucune réponse reçue.'
        WHEN forme = 'rapport' AND denominateur = 0 THEN 'Aucun cas : le dénominateur est nul.'
        WHEN etat = 'secret' THEN raison_du_secret(nature, NULL)
    END AS raison
FROM calculee;

-- Un montant divisé par la bourse ordinaire rend le nombre de bourses : il se tait partout où ce nombre se tait.
UPDATE mesure_jugee AS m SET etat = 'secret', raison = raison_du_secret(m.nature, i.secret_avec)
FROM interne.indicateur AS i, mesure_jugee AS s
WHERE i.indicateur_id = m.indicateur_id AND s.indicateur_id = i.secret_avec AND m.etat = 'publie' AND s.etat = 'secret'
  AND s.niveau = m.niveau AND s.territoire_id = m.territoire_id AND s.type_structure = m.type_structure
  AND s.perimetre = m.perimetre AND s.periode_id = m.periode_id
  AND s.ventilation = m.ventilation AND s.modalite = m.modalite;

-- Un texte reçu que personne n'a encore relu n'est pas publié.
UPDATE mesure_jugee AS m SET etat = 'manquant', raison = 'Texte reçu, à relire avant diffusion.'
WHERE m.forme = 'texte' AND m.etat = 'publie'
  AND NOT EXISTS (
      SELECT 1 FROM interne.cellule AS c
      WHERE c.retenu AND c.indicateur_id = m.indicateur_id AND c.annee = m.annee AND c.code = 'texte'
        AND c.etat = 'valeur' AND (m.niveau = 'ville' OR c.repondant_id = m.territoire_id)
  );

INSERT INTO mesure_jugee BY NAME
SELECT
    r.* EXCLUDE (effectif), r.effectif AS valeur, 'nombre' AS forme, i.nature, 'structures' AS unite,
    'structure' AS unite_statistique, i.agregation_structures,
    CASE WHEN r.nb_attendues = 0 THEN 'sans_objet' WHEN r.nb_repondantes = 0 THEN 'manquant' ELSE 'publie' END AS etat,
    CASE WHEN r.nb_attendues = 0 THEN 'Sans objet pour tous les répondants.'
         WHEN r.nb_repondantes = 0 THEN 'Aucune réponse reçue.' END AS raison
FROM repartition AS r
JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id;

-- Demandée à personne, la mesure dont la définition reste à arrêter figure sans nombre.
INSERT INTO mesure_jugee BY NAME
SELECT
    i.indicateur_id, 'ville' AS niveau, getvariable('ville_id') AS territoire_id, 'tous' AS type_structure, 'tous' AS perimetre,
    g.annee, g.periode_id, 'total' AS ventilation, 'total' AS modalite, 0 AS nb_repondantes, 0 AS nb_attendues,
    false AS fictif, i.forme, i.nature, i.unite, i.unite_statistique, i.agregation_structures, 'manquant' AS etat,
    'Définition à arrêter' || coalesce(' par : ' || r.libelle, '') || '.' AS raison
FROM interne.indicateur AS i
JOIN grain AS g ON g.indicateur_id = i.indicateur_id AND g.annuelle
JOIN mesure_a_refaire AS m ON m.indicateur_id = i.indicateur_id
LEFT JOIN interne.repondant AS r ON r.repondant_id = i.repondant
WHERE i.definition = 'a_arreter';
