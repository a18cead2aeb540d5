-- gravite: a_confirmer
-- message: {question}{ou} : {lu} dans chacune des {nb} cases remplies. Ce nombre a-t-il été recopié ? Relisez-les ; si c’est exact, confirmez-le.
-- Le même nombre à chaque trimestre (d'un quartier), dans chaque quartier, à chaque « dont », à partir de 10 et de quatre cases ; ou dans
-- tout le formulaire, à partir de huit. Un dénominateur, des questionnaires proposés peuvent, eux, être partout les mêmes.
WITH recopie AS (
    SELECT fichier, feuille, min(cellule) AS cellule, repondant_id, annee, indicateur_id, min(code) AS code,
           min(valeur) AS valeur, count(*) AS nb, CASE WHEN starts_with(code, 'T') THEN quartier_id END AS lieu
    FROM interne.cellule
    WHERE retenu AND rubrique = 'i' AND valeur IS NOT NULL AND code IN ('valeur', 'numerateur', 'T1', 'T2', 'T3', 'T4')
    GROUP BY GROUPING SETS ((fichier, feuille, repondant_id, annee, indicateur_id, ventilation, lieu),
                            (fichier, feuille, repondant_id, annee))
    HAVING min(valeur) = max(valeur) AND count(*) >= CASE WHEN indicateur_id IS NULL THEN 8 WHEN min(valeur) >= 10 THEN 4 END
)
SELECT r.fichier, r.feuille, r.cellule, r.repondant_id, r.annee,
       coalesce('« ' || i.question || ' »', 'Tout le formulaire') AS question, r.lieu AS quartier_id, r.nb,
       citer_reponse(r.valeur, r.code, coalesce(i.unite_statistique, 'personne'), i.nature, i.secret_avec IS NOT NULL) AS lu,
       concat_ws('/', r.nb, r.valeur) AS compare
FROM recopie AS r
LEFT JOIN interne.indicateur AS i ON i.indicateur_id = r.indicateur_id
