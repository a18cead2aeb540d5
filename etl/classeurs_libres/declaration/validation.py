"""What makes a well-formed declaration usable: its choices, its ids, and enough to tie each value to a place.

Errors name the key (« tableaux[1] › colonnes[2] › mesure »); the reader of the declaration is an officer.
"""

import re
from collections.abc import Iterable

from ctg.referentiel import Referentiel
from ctg.referentiel.erreurs import Journal
from etl.canevas.grammaire import CODES_EXERCICES, CODES_PAR_SAISIE, TRIMESTRES, Cle, analyser_cle
from etl.canevas.plan import SANS_QUARTIER
from etl.classeurs_libres.declaration import modele as d
from etl.classeurs_libres.declaration import motifs
from etl.classeurs_libres.mots import AAAA

_ADRESSE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,5}")
_LETTRES = re.compile(r"[A-Z]{1,3}")
_SLUG = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_REPONDANTS = ("structure", "fiche")


def valider(declaration: d.Declaration, referentiel: Referentiel, journal: Journal) -> None:
    """Note every error of a declaration in `journal`."""
    _Validation(declaration, referentiel, journal).tout()


class _Validation:
    def __init__(self, declaration: d.Declaration, referentiel: Referentiel, journal: Journal) -> None:
        self.declaration = declaration
        self.referentiel = referentiel
        self.journal = journal
        self.fichier = f"classeurs_libres/{declaration.id}.yml"

    def noter(self, chemin: str, message: str) -> None:
        self.journal.noter(self.fichier, 0, f"{chemin} : {message}")

    def tout(self) -> None:
        declaration = self.declaration
        self._choix("nature", declaration.nature, d.NATURES)
        if not _SLUG.fullmatch(declaration.id):
            self.noter("nom du fichier", "minuscules sans accent, chiffres, tirets et « _ » seulement")
        if not (declaration.reconnaissance.feuilles or declaration.reconnaissance.cellules):
            self.noter("reconnaissance", "dire au moins un nom de feuille ou une cellule d’en-tête")
        if (declaration.reconnaissance.au_moins or 0) > len(declaration.reconnaissance.cellules):
            self.noter("reconnaissance › au_moins", "au plus le nombre de « cellules » déclarées")
        if declaration.nature == "extrait" and not _SLUG.fullmatch(declaration.source or ""):
            self.noter("source", "un extrait nomme sa source, par exemple isaje ou caf")
        if declaration.nature == "ecarte":
            if not declaration.message:
                self.noter("message", "un classeur écarté dit pourquoi, en une phrase")
            return
        if not (declaration.tableaux or declaration.cases):
            self.noter("tableaux", "décrire au moins un tableau, ou des cases")
        if len({case.feuille for case in declaration.cases}) and not self._repondants(declaration, ()):
            self.noter("structure", "dire de quelle structure (ou fiche) parlent les cases")
        for nom in d.FACETTES:
            if (facette := getattr(declaration, nom, None)) is not None:
                self._facette(nom, nom, facette)
                if facette.au_dessus and declaration.cases:
                    self.noter(f"{nom} › au_dessus", "les cases n’ont pas de titre : le dire dans le tableau")
        for rang, tableau in enumerate(declaration.tableaux, 1):
            self._tableau(f"tableaux[{rang}]", tableau)
        for rang, ecarte in enumerate(declaration.tableaux_ecartes, 1):
            if not ecarte.entete or ecarte.lignes_entete not in (1, 2):
                self.noter(f"tableaux_ecartes[{rang}]", "dire les mots de son « entete », sur 1 ou 2 lignes")
        for rang, case in enumerate(declaration.cases, 1):
            self._case(f"cases[{rang}]", case)
        if declaration.cases and declaration.annee is None:
            self.noter("annee", "dire de quelle année parlent les cases")

    def _repondants(self, porteur: object, colonnes: Iterable[d.ColonneDeclaree]) -> set[str]:
        colonnes = tuple(colonnes)
        return {
            nom
            for nom in _REPONDANTS
            if getattr(porteur, nom) is not None
            or getattr(self.declaration, nom) is not None
            or any(c.donne == nom or getattr(c, nom) for c in colonnes)
        }

    def _facette(self, chemin: str, nom: str, facette: d.Facette) -> None:
        # above the rows, beside a wording or alone: one place
        sources = [
            facette.valeur is not None,
            facette.cellule is not None,
            facette.libelle is not None or facette.au_dessus,
            facette.nom_de_feuille,
            facette.nom_de_fichier,
        ]
        if sum(sources) != 1:
            cles = "valeur, cellule, libelle, nom_de_feuille, nom_de_fichier, au_dessus"
            self.noter(chemin, f"une seule de ces clés : {cles}")
        if facette.cellule is not None and not _ADRESSE.fullmatch(facette.cellule):
            self.noter(f"{chemin} › cellule", f"« {facette.cellule} » n’est pas une adresse comme B4")
        self._motif(f"{chemin} › motif", facette.motif)
        if facette.valeur is not None:
            self._valeur_de_facette(f"{chemin} › valeur", nom, facette.valeur)
        noms = facette.noms or {}
        if facette.au_dessus:
            noms = {libelle: valeur for libelle, valeur in noms.items() if valeur != d.PERSONNE}
        self._noms(f"{chemin} › noms", nom, noms)

    def _facettes(self, tableau: d.TableauDeclare) -> list[d.Facette | None]:
        return [getattr(tableau, nom) or getattr(self.declaration, nom, None) for nom in d.FACETTES]

    def _motif(self, chemin: str, motif: str | None) -> None:
        if motif and (faute := motifs.faute(motif)):
            self.noter(chemin, f"« {motif} » {faute}")

    def _noms(self, chemin: str, nom: str, noms: dict[str, str] | None) -> None:
        for libelle, valeur in (noms or {}).items():
            self._valeur_de_facette(f"{chemin} › {libelle}", nom, valeur)

    def _noms_de_colonne(self, chemin: str, nom: str, noms: dict[str, str]) -> None:
        """A label of a row may be worth a measure, a modality, or both; one of a detail, the total."""
        for libelle, valeur in noms.items():
            if nom == "modalite" and valeur == d.TOTAL:
                continue
            mots = valeur.split() if nom in ("mesure", "modalite") else [valeur]
            mesures = [mot for mot in mots if "=" not in mot]
            if nom == "mesure" and len(mesures) > 1:
                self.noter(
                    f"{chemin} › {libelle}", f"« {valeur} » : une seule mesure, puis ce qui la détaille"
                )
            for mot in mots or [valeur]:
                facette = "modalite" if nom == "mesure" and "=" in mot else nom
                self._valeur_de_facette(f"{chemin} › {libelle}", facette, mot)

    def _tableau(self, chemin: str, tableau: d.TableauDeclare) -> None:
        self._choix(f"{chemin} › repetition", tableau.repetition, d.REPETITIONS)
        if tableau.lignes_entete not in (0, 1, 2):
            self.noter(f"{chemin} › lignes_entete", "0 (aucune), 1 ou 2")
        if bool(tableau.entete) == (tableau.ligne is not None):
            self.noter(chemin, "dire où commence le tableau : par « entete » (ses mots) ou par « ligne »")
        for nom in d.FACETTES:
            if (facette := getattr(tableau, nom)) is not None:
                self._facette(f"{chemin} › {nom}", nom, facette)
        if tableau.fin == d.FIN_VIDE and any(f and f.au_dessus for f in self._facettes(tableau)):
            self.noter(f"{chemin} › fin", "une ligne vide finit le tableau avant le titre suivant : l’ôter")
        for rang, colonne in enumerate(tableau.colonnes, 1):
            self._colonne(f"{chemin} › colonnes[{rang}]", colonne, tableau)
        roles = [colonne.donne for colonne in tableau.colonnes]
        for role in set(roles) & set(d.FACETTES):
            if roles.count(role) > 1:
                self.noter(chemin, f"deux colonnes donnent « {role} »")
        if "valeur" not in roles:
            self.noter(chemin, "aucune colonne ne donne de valeur")
        repondants = self._repondants(tableau, tableau.colonnes)
        if len(repondants) != 1:
            self.noter(chemin, "dire qui répond, par « structure » ou par « fiche » (l’une des deux)")
        elif not self._repondants(tableau, (c for c in tableau.colonnes if c.donne in repondants)):
            # said by the titles of the columns of values: by each of them
            for rang, colonne in enumerate(tableau.colonnes, 1):
                if colonne.donne == "valeur" and not (colonne.structure or colonne.fiche):
                    self.noter(f"{chemin} › colonnes[{rang}]", "dire de quelle structure sont ces valeurs")
        if not (
            "annee" in roles
            or tableau.annee
            or self.declaration.annee
            or all(c.annee for c in tableau.colonnes if c.donne == "valeur")
        ):
            self.noter(chemin, "dire de quelle année parle le tableau")

    def _colonne(self, chemin: str, colonne: d.ColonneDeclaree, tableau: d.TableauDeclare) -> None:
        self._choix(f"{chemin} › donne", colonne.donne, d.ROLES)
        self._choix(f"{chemin} › autres", colonne.autres, d.AUTRES)
        self._unite(chemin, colonne.unite)
        if not (colonne.entete or colonne.lettre):
            self.noter(chemin, "dire quelle colonne : par « entete » (ses mots), par « lettre », ou les deux")
        if colonne.lettre and not _LETTRES.fullmatch(colonne.lettre):
            self.noter(f"{chemin} › lettre", f"« {colonne.lettre} » n’est pas une lettre de colonne")
        if colonne.entete and not tableau.lignes_entete:
            self.noter(chemin, "sans ligne d’en-tête, une colonne se désigne par sa « lettre »")
        if colonne.donne == "rien" and not colonne.raison:
            self.noter(f"{chemin} › raison", "une colonne qui n’est pas lue dit pourquoi")
        if colonne.autres == "passer" and not colonne.raison:
            self.noter(f"{chemin} › raison", "des lignes passées disent pourquoi")
        for nom, motif in (("motif", colonne.motif), ("retirer", colonne.retirer)):
            self._motif(f"{chemin} › {nom}", motif)
        if colonne.donne in d.FACETTES:
            self._noms_de_colonne(f"{chemin} › noms", colonne.donne, colonne.noms or {})
            if colonne.donne in ("mesure", "modalite") and not colonne.noms:
                self.noter(f"{chemin} › noms", "dire ce que vaut chaque libellé de cette colonne")
        if colonne.donne != "valeur":
            return
        for nom in d.FACETTES:
            if (nom, getattr(colonne, nom)) == ("annee", AAAA):
                if not all(AAAA in mots for mots in colonne.entete) or not tableau.lignes_entete:
                    self.noter(f"{chemin} › annee", f"son « entete » doit dire où est l’année : {AAAA}")
            elif (valeur := getattr(colonne, nom)) is not None:
                self._valeur_de_facette(f"{chemin} › {nom}", nom, valeur)
        if not (colonne.mesure or tableau.mesure or any(c.donne == "mesure" for c in tableau.colonnes)):
            self.noter(f"{chemin} › mesure", "dire de quelle mesure sont ces valeurs")
        if colonne.mesure and colonne.code:
            self._code(f"{chemin} › code", colonne.mesure, colonne.code)

    def _case(self, chemin: str, case: d.CaseDeclaree) -> None:
        self._choix(f"{chemin} › sens", case.sens, d.SENS)
        self._unite(chemin, case.unite)
        if bool(case.cellule) == bool(case.libelle):
            self.noter(chemin, "dire où est la valeur : par « cellule » ou par « libelle »")
        if case.cellule and not _ADRESSE.fullmatch(case.cellule):
            self.noter(f"{chemin} › cellule", f"« {case.cellule} » n’est pas une adresse comme B4")
        for nom in ("mesure", "modalite", "quartier"):
            if (valeur := getattr(case, nom)) is not None:
                self._valeur_de_facette(f"{chemin} › {nom}", nom, valeur)
        if case.code:
            self._code(f"{chemin} › code", case.mesure, case.code)

    def _unite(self, chemin: str, unite: str | None) -> None:
        if unite is not None:
            self._choix(f"{chemin} › unite", unite, tuple(d.UNITES))

    def _choix(self, chemin: str, valeur: str, choix: Iterable[str]) -> None:
        if valeur not in choix:
            self.noter(chemin, f"« {valeur} » : l’un de {', '.join(choix)}")

    def _code(self, chemin: str, mesure: str, code: str) -> None:
        cle = analyser_cle(mesure)
        if cle is None or cle.objet_id not in self.referentiel.indicateurs or cle.rubrique != "i":
            connus = (*CODES_EXERCICES, "valeur", "texte")
        else:
            connus = codes_d_indicateur(self.referentiel, cle.objet_id)
        if code not in connus:
            self.noter(chemin, f"« {code} » : cette mesure se saisit par {', '.join(connus)}")

    def _valeur_de_facette(self, chemin: str, nom: str, valeur: str) -> None:
        if (faute := faute_de_valeur(self.referentiel, nom, valeur)) is not None:
            self.noter(chemin, faute)


