-- La vie d'une valeur, par campagne et par fiche : reçue → contrôlée → confirmée → validée → aval → diffusée.
-- Reçue et contrôlée viennent seules ; un extrait, une saisie à la main ne valent pas réception. Les autres sont
-- déclarées (etapes.csv), et ne valent que pour les chiffres sur lesquels elles l'ont été.
-- Après l'aval, un changement se montre avec sa raison ; celui que rien n'explique fait retomber la fiche dans le
-- provisoire.
CREATE TEMP TABLE fiche_recue AS
SELECT l.fiche_id, c.annee, max(d.recu_le) AS recu_le,
       -- une cellule refusée que personne n'a acceptée telle quelle (corrections.yml)
       bool_or(c.etat = 'refuse' AND NOT EXISTS (
           SELECT 1 FROM interne.anomalie AS a
           WHERE a.entree IS NOT NULL AND a.fichier = c.fichier AND a.feuille IS NOT DISTINCT FROM c.feuille
             AND a.cellule = c.cellule
       )) AS refusee
FROM interne.cellule AS c
LEFT JOIN interne.depot AS d ON d.depot_id = c.depot_id
JOIN (
    SELECT DISTINCT indicateur_id AS objet_id, 'i' AS rubrique, NULL AS repondant_id, fiche_id FROM interne.indicateur_ligne
    UNION ALL
    SELECT DISTINCT rubrique_id, 't', f.fiche_id, f.fiche_id FROM interne.rubrique CROSS JOIN interne.fiche AS f
) AS l ON l.rubrique = c.rubrique AND l.objet_id = c.objet_id AND (l.repondant_id IS NULL OR l.repondant_id = c.repondant_id)
WHERE c.retenu AND c.etat <> 'manquant' AND NOT starts_with(c.source, 'extrait:')
GROUP BY l.fiche_id, c.annee
HAVING bool_or(c.recue);

-- Les chiffres d'une fiche, d'une structure : leur marque, et quand le dernier d'entre eux a changé. Où ils sont écrits n'y
-- compte pas, ni les textes : un rapport renvoyé avec les mêmes chiffres ne retire aucune approbation.
CREATE TEMP TABLE chiffre_vu AS
SELECT c.annee, c.repondant_id, c.formulaire, c.objet_id, c.recue,
       md5_number(concat_ws('|', c.repondant_id, c.rubrique, c.objet_id, coalesce(c.quartier_id, ''),
                            coalesce(c.periode_id, ''), c.ventilation, c.modalite, c.code, c.etat, c.estime::INTEGER,
                            coalesce(format('{:.6f}', c.valeur), ''), coalesce(c.texte, ''))) AS marque,
       coalesce(s.le, d.recu_le) AS change_le, c.rubrique
FROM interne.cellule AS c
LEFT JOIN interne.depot AS d ON d.depot_id = c.depot_id
LEFT JOIN interne.saisie_valeur AS s ON s.ligne = c.saisie
LEFT JOIN interne.indicateur AS i ON c.rubrique = 'i' AND i.indicateur_id = c.objet_id
WHERE c.retenu AND c.etat <> 'manquant' AND c.rubrique <> 't' AND i.nature IS DISTINCT FROM 'qualitatif';

-- les mesures d'une fiche, et celles dont elles sont tirées
CREATE TEMP TABLE fiche_mesuree AS
SELECT indicateur_id, fiche_id FROM interne.indicateur_ligne
UNION
SELECT unnest([i.operande_a, i.operande_b]), l.fiche_id
FROM interne.indicateur_ligne AS l JOIN interne.indicateur AS i ON i.indicateur_id = l.indicateur_id;

CREATE TABLE interne.chiffres_vus AS
WITH choix AS (
    SELECT annee, indicateur_id, repondant_id, max(le) AS le FROM interne.saisie_source GROUP BY ALL
),
concerne AS (
    SELECT v.annee, l.fiche_id AS objet, v.marque, greatest(v.change_le, x.le) AS change_le
    FROM chiffre_vu AS v
    JOIN fiche_mesuree AS l ON v.rubrique = 'i' AND l.indicateur_id = v.objet_id
    LEFT JOIN choix AS x
        ON x.annee = v.annee AND x.indicateur_id = v.objet_id AND x.repondant_id = v.repondant_id
    UNION ALL
    SELECT v.annee, v.repondant_id, v.marque, greatest(v.change_le, x.le)
    FROM chiffre_vu AS v
    LEFT JOIN choix AS x
        ON x.annee = v.annee AND x.indicateur_id = v.objet_id AND x.repondant_id = v.repondant_id
    WHERE v.formulaire = 'structure'
)
SELECT annee, objet, md5(bit_xor(DISTINCT marque)::VARCHAR) AS vu, max(change_le) AS change_le
FROM concerne
GROUP BY annee, objet;

