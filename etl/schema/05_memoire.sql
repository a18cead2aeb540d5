-- Ce que la lecture de chaque fichier a donné, avant tout jugement : la construction suivante ne relit pas un fichier
-- dont ni les octets, ni le nom, ni le programme qui le lit n'ont changé (etl/lecture/memoire.py). Ses cellules : interne.lue.
CREATE TABLE interne.lecture (
    fichier  VARCHAR PRIMARY KEY,
    sha256   VARCHAR NOT NULL,
    lieu     VARCHAR NOT NULL, -- son dossier et son nom : une année s'y lit parfois
    version  VARCHAR NOT NULL, -- celle du programme et du référentiel
    statut   VARCHAR NOT NULL,
    famille  VARCHAR,
    genre    VARCHAR,
    message  VARCHAR,
    corrige  VARCHAR,
    -- d'une source de données ouvertes
    annee    INTEGER,
    priorite INTEGER
);

CREATE TABLE interne.formulaire_lu (
    fichier      VARCHAR NOT NULL,
    depot_id     INTEGER NOT NULL,
    genre        VARCHAR NOT NULL,
    repondant_id VARCHAR,
    annee        INTEGER,
    fictif       BOOLEAN NOT NULL,
    rempli_le    DATE,
    feuille      VARCHAR NOT NULL,
    statut       VARCHAR NOT NULL,
    source       VARCHAR NOT NULL,
    contenu      VARCHAR NOT NULL
);

CREATE TABLE interne.anomalie_lue (
    fichier    VARCHAR NOT NULL,
    depot_id   INTEGER, -- vide : du fichier lui-même
    feuille    VARCHAR,
    cellule    VARCHAR,
    gravite    VARCHAR NOT NULL,
    regle      VARCHAR NOT NULL,
    message    VARCHAR NOT NULL,
    valeur_lue VARCHAR
);

-- Les lignes dont l'identifiant est perdu et le libellé seulement proche : à confirmer (data/saisies/libelles.csv).
CREATE TABLE interne.rapprochement_lu (
    fichier  VARCHAR NOT NULL,
    depot_id INTEGER NOT NULL,
    feuille  VARCHAR NOT NULL,
    cellule  VARCHAR NOT NULL,
    libelle  VARCHAR NOT NULL,
    cle      VARCHAR NOT NULL,
    propose  VARCHAR NOT NULL,
    score    DOUBLE NOT NULL CHECK (score BETWEEN 0 AND 100)
);

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
