-- Ce que des personnes ont décidé (data/saisies), ligne par ligne, une fois contrôlé par etl/saisies.
CREATE TABLE interne.fonction (
    fonction_id VARCHAR PRIMARY KEY,
    libelle     VARCHAR NOT NULL
);

CREATE TABLE interne.saisie_valeur (
    ligne           INTEGER PRIMARY KEY, -- dans valeurs.csv
    le              TIMESTAMP NOT NULL,
    fonction        VARCHAR NOT NULL REFERENCES interne.fonction (fonction_id),
    raison          VARCHAR NOT NULL,
    repondant_id    VARCHAR NOT NULL,
    annee           INTEGER NOT NULL,
    cle             VARCHAR NOT NULL,
    rubrique        VARCHAR NOT NULL,
    objet_id        VARCHAR NOT NULL,
    quartier_id     VARCHAR,
    ventilation     VARCHAR NOT NULL,
    modalite        VARCHAR NOT NULL,
    code            VARCHAR NOT NULL,
    ancienne_etat   VARCHAR NOT NULL,
    ancienne_valeur DOUBLE,
    ancienne_texte  VARCHAR,
    retour          BOOLEAN NOT NULL, -- reprendre la valeur reçue, quelle qu'elle soit
    etat            VARCHAR NOT NULL CHECK (etat IN ('valeur', 'sans_objet', 'manquant')),
    valeur          DOUBLE,
    texte           VARCHAR,
    remarque        VARCHAR, -- les mots autour du nombre, sauf s'ils peuvent dire un petit effectif ou quelqu'un
    estime          BOOLEAN NOT NULL,
    -- comme on peut les montrer : un petit effectif n'est jamais recopié
    ancienne        VARCHAR NOT NULL,
    nouvelle        VARCHAR NOT NULL
);

CREATE TABLE interne.saisie_source (
    ligne         INTEGER PRIMARY KEY, -- dans sources.csv
    le            TIMESTAMP NOT NULL,
    fonction      VARCHAR NOT NULL REFERENCES interne.fonction (fonction_id),
    raison        VARCHAR NOT NULL,
    repondant_id  VARCHAR NOT NULL,
    annee         INTEGER NOT NULL,
    indicateur_id VARCHAR NOT NULL,
    source        VARCHAR NOT NULL
);

-- Les étapes déclarées qui tiennent encore (etl/saisies/etapes.py) : aucune n'en saute une autre.
CREATE TABLE interne.etape_decidee (
    annee       INTEGER NOT NULL,
    fiche_id    VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    etape       VARCHAR NOT NULL CHECK (etape IN ('confirmee', 'validee', 'aval', 'diffusee')),
    atteinte_le TIMESTAMP NOT NULL, -- le jour de la décision
    enregistree_le TIMESTAMP NOT NULL, -- celui où elle a été écrite
    fonction    VARCHAR NOT NULL REFERENCES interne.fonction (fonction_id),
    raison      VARCHAR,
    vu          VARCHAR, -- la marque des chiffres sur lesquels elle a été prise ; nulle dans une ligne écrite à la main
    ligne       INTEGER NOT NULL,
    PRIMARY KEY (annee, fiche_id, etape)
);

CREATE TABLE interne.confirmation (
    annee        INTEGER NOT NULL,
    repondant_id VARCHAR NOT NULL,
    atteinte_le  TIMESTAMP NOT NULL,
    enregistree_le TIMESTAMP NOT NULL,
    fonction     VARCHAR NOT NULL REFERENCES interne.fonction (fonction_id),
    vu           VARCHAR,
    PRIMARY KEY (annee, repondant_id)
);

CREATE TABLE interne.changement_admis (
    annee    INTEGER NOT NULL,
    fiche_id VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    le       TIMESTAMP NOT NULL,
    fonction VARCHAR NOT NULL REFERENCES interne.fonction (fonction_id),
    raison   VARCHAR NOT NULL
);

-- Le dernier aval d'une fiche, quand il a été retiré et pas redonné : la raison du retrait dit ce qui change depuis.
CREATE TABLE interne.aval_retire (
    annee     INTEGER NOT NULL,
    fiche_id  VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    aval_le   TIMESTAMP NOT NULL,
    copie_le  TIMESTAMP NOT NULL, -- ce qui nomme la copie de ce qu'il couvrait
    retire_le TIMESTAMP NOT NULL,
    raison    VARCHAR NOT NULL,
    PRIMARY KEY (annee, fiche_id)
);

-- Ce qui était publié le jour de l'aval, puis le jour de chaque changement admis (data/saisies/avals) :
-- des textes déjà masqués, rien d'autre. Une évolution y a l'année de sa base pour période, « evolution » pour
-- ventilation, sa base pour modalité.
CREATE TABLE interne.aval_copie (
    annee          INTEGER NOT NULL,
    fiche_id       VARCHAR NOT NULL,
    le             TIMESTAMP NOT NULL,
    indicateur_id  VARCHAR NOT NULL,
    niveau         VARCHAR NOT NULL,
    territoire_id  VARCHAR NOT NULL,
    type_structure VARCHAR NOT NULL,
    perimetre      VARCHAR NOT NULL,
    periode_id     VARCHAR NOT NULL,
    ventilation    VARCHAR NOT NULL,
    modalite       VARCHAR NOT NULL,
    affichage      VARCHAR NOT NULL
);