-- Une approbation vaut tant que les chiffres sont ceux qu'elle a vus ; sans marque, tant que rien n'a changé après son jour.
CREATE TEMP MACRO approuve(vu_alors, alors, vu, change_le) AS
    CASE WHEN vu_alors IS NULL THEN change_le IS NULL OR change_le::DATE <= alors::DATE
         ELSE vu_alors IS NOT DISTINCT FROM vu END;

CREATE TEMP TABLE confirmation_jugee AS
SELECT c.annee, c.repondant_id, c.atteinte_le, f.libelle AS fonction, c.enregistree_le,
       approuve(c.vu, c.enregistree_le, v.vu, v.change_le) AS vaut
FROM interne.confirmation AS c
JOIN interne.fonction AS f ON f.fonction_id = c.fonction
LEFT JOIN interne.chiffres_vus AS v ON v.annee = c.annee AND v.objet = c.repondant_id;

CREATE TABLE collecte.confirmation AS SELECT * EXCLUDE (vaut) FROM confirmation_jugee WHERE vaut;
CREATE TABLE collecte.confirmation_perimee AS SELECT * EXCLUDE (vaut) FROM confirmation_jugee WHERE NOT vaut;

-- Combien de structures ont envoyé des chiffres d'une fiche, combien les ont confirmés.
CREATE TABLE collecte.fiche_confirmee AS
SELECT v.annee, l.fiche_id, count(DISTINCT v.repondant_id) AS nb_structures,
       count(DISTINCT c.repondant_id) AS nb_confirmees
FROM chiffre_vu AS v
JOIN interne.indicateur_ligne AS l ON l.indicateur_id = v.objet_id
LEFT JOIN collecte.confirmation AS c ON c.annee = v.annee AND c.repondant_id = v.repondant_id
WHERE v.formulaire = 'structure' AND v.rubrique = 'i' AND v.recue
GROUP BY v.annee, l.fiche_id;

-- La validation tombe avec la confirmation, et non l'inverse ; l'aval a sa propre règle, plus bas.
CREATE TEMP TABLE etape_jugee AS
WITH une AS (
    SELECT d.annee, d.fiche_id, d.etape, approuve(d.vu, d.enregistree_le, v.vu, v.change_le) AS vaut
    FROM interne.etape_decidee AS d
    LEFT JOIN interne.chiffres_vus AS v ON v.annee = d.annee AND v.objet = d.fiche_id
    WHERE d.etape IN ('confirmee', 'validee')
)
SELECT u.annee, u.fiche_id, u.etape, u.vaut AND coalesce(c.vaut, true) AS vaut
FROM une AS u
LEFT JOIN une AS c
    ON c.annee = u.annee AND c.fiche_id = u.fiche_id AND c.etape = 'confirmee' AND u.etape = 'validee';

-- Ce qui a changé depuis l'aval : la copie du jour de l'aval, celle du dernier changement admis, et aujourd'hui.
-- Un aval retiré se compare encore, jusqu'au suivant : la Caf relit ce qui a changé, avec la raison du retrait.
CREATE TEMP TABLE fiche_avalisee AS
SELECT d.annee, d.fiche_id, d.atteinte_le AS aval_le, d.enregistree_le AS copie_le,
       coalesce(max(a.le), d.enregistree_le) AS reference_le,
       max_by(a.raison, row(a.le, a.raison)) AS raison, NULL::TIMESTAMP AS retire_le
FROM interne.etape_decidee AS d
LEFT JOIN interne.changement_admis AS a ON a.annee = d.annee AND a.fiche_id = d.fiche_id
WHERE d.etape = 'aval'
GROUP BY d.annee, d.fiche_id, d.atteinte_le, d.enregistree_le
-- sans copie, rien ne se compare : la construction l'a déjà dit
HAVING (d.annee, d.fiche_id, d.enregistree_le) IN (SELECT (annee, fiche_id, le) FROM interne.aval_copie)
   AND (d.annee, d.fiche_id, reference_le) IN (SELECT (annee, fiche_id, le) FROM interne.aval_copie)
