-- Lire une évolution : son ampleur (rapport, ou points divisés par cent) selon le sens souhaité de la mesure ;
-- stable sous le seuil de la convention.
CREATE OR REPLACE TEMP MACRO lecture_evolution(ampleur, sens) AS
    CASE
        WHEN sens = 'neutre' THEN 'neutre'
        WHEN abs(ampleur) < getvariable('seuil_stable') THEN 'stable'
        WHEN (ampleur > 0) = (sens = 'hausse') THEN 'favorable'
        ELSE 'defavorable'
    END;
