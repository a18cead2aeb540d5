-- Every form expected in a campaign: who sends it, where it stands, what was declared of it.
SELECT
    r.formulaire, r.repondant_id, coalesce(r.expediteur_id, '') AS expediteur_id,
    coalesce(e.nom, r.expediteur_id, '—') AS expediteur,
    coalesce(s.nom, f.fiche_id || ' · ' || f.titre) AS repondant,
    r.echeance, r.recu_le, r.statut, r.jours_de_retard, r.fichier, r.raison,
    coalesce(c.atteinte_le, k.atteinte_le) AS confirme_le, v.atteinte_le AS valide_le, a.atteinte_le AS aval_le
FROM collecte.attendu AS r
LEFT JOIN publication.structure AS s ON r.formulaire = 'structure' AND s.structure_id = r.repondant_id
LEFT JOIN publication.fiche AS f ON r.formulaire = 'fiche' AND f.fiche_id = r.repondant_id
LEFT JOIN collecte.expediteur AS e ON e.expediteur_id = r.expediteur_id
LEFT JOIN collecte.confirmation AS c ON c.repondant_id = r.repondant_id AND c.annee = r.annee
LEFT JOIN publication.etape AS k ON k.etape = 'confirmee' AND k.fiche_id = f.fiche_id AND k.annee = r.annee
LEFT JOIN publication.etape AS v ON v.etape = 'validee' AND v.fiche_id = f.fiche_id AND v.annee = r.annee
LEFT JOIN publication.etape AS a ON a.etape = 'aval' AND a.fiche_id = f.fiche_id AND a.annee = r.annee
WHERE r.annee = $annee
ORDER BY strip_accents(lower(expediteur)), r.expediteur_id, r.formulaire, strip_accents(lower(repondant))
