-- The columns of the sheet by quartier: the quartiers in the order of annexe 4, then what is in none of them.
SELECT quartier_id, nom, rang FROM publication.quartier
UNION ALL
SELECT 'ville', 'Sans quartier précis', 1000
UNION ALL
SELECT 'hors-dijon', 'Hors de la ville', 1001
ORDER BY rang
