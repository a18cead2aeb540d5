-- Les données ouvertes : une observation par lieu et année, puis ce qui s'en publie. Elles restent d'une construction à
-- l'autre tant qu'aucun de leurs fichiers n'a changé.
CREATE TABLE interne.source_variable (
    source_id      VARCHAR NOT NULL,
    variable_id    VARCHAR NOT NULL,
    libelle        VARCHAR NOT NULL,
    niveau         VARCHAR NOT NULL,
    unite          VARCHAR,
    unite_statistique VARCHAR,
    decimales      INTEGER NOT NULL,
    additif        BOOLEAN NOT NULL,
    source_libelle VARCHAR,
    producteur     VARCHAR,
    licence        VARCHAR,
    remarque       VARCHAR,
    rupture        INTEGER, -- première année qui ne se compare plus aux précédentes, selon le producteur
    PRIMARY KEY (source_id, variable_id)
);

CREATE TABLE interne.observation (
    source_id     VARCHAR NOT NULL,
    variable_id   VARCHAR NOT NULL,
    niveau        VARCHAR NOT NULL CHECK (niveau IN ('iris', 'quartier', 'qpv', 'commune', 'ecole')),
    territoire_id VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    valeur        DOUBLE,
    etat          VARCHAR NOT NULL CHECK (etat IN ('publie', 'secret', 'manquant', 'sans_objet')),
    note          VARCHAR,
    fichier       VARCHAR NOT NULL,
    ligne         INTEGER,
    colonne       VARCHAR,
    CHECK ((etat = 'publie') = (valeur IS NOT NULL))
);

CREATE TABLE interne.territoire (
    niveau        VARCHAR NOT NULL,
    territoire_id VARCHAR NOT NULL,
    nom           VARCHAR NOT NULL,
    PRIMARY KEY (niveau, territoire_id)
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
    affichage     VARCHAR NOT NULL
);

-- Deux fichiers de producteurs qui ne disent pas la même chose : dit dans la file, chaque fois.
CREATE TABLE interne.contradiction (
    fichier    VARCHAR NOT NULL,
    feuille    VARCHAR,
    cellule    VARCHAR,
    gravite    VARCHAR NOT NULL,
    regle      VARCHAR NOT NULL,
    message    VARCHAR NOT NULL,
    valeur_lue VARCHAR
);

-- Ce que chaque fichier en a donné à la lecture.
CREATE TABLE interne.observation_lue (
    fichier       VARCHAR NOT NULL,
    source_id     VARCHAR NOT NULL,
    variable_id   VARCHAR NOT NULL,
    niveau        VARCHAR NOT NULL,
    territoire_id VARCHAR NOT NULL,
    annee         INTEGER,
    valeur        DOUBLE,
    etat          VARCHAR NOT NULL,
    note          VARCHAR,
    ligne         INTEGER,
    colonne       VARCHAR
);

CREATE TABLE interne.territoire_lu (
    fichier       VARCHAR NOT NULL,
    niveau        VARCHAR NOT NULL,
    territoire_id VARCHAR NOT NULL,
    nom           VARCHAR NOT NULL,
    commune       VARCHAR NOT NULL
);
