-- Les tables publiées : calculées et masquées à la construction, jamais sommées ensuite.
CREATE TABLE publication.mesure (
    indicateur_id  VARCHAR NOT NULL,
    niveau         VARCHAR NOT NULL CHECK (niveau IN ('structure', 'quartier', 'ville')),
    territoire_id  VARCHAR NOT NULL,
    type_structure VARCHAR NOT NULL,
    perimetre      VARCHAR NOT NULL CHECK (perimetre IN ('tous', 'constant')),
    annee          INTEGER NOT NULL,
    periode_id     VARCHAR NOT NULL,
    ventilation    VARCHAR NOT NULL,
    modalite       VARCHAR NOT NULL,
    valeur         DOUBLE,
    etat           VARCHAR NOT NULL CHECK (etat IN ('publie', 'secret', 'manquant', 'sans_objet')),
    affichage      VARCHAR NOT NULL,
    numerateur     DOUBLE,
    denominateur   DOUBLE,
    nb_repondantes INTEGER NOT NULL,
    nb_attendues   INTEGER NOT NULL,
    mention        VARCHAR,
    masquage       VARCHAR CHECK (masquage IN ('primaire')),
    raison         VARCHAR,
    provisoire     BOOLEAN NOT NULL,
    estime         BOOLEAN NOT NULL,
    fictif         BOOLEAN NOT NULL,
    aval_le        TIMESTAMP, -- le dernier aval dont elle dépend ; nul tant qu'elle est provisoire
    PRIMARY KEY (indicateur_id, niveau, territoire_id, type_structure, perimetre,
                 periode_id, ventilation, modalite),
    CHECK (etat = 'publie' OR (valeur IS NULL AND numerateur IS NULL AND denominateur IS NULL)),
    CHECK (etat <> 'secret' OR masquage IS NOT NULL),
    CHECK (nb_repondantes BETWEEN 0 AND nb_attendues)
);

-- Les étapes atteintes par une fiche pour une campagne, dans l'ordre de la vie d'une valeur.
CREATE TABLE publication.etape (
    annee       INTEGER NOT NULL,
    fiche_id    VARCHAR NOT NULL,
    etape       VARCHAR NOT NULL
        CHECK (etape IN ('recue', 'controlee', 'confirmee', 'validee', 'aval', 'diffusee')),
    atteinte_le TIMESTAMP, -- nul : reçue sans date connue
    fonction    VARCHAR,   -- nul : par le chargement, sans que personne le déclare
    PRIMARY KEY (annee, fiche_id, etape)
);

CREATE TABLE publication.evolution (
    indicateur_id  VARCHAR NOT NULL,
    niveau         VARCHAR NOT NULL CHECK (niveau IN ('structure', 'quartier', 'ville')),
    territoire_id  VARCHAR NOT NULL,
    type_structure VARCHAR NOT NULL,
    base           VARCHAR NOT NULL CHECK (base IN ('precedente', 'reference')),
    annee          INTEGER NOT NULL,
    annee_base     INTEGER NOT NULL,
    perimetre      VARCHAR NOT NULL CHECK (perimetre IN ('constant', 'tous')),
    valeur         DOUBLE,
    valeur_base    DOUBLE,
    ecart          DOUBLE,
    ecart_relatif  DOUBLE,
    nb_communes    INTEGER NOT NULL,
    nb_attendues   INTEGER NOT NULL,
    lecture        VARCHAR CHECK (lecture IN ('favorable', 'defavorable', 'stable', 'neutre')),
    etat           VARCHAR NOT NULL CHECK (etat IN ('publie', 'secret', 'manquant', 'sans_objet')),
    affichage      VARCHAR NOT NULL,
    PRIMARY KEY (indicateur_id, niveau, territoire_id, type_structure, base, annee, perimetre),
    CHECK (annee_base < annee),
    CHECK (etat = 'publie'
           OR (valeur IS NULL AND valeur_base IS NULL AND ecart IS NULL AND ecart_relatif IS NULL))
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
    PRIMARY KEY (fiche_id, quartier_id, annee),
    CHECK (nb_repondantes BETWEEN 0 AND nb_attendues)
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

CREATE TABLE publication.diagnostic (
    source_id            VARCHAR NOT NULL,
    variable_id          VARCHAR NOT NULL,
    niveau               VARCHAR NOT NULL CHECK (niveau IN ('iris', 'quartier', 'qpv', 'commune', 'ecole')),
    territoire_id        VARCHAR NOT NULL,
    annee                INTEGER NOT NULL,
    valeur               DOUBLE,
    etat                 VARCHAR NOT NULL CHECK (etat IN ('publie', 'secret', 'manquant', 'sans_objet')),
    couverture           DOUBLE,
    couverture_population DOUBLE,
    nb_couverts          INTEGER,
    nb_assignes          INTEGER,
    certitude            VARCHAR,
    note                 VARCHAR,
    affichage            VARCHAR NOT NULL,
    PRIMARY KEY (source_id, variable_id, niveau, territoire_id, annee),
    CHECK ((etat = 'publie') = (valeur IS NOT NULL))
);

CREATE TABLE publication.diagnostic_evolution (
    source_id     VARCHAR NOT NULL,
    variable_id   VARCHAR NOT NULL,
    niveau        VARCHAR NOT NULL,
    territoire_id VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    annee_base    INTEGER NOT NULL,
    valeur        DOUBLE NOT NULL,
    valeur_base   DOUBLE NOT NULL,
    nb_communs    INTEGER NOT NULL,
    nb_assignes   INTEGER NOT NULL,
    ecart         DOUBLE NOT NULL,
    ecart_relatif DOUBLE,
    affichage     VARCHAR NOT NULL,
    PRIMARY KEY (source_id, variable_id, niveau, territoire_id, annee, annee_base)
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
