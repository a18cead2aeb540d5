-- Trimestre → semestre → année civile, pour un même répondant, et seulement quand tous les enfants sont là
-- (docs/decisions/02-ce-qui-s-additionne.md). Une année scolaire n'a pas d'enfants. « sans objet » est une réponse.
-- L'année qu'un répondant a donnée lui-même passe avant la somme de ses trimestres.
-- Des personnes différentes ne s'additionnent jamais d'une période à l'autre : `aucune` n'a pas de parent.
INSERT INTO interne.fait
SELECT
    f.indicateur_id, f.formulaire, f.repondant_id, f.quartier_id, f.annee, p.parent_id, f.ventilation, f.modalite,
    CASE WHEN bool_and(f.etat = 'sans_objet') THEN 'sans_objet' ELSE 'publie' END,
    CASE i.agregation_periodes WHEN 'derniere' THEN max_by(f.valeur, p.enfant_id) ELSE sum(f.valeur) END,
    CASE i.agregation_periodes WHEN 'derniere' THEN max_by(f.numerateur, p.enfant_id) ELSE sum(f.numerateur) END,
    CASE i.agregation_periodes WHEN 'derniere' THEN max_by(f.denominateur, p.enfant_id) ELSE sum(f.denominateur) END,
    CASE i.agregation_periodes WHEN 'derniere' THEN max_by(f.proposes, p.enfant_id) ELSE sum(f.proposes) END,
    bool_or(f.estime), bool_or(f.fictif)
FROM interne.fait AS f
JOIN interne.indicateur AS i ON i.indicateur_id = f.indicateur_id
JOIN interne.periode_filiation AS p ON p.enfant_id = f.periode_id
WHERE i.agregation_periodes <> 'aucune' AND f.etat <> 'manquant'
  AND NOT EXISTS (
      SELECT 1 FROM interne.fait AS d
      WHERE d.indicateur_id = f.indicateur_id AND d.repondant_id = f.repondant_id AND d.quartier_id = f.quartier_id
        AND d.periode_id = p.parent_id AND d.ventilation = f.ventilation AND d.modalite = f.modalite)
GROUP BY f.indicateur_id, f.formulaire, f.repondant_id, f.quartier_id, f.annee, p.parent_id,
         f.ventilation, f.modalite, i.agregation_periodes
HAVING count(*) = (SELECT count(*) FROM interne.periode_filiation AS t WHERE t.parent_id = p.parent_id);
