-- Les anomalies qu'une personne a acceptées (data/saisies/corrections.yml), entrée par entrée.
CREATE TABLE interne.acceptation (
    entree       INTEGER PRIMARY KEY, -- son rang dans le fichier, à partir de 1
    regle        VARCHAR NOT NULL,
    fichier      VARCHAR,
    feuille      VARCHAR,
    cellule      VARCHAR,
    repondant_id VARCHAR,
    annee        INTEGER,
    cle          VARCHAR,
    code         VARCHAR,
    attendu      VARCHAR NOT NULL,
    raison       VARCHAR NOT NULL,
    fonction     VARCHAR NOT NULL,
    le           TIMESTAMP NOT NULL,
    CHECK (fichier IS NOT NULL OR (repondant_id IS NOT NULL AND annee IS NOT NULL))
);
