-- Ce que les choix de sources et les corrections laissent à décider, dans la file « À corriger ».
INSERT INTO interne.anomalie BY NAME
SELECT 'saisies/valeurs.csv' AS fichier, 'ligne ' || s.ligne AS cellule, 'a_confirmer' AS gravite,
       'correction_perimee' AS regle,
       'Correction non appliquée : « ' || m.objet || ' », ' || m.qui || ', ' || s.annee || '. '
       || CASE WHEN v.ligne IS NULL THEN 'Cette campagne n’est pas ouverte : vérifier l’année.'
               WHEN k.depot_id IS NULL THEN 'La réponse qu’elle corrigeait n’est plus là.'
               ELSE 'La valeur reçue a changé depuis : la correction partait d’une autre.' END
       || CASE WHEN v.ligne IS NULL THEN ''
               ELSE ' Dans « Décider », corriger de nouveau, ou reprendre la valeur reçue.' END AS message,
       s.repondant_id, s.annee
FROM interne.saisie_valeur AS s
LEFT JOIN correction_suivie AS v ON v.ligne = s.ligne
LEFT JOIN cellule_corrigee AS k
    ON k.repondant_id = s.repondant_id AND k.annee = s.annee AND k.cle = s.cle AND k.code = s.code
JOIN saisie_nommee AS m ON m.ligne = s.ligne
WHERE coalesce(v.sort, 'perimee') = 'perimee'
  -- qui a décidé de nouveau sur la même case, en sachant ce qu'elle contient, a répondu
  AND NOT EXISTS (SELECT 1 FROM correction_suivie AS n
                  WHERE n.repondant_id = s.repondant_id AND n.annee = s.annee AND n.cle = s.cle AND n.code = s.code
                    AND n.rang > v.rang AND n.sort <> 'perimee');

INSERT INTO interne.anomalie BY NAME
SELECT 'saisies/valeurs.csv' AS fichier, 'ligne ' || s.ligne AS cellule, 'information' AS gravite,
       'correction_maintenue' AS regle,
       'Un rapport reçu le ' || strftime(s.redite_le, '%d/%m/%Y') || ' redit la valeur corrigée à la main le '
       || strftime(s.le, '%d/%m/%Y') || ' : « ' || m.objet || ' », ' || m.qui || ', ' || s.annee
       || '. La correction compte toujours ; si le rapport a raison, « Reprendre la valeur reçue » dans « Décider ».' AS message,
       s.repondant_id, s.annee
FROM correction_retenue AS s
JOIN saisie_nommee AS m ON m.ligne = s.ligne
WHERE s.redite_le IS NOT NULL;

INSERT INTO interne.anomalie BY NAME
SELECT 'saisies/sources.csv' AS fichier, 'ligne ' || c.ligne AS cellule, 'a_confirmer' AS gravite,
       'source_absente' AS regle,
       'Source choisie sans réponse : ' || n.libelle || ', pour « ' || i.libelle
       || ' », ' || coalesce(t.nom, c.repondant_id) || ', ' || c.annee
       || '. L’ordre habituel des sources s’applique ; choisir de nouveau, ou laisser.' AS message,
       c.repondant_id, c.annee
FROM choix_source AS c
JOIN interne.source_reponse AS n ON n.source = c.source
JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
LEFT JOIN interne.structure AS t ON t.structure_id = c.repondant_id
WHERE NOT EXISTS (
    SELECT 1 FROM interne.cellule AS x
    WHERE x.rubrique = 'i' AND x.repondant_id = c.repondant_id AND x.annee = c.annee AND x.retenu
      AND x.objet_id = c.indicateur_id AND x.source = c.source AND x.etat <> 'manquant'
);

