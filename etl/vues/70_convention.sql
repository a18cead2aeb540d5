-- La convention publiée : des vues sur les dimensions, une par objet de docs/entrepot.md.
CREATE VIEW IF NOT EXISTS publication.parametre AS SELECT cle, valeur, libelle FROM interne.parametre;

CREATE VIEW IF NOT EXISTS publication.axe AS SELECT axe_id, rang, titre, referent FROM interne.axe;

CREATE VIEW IF NOT EXISTS publication.fiche AS
SELECT f.fiche_id, f.axe_id, f.rang, f.titre, f.referent_id, f.mesure_phare,
       NOT EXISTS (SELECT 1 FROM interne.ligne AS l WHERE l.fiche_id = f.fiche_id) AS sans_ligne, f.remarque
FROM interne.fiche AS f;

CREATE VIEW IF NOT EXISTS publication.fiche_texte AS SELECT fiche_id, rubrique, rang, texte, source FROM interne.fiche_texte;

CREATE VIEW IF NOT EXISTS publication.ligne_imprimee AS
SELECT ligne_id, fiche_id, resultat_rang, rang, libelle, source, remarque FROM interne.ligne;

CREATE VIEW IF NOT EXISTS publication.indicateur AS
SELECT i.indicateur_id, i.libelle, i.origine, i.nature, i.unite, i.unite_statistique, i.sens,
       i.agregation_structures, i.agregation_periodes, i.repondant,
       CASE WHEN i.repondant = 'structures' THEN
           (SELECT string_agg(t.libelle, ', ' ORDER BY t.rang) FROM interne.indicateur_type AS it
            JOIN interne.type_structure AS t ON t.type_id = it.type_id WHERE it.indicateur_id = i.indicateur_id)
       ELSE coalesce(r.libelle, i.repondant) END AS repondant_libelle,
       i.definition, i.numerateur, i.denominateur, i.annee_type, i.granularite, i.saisie, i.calcul, i.par_quartier,
       i.territoire_de, i.source_existante, i.ordre, i.source
FROM interne.indicateur AS i
LEFT JOIN interne.repondant AS r ON r.repondant_id = i.repondant;

CREATE VIEW IF NOT EXISTS publication.indicateur_ligne AS
SELECT l.indicateur_id, l.ligne_id, l.fiche_id, f.axe_id
FROM interne.indicateur_ligne AS l JOIN interne.fiche AS f ON f.fiche_id = l.fiche_id;

CREATE VIEW IF NOT EXISTS publication.structure AS
SELECT s.structure_id, s.nom, s.type_id AS type, t.libelle AS type_libelle, s.gestionnaire, s.expediteur_id,
       x.nom AS expediteur, s.quartier_id, s.multisite, s.certitude, s.certitude_note, s.adresse, s.code_postal,
       s.ville, s.ouverte_le, s.fermee_le, s.eligible_bonus, s.annexe, s.source
FROM interne.structure AS s
JOIN interne.type_structure AS t ON t.type_id = s.type_id
LEFT JOIN interne.expediteur AS x ON x.expediteur_id = s.expediteur_id;

CREATE VIEW IF NOT EXISTS publication.type_structure AS SELECT type_id, libelle, rang FROM interne.type_structure;

CREATE VIEW IF NOT EXISTS publication.quartier AS SELECT quartier_id, nom, rang, qpv, cite_educative FROM interne.quartier;

CREATE VIEW IF NOT EXISTS publication.repondant AS SELECT repondant_id, libelle FROM interne.repondant;

CREATE VIEW IF NOT EXISTS publication.cible AS SELECT indicateur_id, annee, territoire_id, valeur, origine FROM interne.cible;

CREATE VIEW IF NOT EXISTS publication.croisement AS SELECT fiche_id, liste, code, libelle, origine FROM interne.croisement;

CREATE VIEW IF NOT EXISTS publication.periode AS
SELECT periode_id, genre, annee, libelle, rang FROM interne.periode;

-- Les niveaux d'une échelle sont des modalités publiées : « thème : niveau 3 ».
CREATE VIEW IF NOT EXISTS publication.ventilation AS
SELECT m.ventilation, m.modalite, v.libelle AS ventilation_libelle, m.libelle, m.rang, v.exclusive
FROM interne.modalite AS m JOIN interne.ventilation AS v ON v.ventilation = m.ventilation
UNION ALL
SELECT DISTINCT m.ventilation || '-niveau', m.modalite || '-' || echelle.degre, v.libelle || ', par niveau',
       m.libelle || ' : niveau ' || echelle.degre, 10 * m.rang + echelle.degre, false
FROM interne.modalite AS m
JOIN interne.ventilation AS v ON v.ventilation = m.ventilation
JOIN interne.indicateur_ventilation AS iv ON iv.ventilation = m.ventilation
JOIN interne.indicateur AS i ON i.indicateur_id = iv.indicateur_id AND i.forme = 'niveau'
CROSS JOIN (SELECT unnest([1, 2, 3, 4]) AS degre) AS echelle
UNION ALL
SELECT 'total', 'total', 'Total', 'Total', 0, true;

CREATE VIEW IF NOT EXISTS publication.territoire AS
SELECT 'quartier' AS niveau, quartier_id AS territoire_id, nom, CASE WHEN est_quartier THEN quartier_id END AS quartier_id,
       CAST(NULL AS VARCHAR) AS certitude
FROM interne.lieu
UNION ALL
SELECT 'ville', (SELECT valeur FROM interne.parametre WHERE cle = 'convention.ville_id'),
       (SELECT valeur FROM interne.parametre WHERE cle = 'convention.ville'), NULL, NULL
UNION ALL
SELECT 'structure', structure_id, nom, quartier_id, certitude FROM interne.structure
UNION ALL
SELECT 'iris', code_iris, nom, quartier_id, certitude FROM interne.iris
UNION ALL
-- Un QPV se rattache au quartier prioritaire qui porte son nom (aucune table publiée ne les lie) ; son périmètre
-- reste le sien. Les fichiers par commune ne nomment pas toujours la commune : c'est celle de la convention.
SELECT t.niveau, t.territoire_id,
       CASE WHEN t.niveau = 'commune' AND t.nom = ''
            THEN (SELECT valeur FROM interne.parametre WHERE cle = 'convention.ville') ELSE t.nom END,
       q.quartier_id, NULL
FROM interne.territoire AS t
LEFT JOIN interne.quartier AS q
    ON t.niveau = 'qpv' AND q.qpv
   AND regexp_replace(lower(strip_accents(t.nom)), '^les | \(contour [0-9]+\)$|[^a-z]', '', 'g')
     = regexp_replace(lower(strip_accents(q.nom)), '^les |[^a-z]', '', 'g')
WHERE t.niveau <> 'iris';

CREATE VIEW IF NOT EXISTS publication.diagnostic_variable AS
SELECT source_id, variable_id, niveau, libelle, unite, decimales, additif, source_libelle, producteur, licence, remarque
FROM interne.source_variable;
