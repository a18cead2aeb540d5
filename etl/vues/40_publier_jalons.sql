-- Un jalon par mesure, fiche et année de campagne, renseigné ou non. Il se lit en mots, avec ses dates.
INSERT INTO publication.jalon
SELECT
    i.indicateur_id, l.fiche_id, i.libelle, a.annee,
    coalesce(j.etat, 'non_renseigne'),
    j.prevu_le, j.realise_le, coalesce(j.avancement, CASE WHEN j.etat = 'realise' THEN 100 END), j.motif,
    CASE coalesce(j.etat, 'non_renseigne')
        WHEN 'non_renseigne' THEN 'non renseigné'
        WHEN 'realise' THEN 'réalisé' || coalesce(' en ' || ecrire_mois(j.realise_le), '')
        ELSE
            CASE j.etat WHEN 'non_engage' THEN 'non engagé' WHEN 'engage' THEN 'engagé'
                        WHEN 'en_cours' THEN 'en cours' ELSE 'décalé' END
            || coalesce(' (' || ecrire_mesure(j.avancement, '%') || ')', '')
            || coalesce(', prévu en ' || ecrire_mois(j.prevu_le), '')
    END
FROM interne.attendu AS a
JOIN interne.indicateur AS i ON i.indicateur_id = a.indicateur_id AND i.forme = 'jalon'
JOIN (SELECT DISTINCT indicateur_id, fiche_id FROM interne.indicateur_ligne) AS l
    ON l.indicateur_id = i.indicateur_id
LEFT JOIN jalon_lu AS j ON j.indicateur_id = a.indicateur_id AND j.annee = a.annee;
