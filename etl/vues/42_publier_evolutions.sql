-- L'évolution publiée : total seulement ; l'écart d'un pourcentage est en points, les autres en unité.
INSERT INTO publication.evolution
SELECT
    indicateur_id, niveau, territoire_id, type_structure, base, annee, annee_base, perimetre,
    CASE WHEN etat = 'publie' THEN valeur END,
    CASE WHEN etat = 'publie' THEN valeur_base END,
    CASE WHEN etat = 'publie' THEN ecart END,
    CASE WHEN etat = 'publie' THEN ecart_relatif END,
    nb_communes, nb_attendues, lecture, etat,
    CASE etat
        WHEN 'secret' THEN 'secret statistique'
        WHEN 'manquant' THEN 'non disponible'
        ELSE ecrire_evolution(ecart, ecart_relatif, unite)
    END,
    NULL -- 43_vie.sql
FROM evolution_jugee;