-- Deux sources qui répondent à la même chose se montrent côte à côte, la retenue avec sa raison. Quand l'une répond par
-- quartier et l'autre pour l'ensemble (groupe « ensemble »), ce sont leurs sommes qui se comparent.
CREATE TEMP TABLE source_dite AS
WITH dite AS (
    SELECT c.indicateur_id, c.formulaire, c.repondant_id, c.annee, c.periode_id, r.lieu, r.groupe, c.ventilation, c.modalite,
           c.source, min(c.fichier) AS fichier, min(c.feuille) AS feuille,
           string_agg(c.cellule, ', ' ORDER BY c.code) AS cellule,
           max(c.valeur) FILTER (WHERE c.code NOT IN ('numerateur', 'satisfaits', 'denominateur', 'repondants', 'proposes'))
               AS nombre,
           max(c.valeur) FILTER (WHERE c.code IN ('numerateur', 'satisfaits')) AS numerateur,
           max(c.valeur) FILTER (WHERE c.code IN ('denominateur', 'repondants')) AS denominateur,
           string_agg(c.texte, ' ; ' ORDER BY c.code) AS texte,
           bool_or(c.etat = 'refuse') AS illisible, bool_or(c.etat = 'sans_objet') AS sans_objet,
           max(c.saisie) AS saisie
    FROM interne.cellule AS c
    JOIN interne.depot AS d ON d.depot_id = c.depot_id AND d.retenu
    LEFT JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    JOIN reponse_source AS r
        ON r.rubrique = 'i' AND r.formulaire = c.formulaire AND r.repondant_id = c.repondant_id AND r.annee = c.annee
       AND r.objet_id = c.indicateur_id AND r.source = c.source
       AND r.lieu = coalesce(c.quartier_id, CASE WHEN NOT s.multisite THEN s.quartier_id END, 'ville')
    WHERE c.etat <> 'manquant'
    GROUP BY ALL
),
comparee AS (
    SELECT d.*, s.retenue, s.choisie, n.libelle AS source_libelle, n.rang, i.libelle, i.unite, i.unite_statistique, i.nature,
           hash(sum(d.nombre) OVER reponse_entiere, sum(d.numerateur) OVER reponse_entiere,
                sum(d.denominateur) OVER reponse_entiere, max(d.texte) OVER reponse_entiere,
                bool_or(d.illisible) OVER reponse_entiere, bool_and(d.sans_objet) OVER reponse_entiere) AS dit
    FROM dite AS d
    JOIN source_classee AS s
        ON s.rubrique = 'i' AND s.formulaire = d.formulaire AND s.repondant_id = d.repondant_id AND s.annee = d.annee
       AND s.objet_id = d.indicateur_id AND s.groupe = d.groupe AND s.source = d.source
    JOIN interne.source_reponse AS n ON n.source = d.source
    JOIN interne.indicateur AS i ON i.indicateur_id = d.indicateur_id
    WINDOW reponse_entiere AS (PARTITION BY d.formulaire, d.repondant_id, d.annee, d.indicateur_id, d.periode_id, d.groupe,
                                            d.ventilation, d.modalite, d.source)
),
cote_a_cote AS (
    SELECT *,
        min(dit) OVER meme_chose <> max(dit) OVER meme_chose AS differe,
        count(DISTINCT source) OVER meme_chose > 1 AS dite_deux_fois,
        count(DISTINCT source) OVER groupe_entier AS nb_sources
    FROM comparee
    WINDOW meme_chose AS (PARTITION BY repondant_id, annee, indicateur_id, periode_id, groupe, ventilation, modalite),
           groupe_entier AS (PARTITION BY repondant_id, annee, indicateur_id, groupe)
)
SELECT c.indicateur_id, c.repondant_id, c.annee, c.periode_id AS periode, c.lieu, c.groupe, c.ventilation, c.modalite,
       c.source, c.source_libelle, c.fichier, c.feuille, c.cellule,
       CASE
           WHEN c.illisible THEN 'illisible'
           WHEN c.nombre IS NOT NULL THEN
               CASE WHEN effectif_secret(c.nombre, c.unite_statistique)
                      OR est_parlante('i', c.indicateur_id, c.repondant_id, c.annee) THEN 'secret statistique'
                    ELSE ecrire_mesure(c.nombre, c.unite) END
           WHEN coalesce(c.numerateur, c.denominateur) IS NOT NULL THEN
               CASE WHEN rapport_secret(c.numerateur, coalesce(c.denominateur, 0), c.unite_statistique, c.nature)
                    THEN 'secret statistique'
                    ELSE coalesce(ecrire_mesure(c.numerateur, ''), '?') || ' sur '
                         || coalesce(ecrire_mesure(c.denominateur, ''), '?') END
           WHEN c.sans_objet THEN 'sans objet'
           ELSE 'réponse rédigée'
       END AS affichage,
       c.differe, c.retenue AS retenu,
       CASE
           WHEN NOT c.retenue THEN 'écartée'
           WHEN c.choisie IS NOT NULL THEN 'choisie le ' || strftime(x.le, '%d/%m/%Y') || ' par : ' || f.libelle
               || '. ' || x.raison
           WHEN c.saisie IS NOT NULL THEN 'corrigée à la main'
           WHEN c.rang = 1 AND c.dite_deux_fois AND NOT c.differe THEN 'confirmée par la structure : son formulaire dit la même chose'
           WHEN c.rang = 1 THEN 'le formulaire de la structure passe avant les autres sources'
           WHEN c.rang = 2 THEN 'le classeur de la structure passe avant un extrait'
           ELSE 'première par ordre alphabétique, faute d’un choix'
       END AS raison
