-- Les lignes sans identifiant dont le libellé ressemble à celui d'une question : rien n'en est chargé avant qu'une
-- personne ne le confirme.
CREATE VIEW IF NOT EXISTS collecte.rapprochement AS
SELECT r.fichier, r.feuille, r.cellule, r.libelle, r.cle, r.propose, r.score, d.repondant_id, d.annee, d.fictif
FROM interne.rapprochement_lu AS r
JOIN interne.depot AS d ON d.depot_id = r.depot_id
WHERE d.statut <> 'remplace';
