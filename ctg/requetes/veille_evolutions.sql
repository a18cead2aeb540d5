-- Every movement worth a look: the last two years of each variable the convention watches (croisement « veille »),
-- always on the territories published both years, never from one source to another (DISP and DEC stay apart).
-- `force`: how much more than the city, than chance, than habit. A count: gap to what the movement of the city
-- would have given, over the square root of the counts (Poisson). A median or a rate of an IRIS: distance to the
-- usual movement of the IRIS, in robust standard deviations. The city itself is measured against its past.
WITH suivie AS (
    SELECT code AS variable_id, string_agg(DISTINCT fiche_id, ' ' ORDER BY fiche_id) AS fiches
    FROM publication.croisement
    WHERE liste = 'veille'
    GROUP BY code
),
recente AS (
    SELECT e.*, v.libelle, v.unite, v.additif, v.source_libelle, s.fiches,
           CASE WHEN v.unite = '%' THEN e.ecart ELSE e.ecart_relatif END AS mouvement
    FROM publication.diagnostic_evolution AS e
    JOIN publication.diagnostic_variable AS v ON v.source_id = e.source_id AND v.variable_id = e.variable_id
    JOIN suivie AS s ON s.variable_id = e.variable_id
    WHERE (v.additif AND e.niveau IN ('quartier', 'qpv', 'commune')) OR (NOT v.additif AND e.niveau IN ('iris', 'qpv'))
    QUALIFY row_number() OVER (PARTITION BY e.source_id, e.variable_id, e.niveau, e.territoire_id
                               ORDER BY e.annee DESC, e.annee_base DESC) = 1
),
habitude AS (
    SELECT source_id, variable_id, annee, annee_base, median(mouvement) AS milieu, 1.4826 * mad(mouvement) AS dispersion
    FROM recente
    WHERE niveau = 'iris'
    GROUP BY source_id, variable_id, annee, annee_base
),
masque AS (
    SELECT e.source_id, e.variable_id, t.quartier_id, e.annee, e.annee_base,
           string_agg(DISTINCT t.nom, ', ' ORDER BY t.nom) AS iris
    FROM recente AS e
    JOIN publication.territoire AS t ON t.niveau = 'iris' AND t.quartier_id = e.territoire_id
    JOIN publication.diagnostic AS d
        ON d.source_id = e.source_id AND d.variable_id = e.variable_id AND d.niveau = 'iris'
       AND d.territoire_id = t.territoire_id AND d.annee IN (e.annee, e.annee_base) AND d.etat <> 'publie'
    WHERE e.niveau = 'quartier'
    GROUP BY e.source_id, e.variable_id, t.quartier_id, e.annee, e.annee_base
)
SELECT
    r.source_id, r.variable_id, r.libelle, r.unite, r.additif, r.source_libelle, r.niveau, r.territoire_id,
    t.nom, coalesce(q.quartier_id, '') AS quartier_id, q.nom AS quartier,
    r.annee, r.annee_base, r.valeur, r.valeur_base, r.ecart, r.ecart_relatif, r.affichage, r.nb_communs, r.nb_assignes,
    CASE WHEN r.additif THEN abs(r.valeur - suivi.valeur) / sqrt(nullif(r.valeur + suivi.valeur, 0))
         ELSE abs(r.mouvement - h.milieu) / nullif(h.dispersion, 0) END AS force,
    CASE WHEN r.niveau <> 'commune' THEN ville.affichage END AS evolution_ville,
    CASE WHEN NOT r.additif THEN h.milieu END AS habitude,
    coalesce(m.iris, '') AS masques,
    coalesce(d.certitude, t.certitude, '') AS certitude,
    r.fiches
FROM recente AS r
JOIN publication.territoire AS t ON t.niveau = r.niveau AND t.territoire_id = r.territoire_id
LEFT JOIN publication.quartier AS q
    ON q.quartier_id = CASE WHEN r.niveau = 'quartier' THEN r.territoire_id ELSE t.quartier_id END
LEFT JOIN habitude AS h
    ON h.source_id = r.source_id AND h.variable_id = r.variable_id AND h.annee = r.annee
   AND h.annee_base = r.annee_base AND r.niveau = 'iris'
LEFT JOIN publication.diagnostic_evolution AS ville
    ON ville.source_id = r.source_id AND ville.variable_id = r.variable_id AND ville.niveau = 'commune'
   AND ville.annee = r.annee AND ville.annee_base = r.annee_base
CROSS JOIN LATERAL (
    SELECT r.valeur_base * (1 + CASE WHEN r.niveau = 'quartier' THEN coalesce(ville.ecart_relatif, 0) ELSE 0 END)
        AS valeur
) AS suivi
LEFT JOIN publication.diagnostic AS d
    ON d.source_id = r.source_id AND d.variable_id = r.variable_id AND d.niveau = r.niveau
   AND d.territoire_id = r.territoire_id AND d.annee = r.annee
LEFT JOIN masque AS m
    ON m.source_id = r.source_id AND m.variable_id = r.variable_id AND m.quartier_id = r.territoire_id
   AND m.annee = r.annee AND m.annee_base = r.annee_base
ORDER BY force DESC NULLS LAST, r.variable_id, r.niveau, r.territoire_id
