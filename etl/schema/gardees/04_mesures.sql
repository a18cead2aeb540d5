-- Les mesures publiées : calculées et masquées à la construction, jamais sommées ensuite. Celles dont rien de ce qui les
-- fait n'a changé sont reprises (etl/vues/14_mesures_a_refaire.sql).
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
    raison         VARCHAR,
    provisoire     BOOLEAN NOT NULL,
    estime         BOOLEAN NOT NULL,
    fictif         BOOLEAN NOT NULL,
    aval_le        TIMESTAMP, -- le dernier aval dont elle dépend ; nul tant qu'elle est provisoire
    a_l_aval       VARCHAR,   -- ce qui était publié à l'aval, quand elle a changé depuis
    depuis_l_aval  VARCHAR,   -- la même chose en une phrase : le jour de l'aval, celui du changement, sa raison
    nb_extraites   INTEGER NOT NULL, -- répondants connus d'un extrait, qui ne l'ont pas confirmé
    CHECK (etat = 'publie' OR (valeur IS NULL AND numerateur IS NULL AND denominateur IS NULL)),
    CHECK (nb_repondantes BETWEEN 0 AND nb_attendues)
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
    a_l_aval       VARCHAR, -- ce qui était publié à l'aval de sa campagne, quand elle a changé depuis
    CHECK (annee_base < annee),
    CHECK (etat = 'publie'
           OR (valeur IS NULL AND valeur_base IS NULL AND ecart IS NULL AND ecart_relatif IS NULL))
);

-- Ce dont chaque mesure a été faite, en empreinte.
CREATE TABLE interne.mesure_faite (
    indicateur_id VARCHAR PRIMARY KEY,
    empreinte     UBIGINT NOT NULL
);
