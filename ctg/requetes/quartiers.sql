-- The quartiers of the convention, in the order every page keeps.
SELECT quartier_id, nom, qpv FROM publication.quartier ORDER BY rang
