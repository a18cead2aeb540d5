-- The structures that confirmed their figures for a campaign.
SELECT repondant_id, atteinte_le, fonction FROM collecte.confirmation WHERE annee = $annee ORDER BY repondant_id
