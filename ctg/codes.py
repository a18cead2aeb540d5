"""What the cells of one answer are called: a number, a numerator, a quarter, an exercise."""

CODES = {
    "valeur": "nombre",
    "numerateur": "numérateur",
    "denominateur": "dénominateur",
    "proposes": "questionnaires proposés",
    "repondants": "réponses",
    "satisfaits": "satisfaits",
    "T1": "1er trimestre",
    "T2": "2e trimestre",
    "T3": "3e trimestre",
    "T4": "4e trimestre",
    "etat": "état du jalon",
    "prevu_le": "date prévue",
    "realise_le": "date de réalisation",
    "avancement": "avancement",
    "texte": "texte",
    "niveau": "niveau",
    "n-1": "exercice précédent",
    "n": "exercice de l’année",
    "n+1": "exercice suivant",
}
