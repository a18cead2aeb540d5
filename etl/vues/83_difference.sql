-- Ce qui a changé dans le dernier envoi : cellule par cellule, le dépôt retenu contre le dernier qu'il remplace et qui
-- disait autre chose. Un petit effectif n'est montré ni d'un côté ni de l'autre, ni ce qui le rendrait ; un texte n'est pas
-- recopié.
CREATE TABLE collecte.difference AS
WITH paire AS (
    SELECT r.depot_id AS nouveau_id, d.depot_id AS ancien_id, d.recu_le, d.fichier AS ancien_fichier
    FROM interne.depot AS r
    JOIN interne.depot AS d
        ON d.formulaire = r.formulaire AND d.repondant_id = r.repondant_id AND d.annee = r.annee
       AND d.source = r.source AND d.fictif = r.fictif
    WHERE r.retenu AND d.statut = 'remplace'
),
reponse AS (
    SELECT l.*, coalesce(l.ventilation, 'total') AS ventilation_ou_total,
           coalesce(l.modalite, 'total') AS modalite_ou_total,
           l.etat || coalesce(' ' || coalesce(l.texte, l.valeur::VARCHAR), '') AS dit,
           CASE
               WHEN l.etat = 'manquant' THEN 'vide'
               WHEN l.etat = 'sans_objet' THEN 'sans objet'
               WHEN l.etat = 'refuse' THEN 'refusé'
               WHEN l.etat = 'a_relire' THEN 'texte à relire, non recopié'
               WHEN terme_secret(l.valeur, l.code, coalesce(i.unite_statistique, v.unite_statistique), i.nature)
                   OR (l.valeur IS NOT NULL AND (
                       est_parlante(l.rubrique, l.objet_id, d.repondant_id, d.annee)
                       OR d.retenu AND est_tue(l.rubrique, l.objet_id, d.repondant_id, d.annee, l.quartier_id,
                                  coalesce(l.ventilation, 'total'), coalesce(l.modalite, 'total'))))
                   THEN '(non montré : petit effectif possible)'
               WHEN l.valeur IS NOT NULL
                   THEN ecrire_mesure(l.valeur, CASE WHEN l.rubrique = 'c' THEN '€'
                                                     WHEN l.code IN ('valeur', 'T1', 'T2', 'T3', 'T4')
                                                     THEN coalesce(i.unite, v.unite, '') ELSE '' END)
               WHEN try_cast(l.texte AS DATE) IS NOT NULL THEN strftime(l.texte::DATE, '%d/%m/%Y')
               WHEN l.code = 'etat' THEN l.texte
               ELSE 'texte de ' || length(l.texte) || ' ' || accorder('caractères', length(l.texte))
           END AS montre
    FROM interne.lue AS l
    JOIN interne.depot AS d ON d.depot_id = l.depot_id
    -- tous les autres ne se comparent à rien
    SEMI JOIN (SELECT nouveau_id AS depot_id FROM paire UNION SELECT ancien_id FROM paire) AS p
        ON p.depot_id = l.depot_id
    LEFT JOIN interne.indicateur AS i ON l.rubrique = 'i' AND i.indicateur_id = l.objet_id
    LEFT JOIN interne.champ AS v ON l.rubrique = 'v' AND v.champ_id = l.objet_id
),
comparee AS (
    SELECT p.nouveau_id, p.ancien_id, any_value(p.recu_le) AS ancien_recu_le,
           any_value(p.ancien_fichier) AS ancien_fichier, r.rubrique, r.objet_id, r.quartier_id,
           r.ventilation_ou_total AS ventilation, r.modalite_ou_total AS modalite, r.code,
           min(r.cellule) FILTER (r.depot_id = p.ancien_id) AS ancienne_cellule,
           min(r.cellule) FILTER (r.depot_id = p.nouveau_id) AS nouvelle_cellule,
           min(r.feuille) FILTER (r.depot_id = p.ancien_id) AS ancienne_feuille,
           min(r.feuille) FILTER (r.depot_id = p.nouveau_id) AS nouvelle_feuille,
           -- une question absente du formulaire et une case laissée vide disent la même chose : rien
           coalesce(min(r.dit) FILTER (r.depot_id = p.ancien_id), 'manquant') AS dit_avant,
           coalesce(min(r.dit) FILTER (r.depot_id = p.nouveau_id), 'manquant') AS dit_apres,
           coalesce(min(r.montre) FILTER (r.depot_id = p.ancien_id), 'non demandé') AS avant,
           coalesce(min(r.montre) FILTER (r.depot_id = p.nouveau_id), 'non demandé') AS apres
    FROM paire AS p
    JOIN reponse AS r ON r.depot_id IN (p.nouveau_id, p.ancien_id)
    GROUP BY p.nouveau_id, p.ancien_id, r.rubrique, r.objet_id, r.quartier_id, r.ventilation_ou_total,
             r.modalite_ou_total, r.code
),
changee AS (
    SELECT *, dense_rank() OVER (PARTITION BY nouveau_id
                                 ORDER BY ancien_recu_le DESC NULLS LAST, ancien_fichier DESC, ancien_id) AS recence
    FROM comparee
    WHERE dit_avant <> dit_apres
)
SELECT n.formulaire, n.repondant_id, n.annee, n.source,
       coalesce(i.question, i.libelle, p.libelle, v.libelle, t.libelle, 'État d’avancement de la fiche')
           || CASE WHEN c.ventilation = 'total' THEN '' ELSE ' — ' || m.libelle END
           || coalesce(' — ' || q.nom, '') AS question,
       c.rubrique, c.objet_id, c.quartier_id, c.ventilation, c.modalite, c.code,
       a.fichier AS ancien_fichier, coalesce(c.ancienne_feuille, a.feuille) AS ancienne_feuille, c.ancienne_cellule,
       n.fichier AS nouveau_fichier, coalesce(c.nouvelle_feuille, n.feuille) AS nouvelle_feuille, c.nouvelle_cellule,
       c.avant, c.apres
FROM changee AS c
JOIN interne.depot AS n ON n.depot_id = c.nouveau_id
JOIN interne.depot AS a ON a.depot_id = c.ancien_id
LEFT JOIN interne.indicateur AS i ON c.rubrique = 'i' AND i.indicateur_id = c.objet_id
LEFT JOIN interne.poste AS p ON c.rubrique = 'c' AND p.poste_id = c.objet_id
LEFT JOIN interne.champ AS v ON c.rubrique = 'v' AND v.champ_id = c.objet_id
LEFT JOIN interne.rubrique AS t ON c.rubrique = 't' AND t.rubrique_id = c.objet_id
LEFT JOIN interne.modalite AS m ON m.ventilation = c.ventilation AND m.modalite = c.modalite
LEFT JOIN interne.lieu AS q ON q.quartier_id = c.quartier_id
WHERE c.recence = 1
ORDER BY n.annee, n.repondant_id, c.nouvelle_feuille, c.nouvelle_cellule, c.rubrique, c.objet_id, c.code;