UNION ALL
SELECT r.annee, r.fiche_id, r.aval_le, r.copie_le, r.copie_le, r.raison, r.retire_le
FROM interne.aval_retire AS r
WHERE (r.annee, r.fiche_id, r.copie_le) IN (SELECT (annee, fiche_id, le) FROM interne.aval_copie);

-- Les mesures qu'une correction ou un choix de source explique : la sienne, et celles qui en sont tirées. Ailleurs, et dans
-- les mesures proches, elle explique ce qui se tait, ou se montre, depuis elle.
CREATE TEMP TABLE decision_expliquee AS
WITH decision AS (
    SELECT s.le, s.repondant_id, s.annee, s.objet_id AS indicateur_id, s.raison
    FROM interne.saisie_valeur AS s
    JOIN correction_suivie AS c ON c.ligne = s.ligne AND c.sort = 'appliquee'
    WHERE s.rubrique = 'i'
    UNION ALL
    SELECT le, repondant_id, annee, indicateur_id, raison FROM interne.saisie_source
)
SELECT d.le, d.repondant_id, d.annee, i.indicateur_id, d.raison,
       coalesce(d.indicateur_id IN (i.indicateur_id, i.operande_a, i.operande_b, i.secret_avec), false) AS directe
FROM decision AS d
JOIN mesure_proche AS p ON p.une = d.indicateur_id
JOIN interne.indicateur AS i ON i.indicateur_id = p.autre;

-- Ce qui se tait aujourd'hui peut n'avoir pas changé : ce que la Caf en a vu ne se redit pas.
CREATE TEMP MACRO vu_par_la_caf(avant, apres) AS
    CASE WHEN apres = 'secret statistique' AND regexp_matches(avant, '[0-9]')
         THEN '(non montré : petit effectif possible)' ELSE avant END;

CREATE TABLE collecte.changement_apres_aval AS
WITH version AS (
    SELECT c.annee, c.fiche_id, c.indicateur_id, c.niveau, c.territoire_id, c.type_structure, c.perimetre, c.periode_id,
           c.ventilation, c.modalite, c.affichage, CASE WHEN c.le = a.copie_le THEN 'avant' END AS avant,
           CASE WHEN c.le = a.reference_le THEN 'admis' END AS admis, NULL AS present
    FROM fiche_avalisee AS a
    JOIN interne.aval_copie AS c
        ON c.annee = a.annee AND c.fiche_id = a.fiche_id AND c.ventilation <> 'evolution'
    UNION ALL
    SELECT m.annee, l.fiche_id, m.indicateur_id, m.niveau, m.territoire_id, m.type_structure, m.perimetre, m.periode_id,
           m.ventilation, m.modalite, m.affichage, NULL, NULL, 'present'
    FROM fiche_avalisee AS a
    JOIN (SELECT DISTINCT indicateur_id, fiche_id FROM interne.indicateur_ligne) AS l ON l.fiche_id = a.fiche_id
    JOIN publication.mesure AS m ON m.annee = a.annee AND m.indicateur_id = l.indicateur_id
),
comparee AS (
    SELECT annee, fiche_id, indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation, modalite,
           max(affichage) FILTER (WHERE avant IS NOT NULL) AS avant,
           max(affichage) FILTER (WHERE admis IS NOT NULL) AS admis,
           max(affichage) FILTER (WHERE present IS NOT NULL) AS apres
    FROM version
    GROUP BY annee, fiche_id, indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation,
             modalite
)
SELECT e.annee, e.fiche_id, e.indicateur_id, e.niveau, e.territoire_id, e.type_structure, e.perimetre, e.periode_id,
       e.ventilation, e.modalite, vu_par_la_caf(e.avant, e.apres) AS avant, e.apres, e.aval_le,
       e.expliquee.raison AS raison, e.retire_le, e.expliquee.le AS change_le
