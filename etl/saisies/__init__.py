"""What people decide, kept for ever: append-only registers, read by every build."""

from etl.saisies.ajout import ajouter, signer
from etl.saisies.lecture import Erreur, Lecture, Ligne, lire
from etl.saisies.registres import SaisieRefusee

__all__ = ["Erreur", "Lecture", "Ligne", "SaisieRefusee", "ajouter", "lire", "signer"]
