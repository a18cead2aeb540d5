-- La convention telle que data/referentiel la décrit : dimensions du schéma `interne`.
-- Clés étrangères : seulement à l'intérieur d'un schéma (limite de DuckDB 2.0), d'où la place des dimensions ici.
CREATE SCHEMA IF NOT EXISTS interne;
CREATE SCHEMA IF NOT EXISTS publication;
CREATE SCHEMA IF NOT EXISTS collecte;

CREATE TABLE interne.parametre (
    cle     VARCHAR PRIMARY KEY,
    valeur  VARCHAR NOT NULL,
    libelle VARCHAR NOT NULL
);

CREATE TABLE interne.campagne (
    annee    INTEGER PRIMARY KEY,
    echeance DATE,
    echeance_fiches DATE, -- celle des référents, quand elle n'est pas celle des structures
    reference BOOLEAN NOT NULL
);

CREATE TABLE interne.axe (
    axe_id  VARCHAR PRIMARY KEY,
    rang    INTEGER NOT NULL,
    titre   VARCHAR NOT NULL,
    referent VARCHAR
);

CREATE TABLE interne.fiche (
    fiche_id      VARCHAR PRIMARY KEY,
    axe_id        VARCHAR NOT NULL REFERENCES interne.axe (axe_id),
    rang          INTEGER NOT NULL,
    titre         VARCHAR NOT NULL,
    referent_id   VARCHAR,
    mesure_phare  VARCHAR,
    remarque      VARCHAR
);

CREATE TABLE interne.fiche_texte (
    fiche_id VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    rubrique VARCHAR NOT NULL CHECK (rubrique IN ('objectif', 'objectif_operationnel', 'resultat')),
    rang     INTEGER NOT NULL,
    texte    VARCHAR NOT NULL,
    source   VARCHAR NOT NULL,
    PRIMARY KEY (fiche_id, rubrique, rang)
);

CREATE TABLE interne.ligne (
    ligne_id      VARCHAR PRIMARY KEY,
    fiche_id      VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    resultat_rang INTEGER NOT NULL,
    rang          INTEGER NOT NULL,
    libelle       VARCHAR NOT NULL,
    source        VARCHAR NOT NULL,
    remarque      VARCHAR
);

CREATE TABLE interne.quartier (
    quartier_id    VARCHAR PRIMARY KEY,
    nom            VARCHAR NOT NULL,
    rang           INTEGER NOT NULL,
    qpv            BOOLEAN NOT NULL,
    cite_educative BOOLEAN NOT NULL
);

-- Les 9 quartiers, plus ce qui n'est d'aucun : la ville entière (`ville`), hors de Dijon (`hors-dijon`).
CREATE TABLE interne.lieu (
    quartier_id VARCHAR PRIMARY KEY,
    nom         VARCHAR NOT NULL,
    rang        INTEGER NOT NULL,
    est_quartier BOOLEAN NOT NULL
);

CREATE TABLE interne.iris (
    code_iris       VARCHAR PRIMARY KEY,
    nom             VARCHAR NOT NULL,
    typ_iris        VARCHAR,
    quartier_id     VARCHAR REFERENCES interne.quartier (quartier_id),
    certitude       VARCHAR CHECK (certitude IN ('elevee', 'moyenne', 'faible')),
    residentiel     BOOLEAN NOT NULL,
    population      DOUBLE,
    version         VARCHAR
);

CREATE TABLE interne.type_structure (
    type_id VARCHAR PRIMARY KEY,
    libelle VARCHAR NOT NULL,
    rang    INTEGER NOT NULL
);

CREATE TABLE interne.expediteur (
    expediteur_id VARCHAR PRIMARY KEY,
    nom           VARCHAR NOT NULL,
    genre         VARCHAR
);

CREATE TABLE interne.repondant (
    repondant_id VARCHAR PRIMARY KEY,
    libelle      VARCHAR NOT NULL
);

