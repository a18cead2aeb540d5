-- The structures that confirmed their figures for a campaign; `perimee`: figures that have changed since.
SELECT *, false AS perimee FROM collecte.confirmation WHERE annee = $annee
UNION ALL
SELECT *, true FROM collecte.confirmation_perimee WHERE annee = $annee
ORDER BY repondant_id