FROM (
    SELECT c.*, a.aval_le, a.retire_le,
           CASE WHEN c.admis IS NOT DISTINCT FROM c.apres
                THEN CASE WHEN a.raison IS NOT NULL THEN {'le': coalesce(a.retire_le, a.reference_le), 'raison': a.raison} END
                ELSE coalesce((SELECT max({'le': d.le, 'raison': d.raison}) FROM decision_expliquee AS d
                               WHERE d.annee = c.annee AND d.indicateur_id = c.indicateur_id AND d.le >= a.reference_le
                                 AND (d.directe AND (c.niveau <> 'structure' OR d.repondant_id = c.territoire_id)
                                      OR 'secret statistique' IN (c.admis, c.apres))),
                              CASE WHEN a.retire_le IS NOT NULL THEN {'le': a.retire_le, 'raison': a.raison} END)
           END AS expliquee
    FROM comparee AS c
    JOIN fiche_avalisee AS a ON a.annee = c.annee AND a.fiche_id = c.fiche_id
    WHERE c.avant IS DISTINCT FROM c.apres
) AS e;

CREATE TEMP TABLE fiche_retombee AS
SELECT c.annee, c.fiche_id, c.aval_le,
       -- ce que la page liste : ni les périmètres, ni les types de structure ne font d'autres changements
       count(DISTINCT (c.indicateur_id, c.niveau, c.territoire_id, c.periode_id, c.ventilation, c.modalite)) AS nombre,
       min_by(i.libelle || ', ' || t.nom || ' : ' || coalesce(c.avant, 'rien') || ' → ' || coalesce(c.apres, 'rien'),
              row(CASE c.niveau WHEN 'ville' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END, c.ventilation <> 'total',
                          c.perimetre <> 'tous', c.type_structure <> 'tous', c.indicateur_id, c.territoire_id,
                          c.type_structure, c.periode_id, c.ventilation, c.modalite)) AS exemple
FROM collecte.changement_apres_aval AS c
JOIN interne.indicateur AS i ON i.indicateur_id = c.indicateur_id
JOIN (
    SELECT quartier_id AS territoire_id, nom FROM interne.lieu
    UNION ALL SELECT structure_id, nom FROM interne.structure
    UNION ALL SELECT getvariable('ville_id'), 'ville'
) AS t ON t.territoire_id = c.territoire_id
WHERE c.raison IS NULL
GROUP BY c.annee, c.fiche_id, c.aval_le;

INSERT INTO interne.anomalie BY NAME
SELECT 'saisies/etapes.csv' AS fichier, 'bloquant' AS gravite, 'changement_apres_aval' AS regle,
       'Après l’aval de la Caf du ' || strftime(aval_le, '%d/%m/%Y') || ', la fiche ' || fiche_id || ' (campagne ' || annee
       || ') a changé sans raison dite : ' || nombre || ' ' || accorder('valeurs publiées', nombre) || ', dont « ' || exemple
       || ' ». Elle redevient provisoire. Dans « Décider », admettre le changement avec sa raison, ou retirer l’aval.'
           AS message,
       fiche_id AS repondant_id, annee
FROM fiche_retombee;

CREATE TEMP TABLE etape_declaree AS
SELECT d.annee, d.fiche_id, d.etape, d.atteinte_le, f.libelle AS fonction, d.enregistree_le, d.raison,
       CASE WHEN d.etape IN ('confirmee', 'validee') THEN coalesce(j.vaut, false) ELSE t.fiche_id IS NULL END AS vaut
FROM interne.etape_decidee AS d
JOIN fiche_recue AS r ON r.annee = d.annee AND r.fiche_id = d.fiche_id
JOIN interne.fonction AS f ON f.fonction_id = d.fonction
LEFT JOIN etape_jugee AS j ON j.annee = d.annee AND j.fiche_id = d.fiche_id AND j.etape = d.etape
LEFT JOIN fiche_retombee AS t ON t.annee = d.annee AND t.fiche_id = d.fiche_id;

INSERT INTO publication.etape
SELECT annee, fiche_id, 'recue', recu_le, NULL, NULL, NULL FROM fiche_recue
UNION ALL
SELECT annee, fiche_id, 'controlee', recu_le, NULL, NULL, NULL FROM fiche_recue WHERE NOT refusee
UNION ALL
SELECT * EXCLUDE (vaut) FROM etape_declaree WHERE vaut;

-- Les confirmations et validations de chiffres qui ont changé depuis : elles ne comptent plus, et se disent.
CREATE TABLE collecte.etape_perimee AS
SELECT * EXCLUDE (vaut) FROM etape_declaree WHERE NOT vaut AND etape IN ('confirmee', 'validee');