CREATE TABLE interne.structure (
    structure_id    VARCHAR PRIMARY KEY,
    nom             VARCHAR NOT NULL,
    type_id         VARCHAR NOT NULL REFERENCES interne.type_structure (type_id),
    gestionnaire    VARCHAR,
    expediteur_id   VARCHAR REFERENCES interne.expediteur (expediteur_id),
    adresse         VARCHAR,
    code_postal     VARCHAR,
    ville           VARCHAR,
    quartier_id     VARCHAR NOT NULL REFERENCES interne.lieu (quartier_id),
    multisite       BOOLEAN NOT NULL,
    certitude       VARCHAR CHECK (certitude IN ('elevee', 'moyenne', 'faible')),
    certitude_note  VARCHAR,
    ouverte_le      DATE,
    fermee_le       DATE,
    eligible_bonus  BOOLEAN,
    annexe          VARCHAR,
    source          VARCHAR,
    CHECK (fermee_le IS NULL OR ouverte_le IS NULL OR fermee_le >= ouverte_le)
);

-- Ouverte au moins un jour dans l'année civile (Structure.ouverte_en).
CREATE TABLE interne.ouverture (
    structure_id VARCHAR NOT NULL REFERENCES interne.structure (structure_id),
    annee        INTEGER NOT NULL,
    PRIMARY KEY (structure_id, annee)
);

CREATE TABLE interne.ventilation (
    ventilation VARCHAR PRIMARY KEY,
    libelle     VARCHAR NOT NULL,
    exclusive   BOOLEAN NOT NULL
);

CREATE TABLE interne.modalite (
    ventilation VARCHAR NOT NULL REFERENCES interne.ventilation (ventilation),
    modalite    VARCHAR NOT NULL,
    libelle     VARCHAR NOT NULL,
    rang        INTEGER NOT NULL,
    PRIMARY KEY (ventilation, modalite)
);

CREATE TABLE interne.indicateur (
    indicateur_id         VARCHAR PRIMARY KEY,
    libelle               VARCHAR NOT NULL,
    question              VARCHAR,
    nature                VARCHAR NOT NULL
        CHECK (nature IN ('denombrement', 'taux', 'evolution', 'satisfaction', 'jalon', 'qualitatif')),
    unite                 VARCHAR,
    unite_statistique     VARCHAR,
    sens                  VARCHAR NOT NULL CHECK (sens IN ('hausse', 'baisse', 'neutre')),
    numerateur            VARCHAR,
    denominateur          VARCHAR,
    repondant             VARCHAR NOT NULL,
    saisie                VARCHAR NOT NULL
        CHECK (saisie IN ('nombre', 'rapport', 'satisfaction', 'jalon', 'texte', 'niveau', 'calcul')),
    calcul                VARCHAR,
    agregation_structures VARCHAR NOT NULL
        CHECK (agregation_structures IN
               ('somme', 'somme_doubles', 'rapport', 'ponderee', 'unique', 'aucune', 'repartition')),
    agregation_periodes   VARCHAR NOT NULL
        CHECK (agregation_periodes IN ('somme', 'derniere', 'rapport', 'aucune')),
    annee_type            VARCHAR NOT NULL CHECK (annee_type IN ('civile', 'scolaire')),
    granularite           VARCHAR NOT NULL CHECK (granularite IN ('annee', 'trimestre')),
    par_quartier          BOOLEAN NOT NULL,
    territoire_de         VARCHAR,
    definition            VARCHAR NOT NULL CHECK (definition IN ('arretee', 'a_arreter')),
    source_existante      VARCHAR,
    origine               VARCHAR NOT NULL CHECK (origine IN ('convention', 'propose')),
    ordre                 INTEGER NOT NULL,
    secret_avec           VARCHAR,
    source                VARCHAR,
    depuis                INTEGER, -- première année où elle est demandée ; vide : toujours
    -- La forme de la réponse décide de la formule : un nombre s'additionne, un rapport se recompose.
    forme                 VARCHAR NOT NULL
        CHECK (forme IN ('nombre', 'rapport', 'niveau', 'jalon', 'texte', 'evolution')),
    operation             VARCHAR CHECK (operation IN ('rapport', 'difference', 'evolution_reference')),
    operande_a            VARCHAR,
    operande_b            VARCHAR,
    facteur               INTEGER NOT NULL,
    -- une année scolaire n'a pas d'enfants : elle ne se demande pas par trimestre
    CHECK (NOT (annee_type = 'scolaire' AND granularite = 'trimestre'))
);

CREATE TABLE interne.indicateur_type (
    indicateur_id VARCHAR NOT NULL REFERENCES interne.indicateur (indicateur_id),
    type_id       VARCHAR NOT NULL REFERENCES interne.type_structure (type_id),
    PRIMARY KEY (indicateur_id, type_id)
);