FROM cote_a_cote AS c
LEFT JOIN interne.saisie_source AS x ON x.ligne = c.choisie
LEFT JOIN interne.fonction AS f ON f.fonction_id = x.fonction
WHERE c.nb_sources > 1;

CREATE TABLE collecte.source_retenue AS
SELECT * EXCLUDE (groupe) FROM source_dite;

-- Là où la source retenue ne dit rien, ce que disent les autres ne compte pas : rien à décider.
INSERT INTO interne.anomalie BY NAME
WITH differente AS (
    SELECT max(r.fichier) FILTER (WHERE r.retenu) AS fichier, max(r.feuille) FILTER (WHERE r.retenu) AS feuille,
           max(r.cellule) FILTER (WHERE r.retenu) AS cellule,
           'Deux sources diffèrent pour « ' || i.libelle || ' », ' || coalesce(t.nom, r.repondant_id)
           || CASE WHEN r.groupe = 'ensemble' THEN '' ELSE coalesce(' (' || max(q.nom) || ')', '') END
           || ', ' || r.periode || ' : ' AS debut,
           string_agg(r.source_libelle || ' ' || r.affichage
                      || CASE WHEN r.groupe = 'ensemble' THEN coalesce(' (' || q.nom || ')', '') ELSE '' END,
                      ' ; ' ORDER BY r.retenu DESC, r.source, q.rang) AS dites,
           '. La première compte. Dans « Décider », la garder ou choisir l’autre, avec la raison.' AS suite,
           r.repondant_id, r.annee
    FROM source_dite AS r
    JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id
    LEFT JOIN interne.structure AS t ON t.structure_id = r.repondant_id
    LEFT JOIN interne.quartier AS q ON q.quartier_id = r.lieu AND t.multisite
    WHERE r.differe AND r.ventilation = 'total'
      AND NOT EXISTS (SELECT 1 FROM choix_source AS c
                      WHERE c.repondant_id = r.repondant_id AND c.annee = r.annee AND c.indicateur_id = r.indicateur_id
                        AND c.source IN (SELECT source FROM collecte.source_retenue AS m
                                         WHERE m.retenu AND m.repondant_id = r.repondant_id AND m.annee = r.annee
                                           AND m.indicateur_id = r.indicateur_id))
    GROUP BY i.libelle, t.nom, r.repondant_id, r.annee, r.indicateur_id, r.periode, r.groupe
    HAVING bool_or(r.retenu)
)
SELECT fichier, feuille, cellule, 'a_confirmer' AS gravite, 'sources_differentes' AS regle,
       debut || dites || suite AS message, debut || '(non montré)' || suite AS message_tu, repondant_id, annee
FROM differente;
