-- Each campaign and fiche that holds answers, with the date of its aval; null while it is provisional.
SELECT r.annee, r.fiche_id, f.axe_id, a.atteinte_le AS aval_le
FROM publication.etape AS r
JOIN publication.fiche AS f ON f.fiche_id = r.fiche_id
LEFT JOIN publication.etape AS a ON a.annee = r.annee AND a.fiche_id = r.fiche_id AND a.etape = 'aval'
WHERE r.etape = 'recue'
ORDER BY r.annee, f.axe_id, f.rang
