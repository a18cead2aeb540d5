"""One sheet read as one form: its identity is checked, then every input cell becomes a cell or an anomaly."""

from collections import Counter

from ctg.referentiel import Referentiel
from etl.canevas.grammaire import CLE_DECOR, COLONNES_VITALES, REPONSES, VERSION, Cle, analyser_cle
from etl.canevas.identite import identite_annoncee, lire_identite
from etl.canevas.journal import Journal, adresse
from etl.canevas.messages import ATTENDU, citer, origine_de_la_date
from etl.canevas.modeles import Cellule, Formulaire
from etl.canevas.nombres import Nature
from etl.canevas.petits_nombres import NonMontre, a_montrer, remarque_petite
from etl.canevas.plan import SANS_QUARTIER, Ligne
from etl.canevas.reperes import Manifeste, Rangees, Reperes
from etl.canevas.textes_libres import motifs_a_relire
from etl.canevas.valeurs import MANQUANT, Valeur, lire_valeur, texte_de
from etl.classeurs import Calcul, Feuille

_NOMMEES = 5  # missing questions named in the sentence that counts them
_REFUS = Valeur(None, None, "refuse")


def lire_feuille(
    feuille: Feuille,
    reperes: Reperes,
    manifeste: Manifeste | None,
    referentiel: Referentiel,
) -> Formulaire:
    """Read a sheet that bears a marker row.

    Never raises for what a sender may have written: a refused form bears its reasons and no cell.
    """
    nom, rangees = feuille.nom, feuille.rangees
    journal = Journal(nom)
    identite = identite_annoncee(nom, manifeste)
    _verifier_reperes(reperes, journal)
    if "v1" in reperes.colonnes:
        identite = lire_identite(rangees, reperes, manifeste, referentiel, journal)
    cellules: list[Cellule] = []
    if not journal.fatal:
        trompeuses = dict(feuille.trompeuses)  # each is told once, then struck off
        cellules = _Lecteur(
            rangees, reperes, trompeuses, identite.attendues or {}, referentiel, journal
        ).lire()
    return Formulaire(
        reperes.genre,
        identite.repondant_id,
        identite.annee,
        identite.fictif,
        identite.rempli_le,
        nom,
        journal.statut,
        () if journal.fatal else tuple(cellules),
        tuple(journal.anomalies),
    )


def _verifier_reperes(reperes: Reperes, journal: Journal) -> None:
    if reperes.version != VERSION:
        place = (reperes.ligne, reperes.colonnes["id"])
        journal.refuser("version_inconnue", place, version=reperes.version, connue=VERSION)
    if reperes.repetes:
        journal.refuser("reperes_repetes")
    for colonne in COLONNES_VITALES:
        if colonne not in reperes.colonnes:
            journal.refuser("colonne_supprimee", (reperes.ligne, 0), colonne=colonne)
    if "remarque" not in reperes.colonnes:
        journal.noter("colonne_remarques_supprimee", (reperes.ligne, 0))


