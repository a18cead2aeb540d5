-- Ce qui se publie et se refait à chaque construction, en quelques millièmes de seconde.
-- Les étapes atteintes par une fiche pour une campagne, dans l'ordre de la vie d'une valeur.
CREATE TABLE publication.etape (
    annee       INTEGER NOT NULL,
    fiche_id    VARCHAR NOT NULL,
    etape       VARCHAR NOT NULL
        CHECK (etape IN ('recue', 'controlee', 'confirmee', 'validee', 'aval', 'diffusee')),
    atteinte_le TIMESTAMP, -- nul : reçue sans date connue
    fonction    VARCHAR,   -- nul : par le chargement, sans que personne le déclare
    enregistree_le TIMESTAMP, -- le jour où elle a été écrite, quand une personne la déclare
    raison      VARCHAR,
    PRIMARY KEY (annee, fiche_id, etape)
);

CREATE TABLE publication.etat_indicateur (
    indicateur_id VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    etat          VARCHAR NOT NULL CHECK (etat IN ('atteint', 'en_progres', 'a_surveiller', 'sans_cible',
                                                   'decale', 'donnees_insuffisantes')),
    raison        VARCHAR NOT NULL,
    affichage     VARCHAR NOT NULL,
    PRIMARY KEY (indicateur_id, annee)
);

CREATE TABLE publication.etat_fiche (
    fiche_id         VARCHAR NOT NULL,
    annee            INTEGER NOT NULL,
    etat             VARCHAR NOT NULL CHECK (etat IN ('atteint', 'en_progres', 'a_surveiller', 'sans_cible',
                                                      'decale', 'donnees_insuffisantes')),
    raison           VARCHAR NOT NULL,
    nb_atteint       INTEGER NOT NULL,
    nb_en_progres    INTEGER NOT NULL,
    nb_a_surveiller  INTEGER NOT NULL,
    nb_sans_cible    INTEGER NOT NULL,
    nb_decale        INTEGER NOT NULL,
    nb_insuffisantes INTEGER NOT NULL,
    nb_repondantes   INTEGER NOT NULL,
    nb_attendues     INTEGER NOT NULL,
    etat_declare     VARCHAR,
    phrase_declaree  VARCHAR,
    prochain_jalon   VARCHAR,
    PRIMARY KEY (fiche_id, annee)
);

CREATE TABLE publication.couverture (
    fiche_id       VARCHAR NOT NULL,
    quartier_id    VARCHAR NOT NULL,
    annee          INTEGER NOT NULL,
    nb_repondantes INTEGER NOT NULL,
    nb_attendues   INTEGER NOT NULL,
    nb_structures             INTEGER NOT NULL,
    nb_structures_ont_repondu INTEGER NOT NULL,
    PRIMARY KEY (fiche_id, quartier_id, annee),
    CHECK (nb_repondantes BETWEEN 0 AND nb_attendues),
    CHECK (nb_structures_ont_repondu BETWEEN 0 AND nb_structures AND nb_structures <= nb_attendues)
);

CREATE TABLE publication.jalon (
    indicateur_id VARCHAR NOT NULL,
    fiche_id      VARCHAR NOT NULL,
    libelle       VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    etat          VARCHAR NOT NULL,
    prevu_le      DATE,
    realise_le    DATE,
    avancement    DOUBLE,
    motif         VARCHAR,
    affichage     VARCHAR NOT NULL,
    PRIMARY KEY (indicateur_id, fiche_id, annee)
);

CREATE TABLE publication.chiffre_clef (
    structure_id VARCHAR NOT NULL,
    annee        INTEGER NOT NULL,
    exercice     INTEGER NOT NULL,
    poste_id     VARCHAR NOT NULL,
    libelle      VARCHAR NOT NULL,
    rang         INTEGER NOT NULL,
    niveau       INTEGER,
    valeur       DOUBLE,
    affichage    VARCHAR NOT NULL,
    saisie       INTEGER, -- la ligne de valeurs.csv qui l'a corrigé, ou saisi
    recue        BOOLEAN NOT NULL, -- faux quand rien n'avait été reçu là
    PRIMARY KEY (structure_id, annee, exercice, poste_id)
);

CREATE TABLE publication.vie_structure (
    structure_id VARCHAR NOT NULL,
    annee        INTEGER NOT NULL,
    champ_id     VARCHAR NOT NULL,
    libelle      VARCHAR NOT NULL,
    valeur       DOUBLE,
    etat         VARCHAR NOT NULL CHECK (etat IN ('publie', 'secret', 'manquant', 'sans_objet')),
    affichage    VARCHAR NOT NULL,
    saisie       INTEGER,
    recue        BOOLEAN NOT NULL,
    PRIMARY KEY (structure_id, annee, champ_id),
    CHECK (etat = 'publie' OR valeur IS NULL)
);

CREATE TABLE publication.convention (
    convention_id VARCHAR PRIMARY KEY,
    titre         VARCHAR NOT NULL,
    debut         INTEGER NOT NULL,
    fin           INTEGER NOT NULL,
    empreinte     VARCHAR NOT NULL,
    construit_le  TIMESTAMP NOT NULL,
    fictif        BOOLEAN NOT NULL
);
