-- What the whole document may rely on, for one campaign: one row.
SELECT
    v.titre,
    v.empreinte,
    v.construit_le,
    v.fictif,
    c.annee,
    c.echeance,
    c.nb_attendus,
    c.nb_recus,
    c.nb_acceptes,
    (SELECT a.titre FROM publication.axe AS a WHERE a.axe_id = $axe) AS axe,
    (SELECT q.nom FROM publication.quartier AS q WHERE q.quartier_id = $quartier) AS quartier
FROM publication.convention AS v
LEFT JOIN publication.campagne AS c ON c.annee = $annee
