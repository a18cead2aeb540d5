"""Qui a répondu, que faut-il corriger ce matin ?"""

from pages.commun import bandeau, donnees, filtres
from pages.donnees import onglets, reconstruction
from pages.donnees.volets import (
    corrections,
    correspondance,
    couverture,
    decisions,
    depot,
    provenance,
    relances,
    reponses,
)

QUESTION = "Qui a répondu, que faut-il corriger ce matin ?"
# in the order of a morning's work; the code stands in the address (`?volet=relancer`)
VOLETS = (
    onglets.Volet("reponses", "Qui a répondu", reponses),
    onglets.Volet("deposer", "Déposer", depot),
    onglets.Volet("corriger", "À corriger", corrections),
    onglets.Volet("decider", "Décider", decisions),
    onglets.Volet("relancer", "Relancer", relances),
    onglets.Volet("couverture", "Couverture", couverture),
    onglets.Volet("decrire", "Décrire un classeur", correspondance),
    onglets.Volet("provenance", "D’où vient ce nombre ?", provenance),
)

choix = filtres.courants()
bandeau.afficher("Collecte", QUESTION)
reconstruction.annoncer()
onglets.afficher(VOLETS, choix.annee, donnees.fictif())
