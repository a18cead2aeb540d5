"""What is written on a form where nothing is asked: told, never read, and never taken for a blank.

Each place is held against what the form prints there: the unit of the row, the recall of last year, a title.
"""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from etl.adresse import adresse
from etl.canevas.grammaire import (
    ETATS_AVANCEMENT,
    LIBELLE_PRECISION,
    LIBELLE_QUESTION,
    LIBELLE_REPONSE,
    LIBELLE_UNITE,
    LIBELLES_IDENTITE,
    LIBELLES_NOM,
    REPONSES,
    rappel_de,
)
from etl.canevas.impression import Feuillet, est_une_boite
from etl.canevas.lecture.decalages import RAPPEL, est_seul, glissement, rappel_glisse
from etl.canevas.lecture.intitules_lus import Intitules, comparer, intitules, reconnaitre
from etl.canevas.lecture.journal import Journal
from etl.canevas.lecture.ressemblance import condenser, memes_mots, nombres
from etl.canevas.phrases.messages import citer
from etl.canevas.plan import Ligne
from etl.canevas.reperes import Reperes
from etl.canevas.reponse.echelle import echelle_annoncee
from etl.canevas.reponse.petits_nombres import NonMontre, a_montrer
from etl.canevas.reponse.valeurs import texte_de

_RAPPEL_EN = "rappel en "
_TITRE_PROCHE = 60  # of 100: under it, a title is no longer the one that was printed
# Identity rows whose answer is words of ours: a number there was typed by somebody.
_IDENTITE = frozenset(LIBELLES_IDENTITE) - {"m:annee", "m:rempli_le"} | {"m:nom", "m:fictif"}


