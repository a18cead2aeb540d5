-- Qui doit répondre : les structures ouvertes dans l'année dont le type répond, sinon un seul référent,
-- dans le formulaire de la première fiche de la mesure. On ne compte jamais sur 57 (docs/decisions/01-un-repondant-par-mesure.md).
-- Textes et jalons parlent de l'ensemble : jamais par quartier. Une mesure calculée n'est demandée à personne.
-- Une mesure dont la définition reste à arrêter n'est demandée à personne, ni aucune avant sa première année.
-- `demande` dit aussi les campagnes dont rien n'est encore arrivé ; les agrégats ne comptent que les autres.
CREATE TEMP TABLE campagne_ouverte AS
SELECT annee FROM interne.depot WHERE retenu
UNION
SELECT annee FROM interne.cellule WHERE NOT recue; -- saisie à la main, faute d'avoir rien reçu

CREATE VIEW IF NOT EXISTS interne.demande AS
SELECT i.indicateur_id, 'structure' AS formulaire, s.structure_id AS repondant_id, s.type_id AS type_structure,
       CASE WHEN s.multisite THEN 'ville' ELSE s.quartier_id END AS quartier_id,
       i.par_quartier AND s.multisite AND i.forme NOT IN ('texte', 'jalon') AS par_quartier, o.annee
FROM interne.indicateur AS i
JOIN interne.indicateur_type AS t ON t.indicateur_id = i.indicateur_id
JOIN interne.structure AS s ON s.type_id = t.type_id
JOIN interne.ouverture AS o ON o.structure_id = s.structure_id
JOIN interne.campagne AS c ON c.annee = o.annee
WHERE i.repondant = 'structures' AND i.definition = 'arretee' AND i.saisie <> 'calcul'
  AND c.annee >= coalesce(i.depuis, c.annee)
UNION ALL
SELECT i.indicateur_id, 'fiche', l.fiche_id, 'tous', 'ville',
       i.par_quartier AND i.forme NOT IN ('texte', 'jalon'), c.annee
FROM interne.indicateur AS i
JOIN interne.indicateur_ligne AS l ON l.indicateur_id = i.indicateur_id AND l.formulaire
CROSS JOIN interne.campagne AS c
WHERE i.repondant <> 'structures' AND i.definition = 'arretee' AND i.saisie <> 'calcul'
  AND c.annee >= coalesce(i.depuis, c.annee);

INSERT INTO interne.attendu BY NAME
SELECT d.* FROM interne.demande AS d JOIN campagne_ouverte AS c ON c.annee = d.annee;