CREATE TABLE interne.indicateur_ventilation (
    indicateur_id VARCHAR NOT NULL REFERENCES interne.indicateur (indicateur_id),
    ventilation   VARCHAR NOT NULL REFERENCES interne.ventilation (ventilation),
    PRIMARY KEY (indicateur_id, ventilation)
);

-- Une mesure peut servir deux fiches (JE-2.1.x et JE-3.2.x) ; son formulaire est celui de la première.
CREATE TABLE interne.indicateur_ligne (
    indicateur_id VARCHAR NOT NULL REFERENCES interne.indicateur (indicateur_id),
    ligne_id      VARCHAR REFERENCES interne.ligne (ligne_id),
    fiche_id      VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    formulaire    BOOLEAN NOT NULL
);

CREATE TABLE interne.cible (
    indicateur_id VARCHAR NOT NULL REFERENCES interne.indicateur (indicateur_id),
    annee         INTEGER NOT NULL,
    territoire_id VARCHAR NOT NULL,
    valeur        DOUBLE NOT NULL,
    origine       VARCHAR NOT NULL,
    PRIMARY KEY (indicateur_id, annee, territoire_id)
);

CREATE TABLE interne.croisement (
    fiche_id VARCHAR NOT NULL REFERENCES interne.fiche (fiche_id),
    liste    VARCHAR NOT NULL,
    code     VARCHAR NOT NULL,
    libelle  VARCHAR NOT NULL,
    origine  VARCHAR NOT NULL,
    PRIMARY KEY (fiche_id, liste, code)
);

CREATE TABLE interne.rubrique (
    rubrique_id VARCHAR PRIMARY KEY,
    formulaire  VARCHAR NOT NULL CHECK (formulaire IN ('structure', 'fiche')),
    libelle     VARCHAR NOT NULL,
    rang        INTEGER NOT NULL
);

CREATE TABLE interne.poste (
    poste_id VARCHAR PRIMARY KEY,
    libelle  VARCHAR NOT NULL,
    bloc     VARCHAR NOT NULL,
    rang     INTEGER NOT NULL,
    niveau   INTEGER NOT NULL,
    somme_de VARCHAR[],
    difference_de VARCHAR[]
);

CREATE TABLE interne.champ (
    champ_id          VARCHAR PRIMARY KEY,
    libelle           VARCHAR NOT NULL,
    unite             VARCHAR,
    unite_statistique VARCHAR,
    rang              INTEGER NOT NULL
);

-- Deux nombres d'un même formulaire dont l'un borne l'autre (relations.csv), avec ce qu'il faut pour le dire ; une part
-- calculée d'un nombre dans un autre en est une.
CREATE TABLE interne.relation (
    partie_id VARCHAR NOT NULL,
    code      VARCHAR NOT NULL CHECK (code IN ('valeur', 'numerateur', 'denominateur')),
    tout_id   VARCHAR NOT NULL,
    relation  VARCHAR NOT NULL CHECK (relation IN ('partie', 'egal', 'suppose')),
    question               VARCHAR NOT NULL,
    terme                  VARCHAR, -- ce que compte ce nombre, quand la question en demande deux
    unite_statistique      VARCHAR NOT NULL,
    tout_question          VARCHAR NOT NULL,
    tout_unite_statistique VARCHAR NOT NULL,
    muette    BOOLEAN NOT NULL, -- l'un des deux dirait un petit effectif qui n'est pas le sien (secret_avec)
    PRIMARY KEY (partie_id, code, tout_id)
);

-- Une seule règle pour les deux calendriers : une année scolaire appartient à l'année où elle finit.
CREATE TABLE interne.periode (
    periode_id VARCHAR PRIMARY KEY,
    genre      VARCHAR NOT NULL CHECK (genre IN ('civile', 'scolaire', 'semestre', 'trimestre')),
    annee      INTEGER NOT NULL,
    libelle    VARCHAR NOT NULL,
    rang       INTEGER NOT NULL
);

-- Les trimestres d'une période : un semestre en a deux, une année civile quatre ; une année scolaire, aucun.
CREATE TABLE interne.periode_filiation (
    parent_id VARCHAR NOT NULL REFERENCES interne.periode (periode_id),
    enfant_id VARCHAR NOT NULL REFERENCES interne.periode (periode_id),
    PRIMARY KEY (parent_id, enfant_id)
);