def codes_d_indicateur(referentiel: Referentiel, indicateur_id: str) -> tuple[str, ...]:
    """The codes of the cells an indicator is entered by: « valeur », « numerateur », « T1 »…"""
    indicateur = referentiel.indicateurs[indicateur_id]
    if indicateur.saisie == "nombre" and indicateur.granularite == "trimestre":
        return (*TRIMESTRES, "valeur")  # a breakdown is given for the year
    return CODES_PAR_SAISIE.get(indicateur.saisie, ())


def faute_de_valeur(referentiel: Referentiel, facette: str, valeur: str) -> str | None:
    """Why `valeur` can be no id of that facet, in French; None when it can."""
    if facette == "structure" and valeur not in referentiel.structures:
        return f"« {valeur} » n’est l’identifiant d’aucune structure"
    if facette == "fiche" and valeur not in referentiel.fiches:
        return f"« {valeur} » n’est l’identifiant d’aucune fiche"
    if facette == "quartier" and valeur not in (*referentiel.quartiers, SANS_QUARTIER):
        return f"« {valeur} » n’est l’identifiant d’aucun quartier (ni « {SANS_QUARTIER} »)"
    if facette == "annee" and not (valeur.isdecimal() and len(valeur) == 4):
        return f"« {valeur} » n’est pas une année"
    if facette == "code" and valeur not in _CODES:
        return f"« {valeur} » : l’un de {', '.join(_CODES)}"
    if facette == "mesure":
        return _faute_de_mesure(referentiel, valeur)
    if facette == "modalite":
        ventilation, _, modalite = valeur.partition("=")
        connue = referentiel.ventilations.get(ventilation)
        if connue is None or modalite not in {m.modalite_id for m in connue.modalites}:
            return f"« {valeur} » n’est pas une modalité connue ; on attend par exemple sexe=filles"
    return None


_CODES = tuple(
    dict.fromkeys((*(c for codes in CODES_PAR_SAISIE.values() for c in codes), *CODES_EXERCICES, *TRIMESTRES))
)


def _faute_de_mesure(referentiel: Referentiel, valeur: str) -> str | None:
    cle = analyser_cle(valeur)
    objets = {
        "i": referentiel.indicateurs,
        "c": referentiel.chiffres_clefs,
        "v": referentiel.vie_structure,
        "t": referentiel.rubriques,
    }
    if cle is None or cle != Cle(cle.rubrique, cle.objet_id):
        return (
            f"« {valeur} » : on attend par exemple i:PE-1.0.1-a, v:adherents, c:subventions ou t:points_forts"
        )
    if cle.objet_id not in objets[cle.rubrique]:
        return f"« {valeur} » n’est l’identifiant d’aucune mesure de la convention"
    return None
