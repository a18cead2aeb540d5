-- L'état d'un indicateur, à la ville (règles publiées sur la page Méthode) :
--   couverture sous le seuil, ou rien à montrer      → données insuffisantes
--   cible de l'année atteinte                        → atteint
--   évolution à périmètre constant (année de référence, sinon précédente) dans le sens souhaité → en progrès,
--   contre → à surveiller ; neutre, stable ou sans comparaison → sans cible.
--   jalon : réalisé → atteint ; décalé → décalé, avec son motif ; échéance passée → à surveiller ;
--   engagé ou en cours → en progrès. Qualitatif : jamais d'état calculé.
INSERT INTO publication.etat_indicateur
WITH ville AS (
    SELECT m.*, i.forme, i.nature, i.sens, i.repondant, i.agregation_structures, i.unite
    FROM publication.mesure AS m
    JOIN interne.indicateur AS i ON i.indicateur_id = m.indicateur_id
    JOIN interne.periode AS p ON p.periode_id = m.periode_id AND p.genre IN ('civile', 'scolaire')
    WHERE m.niveau = 'ville' AND m.type_structure = 'tous' AND m.perimetre = 'tous' AND m.ventilation = 'total'
),
comparee AS (
    SELECT v.*,
           -- une mesure d'évolution porte déjà sa comparaison
           CASE WHEN v.forme = 'evolution' AND v.valeur IS NOT NULL
                THEN lecture_evolution(v.valeur / 100, v.sens) ELSE e.lecture END AS lecture, e.base, e.annee_base, 
           e.affichage || coalesce(' (' || e.a_l_aval || ' à l’aval)', '') AS evolution, e.nb_communes,
           c.valeur AS cible, ecrire_mesure(c.valeur, v.unite) AS cible_ecrite
    FROM ville AS v
    LEFT JOIN (
        SELECT * FROM publication.evolution
        WHERE niveau = 'ville' AND type_structure = 'tous' AND perimetre = 'constant' AND etat = 'publie'
          -- trop peu de répondants communs ne disent pas un mouvement
          AND nb_communes >= getvariable('seuil_etat') * nb_attendues
        QUALIFY row_number() OVER (PARTITION BY indicateur_id, annee ORDER BY base DESC) = 1
    ) AS e ON e.indicateur_id = v.indicateur_id AND e.annee = v.annee
    LEFT JOIN interne.cible AS c
        ON c.indicateur_id = v.indicateur_id AND c.annee = v.annee AND c.territoire_id = v.territoire_id
),
jugee AS (
    SELECT v.*, j.etat AS etat_jalon, j.motif, j.affichage AS jalon_ecrit, j.prevu_le,
        CASE
            WHEN v.forme = 'jalon' THEN CASE
                WHEN coalesce(j.etat, 'non_renseigne') = 'non_renseigne' THEN 'donnees_insuffisantes'
                WHEN j.etat = 'realise' THEN 'atteint'
                WHEN j.etat = 'decale' THEN 'decale'
                WHEN j.prevu_le <= make_date(v.annee, 12, 31) THEN 'a_surveiller'
                WHEN j.etat IN ('engage', 'en_cours') THEN 'en_progres'
                ELSE 'sans_cible' END
            WHEN v.etat = 'sans_objet' AND (v.nb_attendues = 0 OR v.forme = 'evolution') THEN 'sans_cible'
            WHEN v.nb_repondantes = 0 THEN 'donnees_insuffisantes'
            WHEN v.nb_repondantes < getvariable('seuil_etat') * v.nb_attendues THEN 'donnees_insuffisantes'
            WHEN v.etat = 'sans_objet' OR v.forme = 'texte' THEN 'sans_cible'
            WHEN v.etat <> 'publie' THEN 'donnees_insuffisantes'
            WHEN (v.sens = 'hausse' AND v.valeur >= v.cible) OR (v.sens = 'baisse' AND v.valeur <= v.cible) THEN 'atteint'
            WHEN v.lecture = 'favorable' THEN 'en_progres'
            WHEN v.lecture = 'defavorable' THEN 'a_surveiller'
            ELSE 'sans_cible'
        END AS etat_indicateur
    FROM comparee AS v
    LEFT JOIN (
        SELECT * FROM publication.jalon QUALIFY row_number() OVER (PARTITION BY indicateur_id, annee ORDER BY fiche_id) = 1
    ) AS j ON j.indicateur_id = v.indicateur_id AND j.annee = v.annee
)
SELECT
    v.indicateur_id, v.annee, v.etat_indicateur,
    CASE
        WHEN v.forme = 'jalon' THEN CASE
            WHEN coalesce(v.etat_jalon, 'non_renseigne') = 'non_renseigne' THEN 'Jalon non renseigné.'
            WHEN v.etat_indicateur = 'decale' THEN coalesce(v.motif, 'Motif non précisé.')
            WHEN v.etat_indicateur = 'a_surveiller' THEN 'Échéance passée : ' || v.jalon_ecrit || '.'
            ELSE upper(v.jalon_ecrit[1]) || v.jalon_ecrit[2:] || '.' END
        WHEN v.etat_indicateur = 'donnees_insuffisantes' AND v.etat IN ('manquant', 'secret') THEN v.raison
        WHEN v.etat_indicateur = 'donnees_insuffisantes'
            THEN 'Trop peu de réponses : ' || v.nb_repondantes || ' sur ' || v.nb_attendues || '.'
        WHEN v.forme = 'texte' THEN 'Mesure qualitative : elle se lit dans les mots de ceux qui répondent.'
        WHEN v.etat = 'sans_objet' THEN v.raison
        WHEN v.etat_indicateur = 'atteint' THEN 'Cible de ' || v.annee || ' atteinte : ' || v.cible_ecrite || '.'
        WHEN v.forme = 'evolution' AND v.lecture IS NOT NULL
            THEN v.affichage || ' depuis ' || getvariable('annee_reference') || '.'
        WHEN v.lecture IS NULL THEN 'Aucune année comparable, et pas de cible atteinte.'
        ELSE v.evolution || ' depuis ' || v.annee_base
            || CASE WHEN v.repondant = 'structures'
                    THEN ', à périmètre constant (' || v.nb_communes || ' ' || accorder('répondants', v.nb_communes)
                         || ' sur ' || v.nb_attendues || ')' ELSE '' END
            || CASE v.lecture WHEN 'stable' THEN ' : stable.' WHEN 'neutre' THEN ' : aucun sens souhaité.' ELSE '.' END
    END,
    libelle_etat(v.etat_indicateur)
FROM jugee AS v;