class _Lecteur:
    """Goes once through the rows of a form whose identity and columns are sound."""

    def __init__(
        self,
        rangees: Rangees,
        reperes: Reperes,
        trompeuses: dict[tuple[int, int], Calcul],
        attendues: dict[str, Ligne],
        referentiel: Referentiel,
        journal: Journal,
    ) -> None:
        self.rangees = rangees
        self.reperes = reperes
        self.trompeuses = trompeuses
        self.attendues = attendues
        self.referentiel = referentiel
        self.journal = journal
        self.seuil = referentiel.parametres.confidentialite.seuil_personnes
        self.cellules: list[Cellule] = []
        colonnes = reperes.colonnes
        self.id, self.codes, self.remarque = colonnes["id"], colonnes["codes"], colonnes.get("remarque")
        self.reponses = [colonnes[nom] for nom in REPONSES]
        largeur = len(rangees[0])
        self.etrangeres = [c for c in range(largeur) if c not in colonnes.values()]
        self.vide = [""] * largeur
        # Where nothing should be written: beyond the answers of the row, and in the columns of nobody.
        reste = [self.remarque] if self.remarque is not None else []
        self.hors_saisie = {
            (n, avec): self.reponses[n:] + self.etrangeres + ([] if avec else reste)
            for n in range(len(REPONSES) + 1)
            for avec in (True, False)
        }

    def lire(self) -> list[Cellule]:
        comptes = Counter(rangee[self.id] for rangee in self.rangees)
        repetees = {cle for cle, nombre in comptes.items() if nombre > 1} - {"", CLE_DECOR}
        for rang, rangee in enumerate(self.rangees):
            cle = rangee[self.id]
            if cle == "":
                if rangee != self.vide:
                    self._hors_saisie(rang, rangee, list(range(len(rangee))))
            elif cle in self.attendues:
                self._ligne(rang, rangee, self.attendues[cle], cle in repetees)
            elif cle == CLE_DECOR or rang == self.reperes.ligne:
                self._hors_saisie(rang, rangee, self.etrangeres)
            elif str(cle).startswith("m:"):
                self._hors_saisie(rang, rangee, self.hors_saisie[1, False])
            else:
                self._ligne_etrangere(rang, rangee, str(cle))
        for cle in repetees:
            rangs = [rang for rang, rangee in enumerate(self.rangees) if rangee[self.id] == cle]
            self._signaler_repetee(str(cle), rangs)
        for place, calcul in self.trompeuses.items():
            self.journal.noter(
                "hors_saisie",
                place,
                a_montrer(calcul.erreur or calcul.formule, self.seuil),
                adresses=adresse(*place),
            )
        absentes = [ligne.nom for cle, ligne in self.attendues.items() if cle not in comptes]
        if absentes:
            suite = f" ; et {len(absentes) - _NOMMEES} de plus" if len(absentes) > _NOMMEES else ""
            noms = " ; ".join(f"« {nom} »" for nom in absentes[:_NOMMEES])
            self.journal.noter("lignes_absentes", nombre=len(absentes), questions=noms + suite)
        return self.cellules

    def _ligne(self, rang: int, rangee: list[object], ligne: Ligne, repetee: bool) -> None:
        codes = str(rangee[self.codes])
        sure = not repetee
        if codes != "|".join(ligne.codes):
            attendu = "|".join(ligne.codes)
            self.journal.noter(
                "codes_modifies", (rang, self.codes), codes, question=ligne.nom, attendu=attendu
            )
            sure = False
        boite = ligne.codes == ("texte",)
        remarque = None if boite else self._lire_remarque(rang, rangee, ligne)
        a_relire = remarque is not None and bool(motifs_a_relire(remarque))
        for code, nature, colonne in zip(ligne.codes, ligne.natures, self.reponses, strict=False):
            lu = rangee[colonne]
            ecartee = MANQUANT if lu == "" else _REFUS
            lue = self._valeur(rang, colonne, lu, nature, ligne) if sure else ecartee
            # the words beside the number may tell a small count: they then stay in the file
            petite = ligne.confidentielle and bool(
                lue.remarque and remarque_petite(lue.remarque, lue.valeur, self.seuil)
            )
            self.cellules.append(
                Cellule(
                    *ligne.cle,
                    code,
                    lue.valeur,
                    lue.texte,
                    lue.etat,
                    " ; ".join(filter(None, (remarque, lue.remarque))) or None,
                    adresse(rang, colonne),
                    a_relire or petite,
                    lue.estime,
                )
            )
        self._hors_saisie(rang, rangee, self.hors_saisie[len(ligne.codes), not boite], ligne.confidentielle)

    def _valeur(self, rang: int, colonne: int, lu: object, nature: Nature, ligne: Ligne) -> Valeur:
        place = (rang, colonne)
        if self._calcul(place, nature, ligne):
            return _REFUS
        valeur = lire_valeur(lu, nature)
        if valeur.regle == "texte_a_relire":
            motifs = " et ".join(valeur.motifs)
            self.journal.noter("texte_a_relire", place, question=ligne.nom, motifs=motifs)
        elif valeur.regle:
            self._noter_cellule(valeur.regle, place, lu, nature, ligne, valeur)
        return valeur

    def _calcul(self, place: tuple[int, int], nature: Nature, ligne: Ligne) -> bool:
        """Tell an error or a formula without result; each is told once, where it stands."""
        calcul = self.trompeuses.pop(place, None) if self.trompeuses else None
        if calcul is None:
            return False
        regle = "cellule_en_erreur" if calcul.erreur else "formule_non_calculee"
        self._noter_cellule(regle, place, calcul.erreur or calcul.formule, nature, ligne)
        return True

    def _noter_cellule(
        self,
        regle: str,
        place: tuple[int, int],
        lu: object,
        nature: Nature,
        ligne: Ligne,
        lue: Valeur = _REFUS,
    ) -> None:
        montre = a_montrer(lu, self.seuil, lue.valeur, lue.remarque) if ligne.confidentielle else lu
        en_clair = "comme un nombre" if isinstance(montre, NonMontre) else citer(lue.valeur)
        self.journal.noter(
            regle,
            place,
            montre,
            question=ligne.nom,
            attendu=ATTENDU[nature],
            valeur=en_clair,
            origine=origine_de_la_date(montre),
        )

    def _lire_remarque(self, rang: int, rangee: list[object], ligne: Ligne) -> str | None:
        if self.remarque is None:
            return None
        if self._calcul((rang, self.remarque), Nature.TEXTE, ligne) or rangee[self.remarque] == "":
            return None
        remarque = texte_de(rangee[self.remarque])
        if motifs := motifs_a_relire(remarque):
            place = (rang, self.remarque)
            self.journal.noter("texte_a_relire", place, question=ligne.nom, motifs=" et ".join(motifs))
        return remarque or None

    def _ligne_etrangere(self, rang: int, rangee: list[object], texte: str) -> None:
        cle = analyser_cle(texte)
        if cle is None or not _existe(cle, self.referentiel):
            lu = a_montrer(texte, self.seuil) if cle is None else texte  # a number pasted over the keys
            self.journal.refuser("ligne_inconnue", (rang, self.id), lu)
            return
        self.journal.noter("ligne_non_demandee", (rang, self.id), texte)
        codes = str(rangee[self.codes]).split("|")
        for code, colonne in zip(codes, self.reponses, strict=False):
            if rangee[colonne] != "":
                ou = adresse(rang, colonne)
                self.cellules.append(Cellule(*cle, code, None, None, "refuse", None, ou))

    def _signaler_repetee(self, cle: str, rangs: list[int]) -> None:
        numeros = ", ".join(str(rang + 1) for rang in rangs)
        place = (rangs[1], self.id)
        if cle.startswith("m:"):
            self.journal.refuser("reperes_repetes", place)
        elif cle in self.attendues:
            self.journal.noter("ligne_repetee", place, question=self.attendues[cle].nom, lignes=numeros)

    def _hors_saisie(
        self, rang: int, rangee: list[object], colonnes: list[int], confidentielle: bool = True
    ) -> None:
        """Tell what is written where nothing is asked; unless its row says otherwise, it may count people."""
        ecrites = [c for c in colonnes if rangee[c] != "" and str(rangee[c]).strip()]
        if ecrites:
            lus = [rangee[colonne] for colonne in ecrites]
            if confidentielle:
                lus = [a_montrer(lu, self.seuil) for lu in lus]
            caches = [lu for lu in lus if isinstance(lu, NonMontre)]
            lu = caches[0] if caches else " ; ".join(map(citer, lus))
            adresses = ", ".join(adresse(rang, colonne) for colonne in ecrites)
            self.journal.noter("hors_saisie", (rang, ecrites[0]), lu, adresses=adresses)


def _existe(cle: Cle, referentiel: Referentiel) -> bool:
    """True when the convention knows what the key names, whoever is asked."""
    objets = {
        "i": referentiel.indicateurs,
        "c": referentiel.chiffres_clefs,
        "v": referentiel.vie_structure,
        "t": referentiel.rubriques,
    }[cle.rubrique]
    if cle.ventilation:
        ventilation = referentiel.ventilations.get(cle.ventilation)
        if ventilation is None or cle.modalite not in {m.modalite_id for m in ventilation.modalites}:
            return False
    lieu_connu = cle.quartier_id in (None, SANS_QUARTIER) or cle.quartier_id in referentiel.quartiers
    return cle.objet_id in objets and lieu_connu
