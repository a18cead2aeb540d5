-- Les mots des rapports. Un texte « à relire » (un nom, un détail de santé) attend qu'une personne le libère.
CREATE VIEW IF NOT EXISTS publication.qualitatif AS
SELECT
    CASE WHEN c.formulaire = 'structure' THEN c.repondant_id END AS structure_id,
    CASE WHEN c.formulaire = 'fiche' THEN c.repondant_id END AS fiche_id,
    c.annee, c.objet_id AS rubrique, r.libelle AS rubrique_libelle, r.rang, c.texte, c.fictif
FROM interne.cellule AS c
JOIN interne.rubrique AS r ON r.rubrique_id = c.objet_id
WHERE c.retenu AND c.rubrique = 't' AND c.etat = 'valeur' AND c.texte IS NOT NULL
UNION ALL
SELECT
    CASE WHEN c.formulaire = 'structure' THEN c.repondant_id END,
    (SELECT l.fiche_id FROM interne.indicateur_ligne AS l WHERE l.indicateur_id = i.indicateur_id AND l.formulaire),
    c.annee, i.indicateur_id, i.libelle, 1000 + i.ordre, c.texte, c.fictif
FROM interne.cellule AS c
JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id AND i.forme = 'texte'
WHERE c.retenu AND c.etat = 'valeur' AND c.texte IS NOT NULL;
