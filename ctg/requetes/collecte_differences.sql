-- What the retained delivery of each respondent changed, from the one it replaced; as it may be shown. The last one
-- received comes first.
SELECT
    d.repondant_id, coalesce(s.nom, f.fiche_id || ' · ' || f.titre, d.repondant_id) AS repondant, d.annee,
    d.question, d.code, d.ancien_fichier, d.ancienne_cellule, d.nouveau_fichier, d.nouvelle_cellule,
    d.avant, d.apres
FROM collecte.difference AS d
LEFT JOIN publication.structure AS s ON d.formulaire = 'structure' AND s.structure_id = d.repondant_id
LEFT JOIN publication.fiche AS f ON d.formulaire = 'fiche' AND f.fiche_id = d.repondant_id
WHERE d.annee = $annee
ORDER BY (SELECT max(n.recu_le) FROM collecte.fichier AS n WHERE n.fichier = d.nouveau_fichier) DESC NULLS LAST,
         strip_accents(lower(repondant)), d.nouvelle_feuille, d.rubrique, d.objet_id, d.modalite, d.code
