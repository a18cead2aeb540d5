-- The cells behind a number: file, sheet, cell, never what they hold. A calculated measure shows its operands.
WITH operandes AS (
    SELECT indicateur_id FROM publication.indicateur WHERE indicateur_id = $indicateur
    UNION
    SELECT unnest(string_split(calcul, ':')[2:]) FROM publication.indicateur WHERE indicateur_id = $indicateur
)
SELECT
    coalesce(s.nom, f.fiche_id || ' · ' || f.titre, c.repondant_id) AS repondant,
    i.libelle AS mesure, t.nom AS quartier, p.libelle AS periode, c.ventilation,
    CASE WHEN c.ventilation <> 'total' THEN v.ventilation_libelle || ' : ' || v.libelle END AS detail,
    c.code, c.source, c.fichier, c.feuille, c.cellule, c.saisie, c.recue,
    k.le AS corrige_le, k.fonction AS corrige_par, k.raison AS corrige_parce_que
FROM collecte.provenance AS c
JOIN operandes AS o ON o.indicateur_id = c.indicateur_id
JOIN publication.indicateur AS i ON i.indicateur_id = c.indicateur_id
LEFT JOIN publication.structure AS s ON c.formulaire = 'structure' AND s.structure_id = c.repondant_id
LEFT JOIN publication.fiche AS f ON c.formulaire = 'fiche' AND f.fiche_id = c.repondant_id
LEFT JOIN publication.territoire AS t ON t.niveau = 'quartier' AND t.territoire_id = c.quartier_id
LEFT JOIN publication.periode AS p ON p.periode_id = c.periode_id
LEFT JOIN publication.ventilation AS v ON v.ventilation = c.ventilation AND v.modalite = c.modalite
LEFT JOIN collecte.correction AS k ON k.ligne = c.saisie
WHERE c.annee = $annee
  AND ($ventilations OR c.ventilation = 'total')
  AND CASE $niveau
        WHEN 'structure' THEN c.repondant_id = $territoire
        WHEN 'quartier' THEN coalesce(c.quartier_id, s.quartier_id) = $territoire
        ELSE true
      END
ORDER BY strip_accents(lower(repondant)), c.fichier, c.feuille, c.indicateur_id, p.rang, c.cellule
