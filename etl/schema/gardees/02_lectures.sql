-- Ce que la lecture de chaque fichier a donné, avant tout jugement : la construction suivante ne relit pas un fichier
-- dont ni les octets, ni le nom, ni le programme qui le lit n'ont changé (etl/lecture/memoire.py).
CREATE TABLE interne.lecture (
    fichier  VARCHAR PRIMARY KEY,
    sha256   VARCHAR NOT NULL,
    lieu     VARCHAR NOT NULL, -- son dossier et son nom : une année s'y lit parfois
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
    depot_id     BIGINT NOT NULL, -- tiré du nom du fichier et du rang du formulaire (etl/jugement/depots.py)
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
    depot_id   BIGINT, -- vide : du fichier lui-même
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
    depot_id BIGINT NOT NULL,
    feuille  VARCHAR NOT NULL,
    cellule  VARCHAR NOT NULL,
    libelle  VARCHAR NOT NULL,
    cle      VARCHAR NOT NULL,
    propose  VARCHAR NOT NULL,
    score    DOUBLE NOT NULL CHECK (score BETWEEN 0 AND 100)
);

-- Chaque cellule telle qu'elle a été lue : ce que les jugements, les contrôles et les saisies ne changent jamais.
CREATE TABLE interne.lue (
    depot_id      BIGINT NOT NULL,
    feuille       VARCHAR, -- sa feuille, quand un classeur répond sur plusieurs ; sinon celle du dépôt
    cellule       VARCHAR NOT NULL,
    rubrique      VARCHAR NOT NULL CHECK (rubrique IN ('i', 'c', 'v', 't')),
    objet_id      VARCHAR NOT NULL,
    quartier_id   VARCHAR,
    ventilation   VARCHAR,
    modalite      VARCHAR,
    code          VARCHAR NOT NULL,
    valeur        DOUBLE,
    texte         VARCHAR,
    etat          VARCHAR NOT NULL
        CHECK (etat IN ('valeur', 'sans_objet', 'manquant', 'refuse', 'a_relire')),
    remarque      VARCHAR,
    remarque_a_relire BOOLEAN NOT NULL,
    estime        BOOLEAN NOT NULL,
    -- ce qui nomme peut-être quelqu'un reste dans son fichier
    CHECK ((etat <> 'a_relire' OR texte IS NULL) AND (NOT remarque_a_relire OR remarque IS NULL))
);
