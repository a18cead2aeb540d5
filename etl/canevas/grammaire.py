"""How the cells of a form are named: one hidden marker row, row keys, cell codes.

A form is one sheet. Its marker row says which column is which; column « id » bears the key of each row,
column « codes » the codes of its successive input cells. Nothing is located by its position.
"""

import re
from functools import lru_cache
from typing import NamedTuple

VERSION = 1
FEUILLE_MANIFESTE = "_ctg"
FEUILLE_AIDE = "Mode d’emploi"
MARQUE = re.compile(r"ctg:(structure|fiche|aide):(\d{1,6})")

REPONSES = ("v1", "v2", "v3", "v4")
COLONNES = ("id", "codes", "libelle", "unite", "precedent", *REPONSES, "remarque")

# Key of the rows that only carry printed words (titles, headings): text typed elsewhere has no key.
CLE_DECOR = "s"

# Words printed on every form: all that is left to recognise one by, when its hidden columns are gone.
LIBELLE_QUESTION, LIBELLE_REPONSE = "Question", "Votre réponse"
LIBELLE_UNITE = "Unité"
LIBELLE_PRECISION, LIBELLE_ANNEE = "Précision (facultatif)", "Année du rapport"
BANDEAU_FICTIF = "DONNÉES FICTIVES : ce formulaire sert à essayer l’outil."
# What stands before the questions, by kind of form: the words of the row that shows the name…
LIBELLES_NOM = {"structure": "Structure", "fiche": "Fiche projet"}
# … and those of the other rows, by key.
LIBELLES_IDENTITE = {
    "m:type": "Type",
    "m:gestionnaire": "Gestionnaire",
    "m:adresse": "Adresse",
    "m:quartier": "Quartier",
    "m:axe": "Axe",
    "m:referent": "Référent thématique",
    "m:annee": LIBELLE_ANNEE,
    "m:rempli_le": "Rempli le",
}

TRIMESTRES = ("T1", "T2", "T3", "T4")
CODES_EXERCICES = ("n-1", "n", "n+1")
CODES_PAR_SAISIE = {
    "nombre": ("valeur",),
    "rapport": ("numerateur", "denominateur"),
    "satisfaction": ("proposes", "repondants", "satisfaits"),
    "jalon": ("etat", "prevu_le", "realise_le", "avancement"),
    "texte": ("texte",),
    "niveau": ("niveau",),
}

ETATS_AVANCEMENT = ("Non engagé", "Engagé", "En cours", "Réalisé", "Décalé")
SANS_OBJET = "sans objet"

_PREFIXES = frozenset({"i:", "c:", "t:", "v:", "m:", CLE_DECOR, ""})
_CLE = re.compile(r"([ictv]):([^\s@#=:]+)(?:@([^\s@#=:]+)|#([^\s@#=:]+)=([^\s@#=:]+))?")


class Cle(NamedTuple):
    """What a row is about: `rubrique` is i (indicator), c (account), v (life of the structure), t (text)."""

    rubrique: str
    objet_id: str
    quartier_id: str | None = None
    ventilation: str | None = None
    modalite: str | None = None

    def __str__(self) -> str:
        texte = f"{self.rubrique}:{self.objet_id}"
        if self.quartier_id:
            return f"{texte}@{self.quartier_id}"
        return f"{texte}#{self.ventilation}={self.modalite}" if self.ventilation else texte


@lru_cache(maxsize=8192)
def analyser_cle(texte: str) -> Cle | None:
    """Read a row key such as `i:JE-1.1.1-a@gresilles`; None when it follows no known form."""
    trouve = _CLE.fullmatch(texte)
    return Cle(*trouve.groups()) if trouve else None


def porte_une_cle(lu: object) -> bool:
    """Say whether a cell of the column of ids is as we write it; else somebody typed something there."""
    return isinstance(lu, str) and (lu[:2] in _PREFIXES or MARQUE.fullmatch(lu) is not None)


# in the list of a marked copy: the file it was made from, so that sent back it takes its place
CORRIGE = "ctg:corrige:"


def rappel_de(annee: int) -> str:
    """The heading of the column of last year's answers."""
    return f"Rappel {annee - 1}"


def marque(genre: str) -> str:
    """The text of the marker cell: `ctg:structure:1`."""
    return f"ctg:{genre}:{VERSION}"


def normaliser(texte: str) -> str:
    """Forget what people never mean to change: case, spaces of every kind, typographic apostrophes."""
    return " ".join(texte.replace("’", "'").split()).casefold()
