-- Les nombres qui en rendraient un autre, tu, se taisent comme lui et avec les mêmes mots (etl/secret/complementaire.py).
UPDATE mesure_jugee AS m SET etat = 'secret', raison = raison_du_secret(m.nature, i.secret_avec)
FROM nombre_tu AS t
JOIN nombre_juge AS n ON n.rang = t.rang AND n.table_jugee = 'mesure'
JOIN interne.indicateur AS i ON i.indicateur_id = n.indicateur_id
WHERE n.indicateur_id = m.indicateur_id AND n.niveau = m.niveau AND n.territoire_id = m.territoire_id
  AND n.type_structure = m.type_structure AND n.perimetre = m.perimetre AND n.annee = m.annee
  AND n.periode_id = m.periode_id AND n.ventilation = m.ventilation AND n.modalite = m.modalite;

UPDATE evolution_jugee AS e SET etat = 'secret', lecture = NULL
FROM nombre_tu AS t
JOIN nombre_juge AS n ON n.rang = t.rang AND n.table_jugee = 'evolution'
WHERE n.indicateur_id = e.indicateur_id AND n.niveau = e.niveau AND n.territoire_id = e.territoire_id
  AND n.type_structure = e.type_structure AND n.perimetre = e.perimetre AND n.annee = e.annee AND n.periode_id = e.base;
