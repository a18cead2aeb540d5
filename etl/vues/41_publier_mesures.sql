-- Ce qui n'est pas publié n'a de nombre nulle part dans sa ligne : ni valeur, ni parts, ni texte.
-- L'affichage est le texte français définitif (ctg/formats.py).
INSERT INTO publication.mesure
SELECT
    m.indicateur_id, m.niveau, m.territoire_id, m.type_structure, m.perimetre, m.annee, m.periode_id,
    m.ventilation, m.modalite,
    CASE WHEN m.etat = 'publie' THEN m.valeur END,
    m.etat,
    CASE m.etat
        WHEN 'secret' THEN 'secret statistique'
        WHEN 'manquant' THEN 'non disponible'
        WHEN 'sans_objet' THEN 'sans objet'
        ELSE CASE m.forme
            WHEN 'texte' THEN 'réponse rédigée'
            WHEN 'jalon' THEN j.affichage
            WHEN 'evolution' THEN ecrire_evolution(m.valeur, m.valeur / 100, NULL)
            ELSE ecrire_mesure(m.valeur, m.unite)
        END
    END,
    CASE WHEN m.etat = 'publie' AND m.forme = 'rapport' THEN m.numerateur END,
    CASE WHEN m.etat = 'publie' AND m.forme = 'rapport' THEN m.denominateur END,
    m.nb_repondantes, m.nb_attendues,
    -- personne n'est deux fois dans un seul lieu ; entre deux lieux, même d'un seul répondant, c'est possible
    CASE WHEN m.etat = 'publie' THEN nullif(concat_ws(' ; ',
        CASE WHEN m.nature = 'satisfaction' THEN ecrire_mesure(m.denominateur, 'répondants')
            || coalesce(
                CASE WHEN m.interroges = m.denominateur THEN ''
                     -- les répondants de quelques-uns seulement diraient ceux d'une structure qui se tait
                     WHEN t.indicateur_id IS NULL THEN ', dont ' || ecrire_mesure(m.interroges, '') END
                || ' sur ' || ecrire_mesure(nullif(m.proposes, 0), 'questionnaires proposés') || ' ('
                || ecrire_mesure(round(100 * m.interroges / nullif(m.proposes, 0)), '%') || ')', '') END,
        CASE WHEN m.agregation_structures = 'somme_doubles' AND m.nb_reponses > 1
            THEN 'fréquentations cumulées, doubles comptes possibles' END,
        CASE WHEN m.estime THEN 'dont estimations' END,
        CASE WHEN x.nombre > 0 AND m.niveau = 'structure' THEN 'd’après un ' || x.libelle || ', non confirmé par la structure'
             WHEN x.nombre > 0 THEN 'dont ' || ecrire_mesure(x.nombre, 'répondants') || ' d’après un ' || x.libelle
                 || ', non confirmé' END,
        CASE WHEN m.nb_incompletes > 0 THEN 'quartiers non renseignés par '
            || ecrire_mesure(m.nb_incompletes, 'répondants') END), '') END,
    m.raison,
    true, -- jusqu'à l'aval de la Caf : 43_vie.sql
    m.etat = 'publie' AND coalesce(m.estime, false),
    m.fictif,
    NULL, NULL, NULL, -- 43_vie.sql
    CASE WHEN m.etat = 'publie' THEN coalesce(x.nombre, 0) ELSE 0 END
FROM mesure_jugee AS m
LEFT JOIN mesure_extraite AS x
    ON x.indicateur_id = m.indicateur_id AND x.niveau = m.niveau AND x.territoire_id = m.territoire_id
   AND x.type_structure = m.type_structure AND x.annee = m.annee AND x.ventilation = m.ventilation
   AND x.modalite = m.modalite AND m.perimetre = 'tous' -- combien d'entre eux sont au périmètre constant n'est pas compté
LEFT JOIN (
    SELECT DISTINCT indicateur_id, annee FROM mesure_jugee WHERE nature = 'satisfaction' AND etat = 'secret'
) AS t ON t.indicateur_id = m.indicateur_id AND t.annee = m.annee
LEFT JOIN (
    SELECT DISTINCT indicateur_id, annee, affichage FROM publication.jalon
) AS j ON j.indicateur_id = m.indicateur_id AND j.annee = m.annee AND m.forme = 'jalon';
