-- The years set side by side: from the year of reference to the campaign of the document.
SELECT annee, reference, nb_recus > 0 AS recue FROM publication.campagne WHERE annee <= $annee ORDER BY annee
