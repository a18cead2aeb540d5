-- Ce qui a été reçu et lu, avec l'adresse de chaque valeur. Aucune page, aucun export ne lit ce schéma.
CREATE TABLE interne.fichier (
    fichier VARCHAR PRIMARY KEY,
    sha256  VARCHAR NOT NULL,
    famille VARCHAR,
    genre   VARCHAR,
    taille  BIGINT NOT NULL CHECK (taille >= 0),
    recu_le TIMESTAMP,
    statut  VARCHAR NOT NULL
        CHECK (statut IN ('accepte', 'accepte_partiel', 'refuse', 'remplace', 'ignore')),
    message VARCHAR
);

-- Un dépôt = un formulaire lu dans une feuille d'un fichier ; un seul est retenu par répondant, année et source.
CREATE TABLE interne.depot (
    depot_id     BIGINT PRIMARY KEY,
    fichier      VARCHAR NOT NULL REFERENCES interne.fichier (fichier),
    feuille      VARCHAR,
    formulaire   VARCHAR NOT NULL CHECK (formulaire IN ('structure', 'fiche')),
    source       VARCHAR NOT NULL, -- formulaire | classeur:<id> | extrait:<id>
    repondant_id VARCHAR,
    annee        INTEGER,
    fictif       BOOLEAN NOT NULL,
    rempli_le    TIMESTAMP,
    recu_le      TIMESTAMP,
    statut       VARCHAR NOT NULL
        CHECK (statut IN ('accepte', 'accepte_partiel', 'refuse', 'remplace', 'ignore')),
    retenu       BOOLEAN NOT NULL,
    remplace_par VARCHAR,
    message      VARCHAR
);

-- Les cellules qui comptent, jugées (etl/jugement) puis contrôlées (etl/controles).
-- Ce qu'une personne a saisi là où rien n'était arrivé en est une aussi (source `saisie`) : sa ligne de valeurs.csv, sans
-- feuille ; un numéro négatif quand le répondant n'a aucun dépôt qui compte.
CREATE TABLE interne.cellule (
    depot_id      BIGINT NOT NULL,
    fichier       VARCHAR NOT NULL,
    feuille       VARCHAR,
    cellule       VARCHAR NOT NULL,
    formulaire    VARCHAR NOT NULL,
    source        VARCHAR NOT NULL,
    repondant_id  VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    rubrique      VARCHAR NOT NULL CHECK (rubrique IN ('i', 'c', 'v', 't')),
    objet_id      VARCHAR NOT NULL,
    indicateur_id VARCHAR,
    quartier_id   VARCHAR,
    periode_id    VARCHAR,
    ventilation   VARCHAR NOT NULL,
    modalite      VARCHAR NOT NULL,
    code          VARCHAR NOT NULL,
    valeur        DOUBLE,
    texte         VARCHAR,
    etat          VARCHAR NOT NULL
        CHECK (etat IN ('valeur', 'sans_objet', 'manquant', 'refuse', 'a_relire')),
    remarque      VARCHAR,
    remarque_a_relire BOOLEAN NOT NULL,
    estime        BOOLEAN NOT NULL,
    saisie        INTEGER, -- la ligne de valeurs.csv qui l'a corrigée
    recue         BOOLEAN NOT NULL DEFAULT true, -- faux quand la valeur ne vient que de valeurs.csv
    fictif        BOOLEAN NOT NULL,
    retenu        BOOLEAN NOT NULL,
    -- ce qui nomme peut-être quelqu'un reste dans son fichier
    CHECK ((etat <> 'a_relire' OR texte IS NULL) AND (NOT remarque_a_relire OR remarque IS NULL))
);

CREATE TABLE interne.anomalie (
    fichier      VARCHAR NOT NULL,
    feuille      VARCHAR,
    cellule      VARCHAR,
    gravite      VARCHAR NOT NULL CHECK (gravite IN ('bloquant', 'a_confirmer', 'information')),
    regle        VARCHAR NOT NULL,
    message      VARCHAR NOT NULL,
    message_tu   VARCHAR, -- le même sans les nombres qu'il cite : ce qui en reste si l'un d'eux se tait (79_citations.sql)
    valeur_lue   VARCHAR,
    repondant_id VARCHAR,
    annee        INTEGER,
    -- ce qu'un contrôle a comparé, et l'empreinte de ce qui a été lu : ils peuvent dire un petit effectif
    compare      VARCHAR,
    empreinte    VARCHAR,
    cle          VARCHAR, -- la ligne du formulaire, quand la cellule en est une
    code         VARCHAR,
    entree       INTEGER  -- celle de corrections.yml qui l'accepte
);

-- De quel dépôt parle une anomalie : un classeur répond pour plusieurs structures, et sur plusieurs feuilles ; la faute
-- de l'une n'est pas celle de ses voisines. Un formulaire du canevas, lui, est une feuille.
CREATE VIEW IF NOT EXISTS interne.anomalie_de_depot AS
SELECT d.depot_id, a.*
FROM interne.anomalie AS a
JOIN interne.depot AS d
    ON d.fichier = a.fichier
   AND d.repondant_id IS NOT DISTINCT FROM a.repondant_id AND d.annee IS NOT DISTINCT FROM a.annee
   AND (d.source <> 'formulaire' OR d.feuille IS NOT DISTINCT FROM a.feuille);

-- Une réponse élémentaire : un répondant, un lieu, une période, une modalité.
CREATE TABLE interne.fait (
    indicateur_id VARCHAR NOT NULL,
    formulaire    VARCHAR NOT NULL,
    repondant_id  VARCHAR NOT NULL,
    quartier_id   VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    periode_id    VARCHAR NOT NULL,
    ventilation   VARCHAR NOT NULL,
    modalite      VARCHAR NOT NULL,
    etat          VARCHAR NOT NULL CHECK (etat IN ('publie', 'sans_objet', 'manquant')),
    valeur        DOUBLE,
    numerateur    DOUBLE,
    denominateur  DOUBLE,
    proposes      DOUBLE,
    estime        BOOLEAN NOT NULL, -- une des cellules de la réponse est une estimation
    fictif        BOOLEAN NOT NULL,
    CHECK (etat = 'publie' OR (valeur IS NULL AND numerateur IS NULL AND denominateur IS NULL))
);

-- Qui doit répondre à quoi, chaque année d'une campagne ouverte.
CREATE TABLE interne.attendu (
    indicateur_id  VARCHAR NOT NULL,
    formulaire     VARCHAR NOT NULL CHECK (formulaire IN ('structure', 'fiche')),
    repondant_id   VARCHAR NOT NULL,
    type_structure VARCHAR NOT NULL,
    quartier_id    VARCHAR NOT NULL,
    par_quartier   BOOLEAN NOT NULL,
    annee          INTEGER NOT NULL
);

