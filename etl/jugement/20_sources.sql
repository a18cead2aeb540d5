-- Mesure par mesure, une seule source compte : toute sa réponse, jamais la moitié de chacune
-- (docs/decisions/12-qui-decide.md). Une source qui n'a que des cases vides ne répond pas.
--   la source choisie par une personne (sources.csv) > le formulaire > le classeur de la structure > un extrait.
-- Quand l'une répond par quartier et l'autre pour l'ensemble, rien ne se mélange : la mesure entière se choisit.
CREATE TABLE interne.source_reponse AS
SELECT source,
       CASE WHEN source = 'formulaire' THEN 1 WHEN starts_with(source, 'classeur:') THEN 2 ELSE 3 END AS rang,
       CASE rang
           WHEN 1 THEN 'formulaire'
           WHEN 2 THEN 'classeur de la structure'
           -- « ISAJE », « Caf » : écrits comme dans la convention
           ELSE 'extrait ' || coalesce(
               (SELECT min(i.source_existante) FROM interne.indicateur AS i
                WHERE lower(strip_accents(i.source_existante)) = source[9:]), upper(source[9:]))
       END AS libelle
FROM (SELECT source FROM interne.depot UNION SELECT source FROM interne.saisie_source);

CREATE TEMP TABLE reponse_source AS
WITH plusieurs AS (
    SELECT formulaire, repondant_id, annee
    FROM interne.depot
    WHERE retenu
    GROUP BY formulaire, repondant_id, annee
    HAVING count(*) > 1
),
lieu AS (
    SELECT c.formulaire, c.repondant_id, c.annee, c.rubrique, c.objet_id, c.source,
           coalesce(c.quartier_id, CASE WHEN NOT s.multisite THEN s.quartier_id END, 'ville') AS lieu,
           bool_or(c.etat <> 'manquant') AS repond
    FROM interne.cellule AS c
    JOIN plusieurs AS p
        ON p.formulaire = c.formulaire AND p.repondant_id = c.repondant_id AND p.annee = c.annee
    LEFT JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.retenu
    GROUP BY c.formulaire, c.repondant_id, c.annee, c.rubrique, c.objet_id, c.source, lieu
),
melange AS (
    SELECT formulaire, repondant_id, annee, rubrique, objet_id
    FROM lieu
    WHERE repond
    GROUP BY formulaire, repondant_id, annee, rubrique, objet_id
    HAVING count(DISTINCT source) > 1 AND bool_or(lieu = 'ville') AND bool_or(lieu <> 'ville')
)
SELECT l.*, CASE WHEN m.objet_id IS NULL THEN l.lieu ELSE 'ensemble' END AS groupe
FROM lieu AS l
LEFT JOIN melange AS m
    ON m.formulaire = l.formulaire AND m.repondant_id = l.repondant_id AND m.annee = l.annee
   AND m.rubrique = l.rubrique AND m.objet_id = l.objet_id;

CREATE TEMP TABLE choix_source AS
SELECT * FROM interne.saisie_source
QUALIFY row_number() OVER (PARTITION BY repondant_id, annee, indicateur_id ORDER BY le DESC, ligne DESC) = 1;

CREATE TEMP TABLE source_classee AS
WITH groupee AS (
    SELECT formulaire, repondant_id, annee, rubrique, objet_id, groupe, source, bool_or(repond) AS repond
    FROM reponse_source
    GROUP BY formulaire, repondant_id, annee, rubrique, objet_id, groupe, source
)
SELECT g.*, c.ligne AS choisie,
       row_number() OVER (
           PARTITION BY g.formulaire, g.repondant_id, g.annee, g.rubrique, g.objet_id, g.groupe
           ORDER BY g.repond DESC, c.ligne IS NULL, n.rang, g.source
       ) = 1 AS retenue
FROM groupee AS g
JOIN interne.source_reponse AS n ON n.source = g.source
LEFT JOIN choix_source AS c
    ON g.rubrique = 'i' AND c.repondant_id = g.repondant_id AND c.annee = g.annee
   AND c.indicateur_id = g.objet_id AND c.source = g.source;

UPDATE interne.cellule AS c SET retenu = false
FROM reponse_source AS r
JOIN source_classee AS s
    ON s.formulaire = r.formulaire AND s.repondant_id = r.repondant_id AND s.annee = r.annee
   AND s.rubrique = r.rubrique AND s.objet_id = r.objet_id AND s.groupe = r.groupe AND s.source = r.source
LEFT JOIN interne.structure AS t ON t.structure_id = r.repondant_id
WHERE c.retenu AND NOT s.retenue
  AND c.formulaire = r.formulaire AND c.repondant_id = r.repondant_id AND c.annee = r.annee
  AND c.rubrique = r.rubrique AND c.objet_id = r.objet_id AND c.source = r.source
  AND coalesce(c.quartier_id, CASE WHEN NOT t.multisite THEN t.quartier_id END, 'ville') = r.lieu;