class HorsSaisie:
    """Tells, row after row, what stands out of the answer cells of a form.

    `contestees` holds the codes of the answers whose captions were exchanged, as the sheet is gone down.
    """

    def __init__(
        self,
        reperes: Reperes,
        largeur: int,
        imprime: Feuillet,
        annee: int,
        seuil: int,
        journal: Journal,
        textes: bool,
    ) -> None:
        colonnes = reperes.colonnes
        self.reperes, self.annee, self.seuil = reperes, annee, seuil
        self.journal, self.textes = journal, textes
        self.reponses = [colonnes[nom] for nom in REPONSES]
        self.libelle, self.remarque = colonnes.get("libelle"), colonnes.get("remarque")
        self.unite, self.precedent = colonnes.get("unite"), colonnes.get("precedent")
        self.etrangeres = [c for c in range(largeur) if c not in colonnes.values()]
        rappels = [c for c in (self.unite, self.precedent) if c is not None]
        reste = [self.remarque] if self.remarque is not None else []
        self.codes = colonnes.get("codes")
        codes = [] if self.codes is None else [self.codes]
        self.a_blanc = codes + rappels + self.reponses + reste + self.etrangeres  # beside a title
        self.au_dela = {  # beyond the answers of a row, without or with its note
            (n, avec): self.reponses[n:] + self.etrangeres + ([] if avec else reste)
            for n in range(len(REPONSES) + 1)
            for avec in (True, False)
        }
        self.d_identite = rappels + self.au_dela[1, False]
        self.imprime = imprime
        self.titres = imprime.autres | set(imprime.bandes.values()) | {LIBELLE_QUESTION, ""}
        self.legendes = {connu.legende.annonce: connu for connu in intitules(annee)}
        self.entetes = {
            self.unite: LIBELLE_UNITE,
            self.precedent: rappel_de(annee),
            self.reponses[0]: LIBELLE_REPONSE,
            self.remarque: LIBELLE_PRECISION,
        }
        self.connus = self.titres | self.legendes.keys()
        self.contestees: set[str] = set()

    def ligne(
        self, rang: int, rangee: list[object], ligne: Ligne, precisable: bool, deplacee: bool = False
    ) -> bool:
        """Beside the answers of a row. True when an answer was typed there and none in its cells.

        `deplacee`: the visible cells are those of another row, its unit and its recall with them.
        """
        n = len(ligne.codes)
        ecrites = [c for c in self.au_dela[n, precisable] if rangee[c] != "" and str(rangee[c]).strip()]
        if self.unite is not None and rangee[self.unite] not in ("", ligne.unite):
            ecrites += self._unite(rang, rangee, ligne, deplacee)
        if self.precedent is not None and rangee[self.precedent] != "":
            ecrites += self._rappel(rangee, ligne, deplacee)
        glisse = isinstance(rangee[self.reponses[0]], str) and self._rappel_glisse(rangee, ligne, n)
        if glisse:
            place, lu = (rang, self.reponses[0]), rangee[self.reponses[0]]
            montre = a_montrer(lu, self.seuil) if ligne.confidentielle else lu
            self.journal.noter("rappel_pour_reponse", place, montre, question=ligne.nom)
        if glisse or (rangee[self.reponses[0]] != "" and not ecrites):
            self.dire(rang, rangee, ecrites, ligne.confidentielle)
            return glisse
        vide = not any(str(rangee[c]).strip() for c in self.reponses[:n])
        # words answer a question that asks for words; elsewhere they only speak of the number
        mots = not precisable
        reponses = [c for c in ecrites if c not in self.etrangeres and (mots or _chiffre(rangee[c]))]
        reponses = reponses if vide else []
        if vide and precisable and self.remarque is not None and est_seul(rangee[self.remarque]):
            reponses.append(self.remarque)
        gauche = self.precedent if self.precedent in ecrites else None
        glissees = (
            None if vide or not precisable else glissement(rangee, self.reponses, n, gauche, self.remarque)
        )
        if reponses or glissees:
            place, case = (glissees.place, glissees.vide) if glissees else (reponses[0], self.reponses[0])
            lu = rangee[place]
            self.journal.noter(
                "reponses_glissees" if glissees else "reponse_a_cote",
                (rang, place),
                a_montrer(lu, self.seuil) if ligne.confidentielle else lu,
                question=ligne.nom,
                case=adresse(rang, case),
                **({"cote": glissees.cote} if glissees else {}),
            )
            reponses = [place]
        elif vide and self._rappel_inconnu(rangee):
            self.journal.noter("rappel_sans_reponse", (rang, self.precedent), question=ligne.nom)
        self.dire(rang, rangee, [c for c in ecrites if c not in reponses[:1]], ligne.confidentielle)
        return bool(reponses)

    def _rappel_glisse(self, rangee: list[object], ligne: Ligne, n: int) -> bool:
        if self.precedent is None or (self.textes and self.imprime.rappels is None):
            return False
        connus = self.imprime.rappels
        imprime = None if connus is None else connus.get(str(ligne.cle), "")
        suivante = self.reponses[n] if n < len(self.reponses) else None
        return rappel_glisse(rangee, self.precedent, imprime, self.reponses[0], suivante)

    def _unite(self, rang: int, rangee: list[object], ligne: Ligne, deplacee: bool) -> list[int]:
        lu = rangee[self.unite]
        texte = str(lu).strip()
        rappel = f"{_RAPPEL_EN}{ligne.unite_rappel}" if ligne.unite_rappel else ""
        if not texte or memes_mots(texte, ligne.unite) or (rappel and memes_mots(texte, rappel)):
            return []
        if deplacee and not _chiffre(lu):
            return []
        if not ligne.unite or not isinstance(lu, str) or _chiffre(lu):
            return [self.unite]
        if not texte.casefold().startswith(_RAPPEL_EN):
            place = (rang, self.unite)
            self.journal.noter("unite_changee", place, lu, question=ligne.nom, attendu=ligne.unite)
        return []

    def _rappel(self, rangee: list[object], ligne: Ligne, deplacee: bool) -> list[int]:
        lu = rangee[self.precedent]
        if self.imprime.rappels is not None:
            imprime = self.imprime.rappels.get(str(ligne.cle), "")
            repondue = rangee[self.reponses[0]] != ""
            # made a number, what was printed says nothing more; without an answer, it may well be it
            redite = condenser(texte_de(lu)) == condenser(imprime) and (isinstance(lu, str) or repondue)
            d_une_autre = deplacee and lu in self.imprime.rappels.values()
            return [] if lu == imprime or redite or d_une_autre else [self.precedent]
        if not str(lu).strip() or self.textes:  # a .csv does not tell what was printed from what was typed
            return []
        imprimable = isinstance(lu, str) and not est_une_boite(ligne)  # its words take the place of a recall
        imprime = imprimable and (RAPPEL.fullmatch(lu.strip()) or lu.strip() in ETATS_AVANCEMENT)
        return [] if imprime else [self.precedent]

    def _rappel_inconnu(self, rangee: list[object]) -> bool:
        """True when a number stands in the recall and nothing tells whether it was printed there."""
        inconnu = self.imprime.rappels is None and self.precedent is not None
        return inconnu and _chiffre(rangee[self.precedent])

    def decor(self, rang: int, rangee: list[object], deja: bool) -> None:
        """A row of printed words: its title, and nothing beside it but captions. `deja`: they are told."""
        texte = "" if self.libelle is None else rangee[self.libelle]
        noms = rang == self.reperes.ligne and texte == "libelle"  # the marker row, its mark lost
        # without keys, a hidden row of the identity is known by its place alone
        if noms or (self.reperes.sans_cles and texte == ""):
            self.dire(rang, rangee, self.etrangeres)
            return
        if texte not in self.connus and not deja:
            self._titre(rang, texte)
        if not any(rangee[c] != "" for c in self.a_blanc):
            return
        cellules = [rangee[c] for c in self.reponses]
        remarque = "" if self.remarque is None else rangee[self.remarque]
        connu = self.legendes.get(texte)
        if connu is None:
            if memes_mots(str(texte), LIBELLE_QUESTION):
                self._entete(rang, rangee)
                return
            connu = reconnaitre(str(texte), cellules, self.annee)
        if connu is None:
            self.dire(rang, rangee, self.a_blanc)
            return
        self.contestees -= connu.codes
        reste = [c for c in self.a_blanc if c not in (*self.reponses, self.remarque)]
        if cellules != connu.cellules or remarque != connu.legende.remarque:
            reste += self._legende(rang, connu, cellules, remarque)
        self.dire(rang, rangee, reste)

    def _legende(self, rang: int, connu: Intitules, cellules: list[object], remarque: object) -> list[int]:
        """Tell the captions that changed; the columns where something else was typed."""
        places = [*self.reponses, self.remarque]
        a_cote = []
        for lu in comparer(connu, cellules, remarque):
            place = places[lu.rang]
            if lu.regle == "hors_saisie":
                a_cote.append(place)
                continue
            if lu.regle == "intitules_echanges":
                self.contestees |= connu.codes
            montre = a_montrer((*cellules, remarque)[lu.rang], self.seuil)
            self.journal.noter(lu.regle, (rang, place), montre, attendu=" ".join(lu.attendu.split()))
        return a_cote

    def _entete(self, rang: int, rangee: list[object]) -> None:
        autres = [
            c
            for c in self.a_blanc
            if rangee[c] != self.entetes.get(c, "")
            and not memes_mots(str(rangee[c]), self.entetes.get(c, ""))
        ]
        self.dire(rang, rangee, autres)

    def _titre(self, rang: int, texte: object) -> None:
        if rang < self.reperes.ligne:  # over the headings: the name, the year, the convention
            ecrit = not isinstance(texte, str) or condenser(texte).isdecimal()
        elif not str(texte).strip() or (rang == self.reperes.ligne and self.reperes.marquee):
            return
        else:
            proche, note, _ = process.extractOne(str(texte), self.connus, scorer=fuzz.ratio)
            ecrit = note < _TITRE_PROCHE or nombres(str(texte)) != nombres(proche)
            ecrit = ecrit and condenser(str(texte)) not in map(condenser, self.connus)
            ecrit = ecrit or echelle_annoncee(texte) is not None
        if ecrit:
            self._noter(rang, [self.libelle], [texte], True)

    def identite(self, rang: int, rangee: list[object], cle: str) -> None:
        """A row that says who answers: the words at its left, its one answer, and nothing more."""
        ecrites = list(self.d_identite)
        if self.libelle is not None:
            lu = rangee[self.libelle]
            prevus = [LIBELLES_IDENTITE.get(cle, ""), *LIBELLES_NOM.values()]
            if lu not in prevus and not any(memes_mots(str(lu), prevu) for prevu in prevus):
                ecrites.append(self.libelle)
        if self.codes is not None and rangee[self.codes] != "valeur":
            ecrites.append(self.codes)
        if cle in _IDENTITE and est_seul(rangee[self.reponses[0]]):
            ecrites.append(self.reponses[0])
        self.dire(rang, rangee, ecrites)

    def non_chargee(self, rang: int, rangee: list[object]) -> None:
        """A row whose answers were told: what stands beside them, where words are printed."""
        rappels = [c for c in (self.unite, self.precedent) if c is not None and est_seul(rangee[c])]
        self.dire(rang, rangee, self.etrangeres + rappels)

    def dire(
        self, rang: int, rangee: list[object], colonnes: Iterable[int], confidentielle: bool = True
    ) -> None:
        """Tell what is written in these columns; unless its row says otherwise, it may count people."""
        ecrites = [c for c in colonnes if rangee[c] != "" and str(rangee[c]).strip()]
        if ecrites:
            self._noter(rang, ecrites, [rangee[c] for c in ecrites], confidentielle)

    def _noter(self, rang: int, ecrites: list[int], lus: list[object], confidentielle: bool) -> None:
        dits = lus
        if confidentielle:
            lus = [a_montrer(lu, self.seuil) for lu in lus]
        caches = [lu for lu in lus if isinstance(lu, NonMontre)]
        lu = caches[0] if caches else " ; ".join(map(citer, lus))
        adresses = ", ".join(adresse(rang, colonne) for colonne in ecrites)
        if echelle := next(filter(None, map(echelle_annoncee, dits)), None):
            self.journal.noter("echelle_annoncee", (rang, ecrites[0]), echelle, adresses=adresses)
        else:
            self.journal.noter("hors_saisie", (rang, ecrites[0]), lu, adresses=adresses)


def _chiffre(lu: object) -> bool:
    """True when something was written that holds a digit, or is no word."""
    return bool(re.search(r"\d", lu)) if isinstance(lu, str) else True