INSERT INTO interne.anomalie BY NAME
SELECT 'saisies/etapes.csv' AS fichier, 'ligne ' || d.ligne AS cellule, 'bloquant' AS gravite,
       'etape_sans_reponse' AS regle,
       'Étape non appliquée : rien n’a été reçu pour la fiche ' || d.fiche_id || ' en ' || d.annee || '.' AS message,
       d.fiche_id AS repondant_id, d.annee
FROM interne.etape_decidee AS d
WHERE NOT EXISTS (SELECT 1 FROM fiche_recue AS r WHERE r.annee = d.annee AND r.fiche_id = d.fiche_id);

-- Une mesure de deux fiches reste provisoire jusqu'à l'aval des deux ; elle le redevient quand l'un des deux est perdu.
UPDATE publication.mesure AS m SET provisoire = a.le IS NULL, aval_le = a.le
FROM (
    SELECT c.annee, l.indicateur_id, CASE WHEN count(*) = count(e.fiche_id) THEN max(e.atteinte_le) END AS le
    FROM campagne_ouverte AS c
    CROSS JOIN (SELECT DISTINCT indicateur_id, fiche_id FROM interne.indicateur_ligne) AS l
    LEFT JOIN publication.etape AS e ON e.etape = 'aval' AND e.annee = c.annee AND e.fiche_id = l.fiche_id
    GROUP BY c.annee, l.indicateur_id
) AS a
WHERE a.annee = m.annee AND a.indicateur_id = m.indicateur_id AND m.aval_le IS DISTINCT FROM a.le;

-- Sous un aval qui tient, chaque nombre qui n'est plus celui que la Caf a vu le dit lui-même.
UPDATE publication.mesure SET a_l_aval = NULL, depuis_l_aval = NULL WHERE a_l_aval IS NOT NULL;
UPDATE publication.mesure AS m SET a_l_aval = c.dite.avant, depuis_l_aval = c.dite.phrase
FROM (
    SELECT x.annee, x.indicateur_id, x.niveau, x.territoire_id, x.type_structure, x.perimetre, x.periode_id, x.ventilation,
           x.modalite,
           max_by({'avant': coalesce(x.avant, 'rien'),
                   'phrase': coalesce(x.avant, 'rien') || ' à l’aval du ' || strftime(x.aval_le, '%d/%m/%Y')
                             || ', changé le ' || strftime(x.change_le, '%d/%m/%Y') || ' : ' || x.raison},
                  row(x.aval_le, x.fiche_id)) AS dite
    FROM collecte.changement_apres_aval AS x
    JOIN publication.etape AS e ON e.annee = x.annee AND e.fiche_id = x.fiche_id AND e.etape = 'aval'
    WHERE x.retire_le IS NULL AND x.raison IS NOT NULL
    GROUP BY ALL
) AS c
WHERE c.annee = m.annee AND c.indicateur_id = m.indicateur_id AND c.niveau = m.niveau
  AND c.territoire_id = m.territoire_id AND c.type_structure = m.type_structure AND c.perimetre = m.perimetre
  AND c.periode_id = m.periode_id AND c.ventilation = m.ventilation AND c.modalite = m.modalite;

-- Une évolution bouge aussi quand l'année à laquelle elle compare a changé, même sous un nouvel aval : elle redit celle
-- que la Caf a vue. Ce qui la fait bouger a sa raison dans sa propre campagne, ou la fait retomber.
UPDATE publication.evolution AS v SET a_l_aval = vu_par_la_caf(c.avant, v.affichage)
FROM (
    SELECT c.annee, c.indicateur_id, c.niveau, c.territoire_id, c.type_structure, c.perimetre, c.periode_id, c.modalite,
           max_by(c.affichage, row(a.aval_le, a.fiche_id)) AS avant
    FROM fiche_avalisee AS a
    JOIN publication.etape AS e ON e.annee = a.annee AND e.fiche_id = a.fiche_id AND e.etape = 'aval'
    JOIN interne.aval_copie AS c
        ON c.annee = a.annee AND c.fiche_id = a.fiche_id AND c.le = a.copie_le AND c.ventilation = 'evolution'
    WHERE a.retire_le IS NULL
    GROUP BY ALL
) AS c
WHERE c.annee = v.annee AND c.indicateur_id = v.indicateur_id AND c.niveau = v.niveau AND c.territoire_id = v.territoire_id
  AND c.type_structure = v.type_structure AND c.perimetre = v.perimetre AND c.periode_id = v.annee_base::VARCHAR
  AND c.modalite = v.base AND c.avant <> v.affichage;
