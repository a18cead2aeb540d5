"""Writes the report forms: one workbook by sender with a sheet by structure, one workbook by fiche.

Blank, they are sent to the respondents; filled from `reponses`, they make the fictional campaign. The same
content always gives the same bytes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook

from ctg.exports.archive import octets
from ctg.referentiel import Fiche, Referentiel, Structure
from etl.canevas.grammaire import FEUILLE_MANIFESTE, LIBELLES_IDENTITE, LIBELLES_NOM
from etl.canevas.impression import bandeaux
from etl.canevas.noms_feuilles import noms_de_feuilles
from etl.canevas.plan import Section, plan_fiche, plan_structure
from etl.canevas.redaction import mode_emploi
from etl.canevas.redaction.preremplissage import Prerempli
from etl.canevas.redaction.rendu import Contenu, dessiner
from etl.canevas.redaction.styles import installer
from etl.canevas.reperes import Manifeste, ecrire_manifeste

Precedents = Mapping[tuple[str, str], object]  # {(respondent id, row key): last year's value}
Preremplis = Mapping[tuple[str, str], Prerempli]  # {(respondent id, row key): what an extract answers}
Reponses = Mapping[str, Mapping[tuple[str, str], object]]  # {respondent id: {(row key, code): value}}
_LIEUX = {"ville": "Toute la ville", "hors-dijon": "Hors de la ville"}


def ecrire(
    referentiel: Referentiel,
    annee: int,
    dossier: Path,
    *,
    structure: str | None = None,
    fiche: str | None = None,
    precedents: Precedents | None = None,
    preremplis: Preremplis | None = None,
    fictif: bool = False,
    reponses: Reponses | None = None,
    rempli_le: dt.date | None = None,
) -> list[Path]:
    """Write the forms of a year into `dossier` (made if needed); returns the files, senders in order.

    Without `structure` nor `fiche`, all of them; with one, that form alone. With `reponses`, only the
    respondents it names. Percentages are given in points, dates as dates or ISO texts, the note of a row
    under the code `remarque`. `preremplis` are written in the answer cells, to confirm. Structures closed
    that year are asked nothing.
    Raises KeyError for an unknown id, ValueError when an answer matches no cell of its form.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    atelier = _Atelier(
        referentiel, annee, dossier, precedents or {}, preremplis or {}, fictif, reponses, rempli_le
    )
    chemins = []
    if fiche is None:
        for nom, structures in _envois(referentiel, annee, structure):
            chemins += atelier.classeur_structures(nom, structures)
    if structure is None:
        for une in [referentiel.fiches[fiche]] if fiche else referentiel.fiches.values():
            chemins += atelier.classeur_fiche(une)
    return chemins


def _envois(
    referentiel: Referentiel, annee: int, structure: str | None
) -> Iterable[tuple[str, list[Structure]]]:
    if structure:
        return [(structure, [referentiel.structures[structure]])]
    par_expediteur = defaultdict(list)
    for une in referentiel.structures.values():
        if une.ouverte_en(annee):
            par_expediteur[une.expediteur_id].append(une)
    return [(e, par_expediteur[e]) for e in referentiel.expediteurs if e in par_expediteur]


class _Atelier:
    """What every workbook of a campaign shares."""

    def __init__(
        self,
        referentiel: Referentiel,
        annee: int,
        dossier: Path,
        precedents: Precedents,
        preremplis: Preremplis,
        fictif: bool,
        reponses: Reponses | None,
        rempli_le: dt.date | None,
    ) -> None:
        self.referentiel = referentiel
        self.annee = annee
        self.dossier = dossier
        self.fictif = fictif
        self.reponses = reponses
        self.rempli_le = rempli_le
        self.precedents: dict[str, dict[str, object]] = defaultdict(dict)
        for (repondant_id, cle), valeur in precedents.items():
            self.precedents[repondant_id][cle] = valeur
        self.preremplis: dict[str, dict[str, Prerempli]] = defaultdict(dict)
        for (repondant_id, cle), prerempli in preremplis.items():
            self.preremplis[repondant_id][cle] = prerempli

    def classeur_structures(self, nom: str, structures: list[Structure]) -> list[Path]:
        formulaires = [
            (s.nom, self._contenu_structure(s), plan_structure(self.referentiel, s, self.annee))
            for s in structures
            if self._repond(s.structure_id)
        ]
        return self._enregistrer(f"rapport_{self.annee}_{nom}.xlsx", "structure", formulaires)

    def classeur_fiche(self, fiche: Fiche) -> list[Path]:
        if not self._repond(fiche.fiche_id):
            return []
        plan = plan_fiche(self.referentiel, fiche.fiche_id, self.annee)
        formulaire = (f"Fiche {fiche.fiche_id}", self._contenu_fiche(fiche), plan)
        return self._enregistrer(f"fiche_{self.annee}_{fiche.fiche_id}.xlsx", "fiche", [formulaire])

    def _repond(self, repondant_id: str) -> bool:
        return self.reponses is None or repondant_id in self.reponses

    def _enregistrer(
        self, fichier: str, genre: str, formulaires: list[tuple[str, Contenu, tuple[Section, ...]]]
    ) -> list[Path]:
        if not formulaires:
            return []
        classeur = Workbook()
        installer(classeur)
        mode_emploi.dessiner(classeur.active, self.referentiel, genre, self.annee, self.fictif)
        noms = noms_de_feuilles([nom for nom, _, _ in formulaires])
        feuilles, rappels = {}, {}
        for nom, (_, contenu, plan) in zip(noms, formulaires, strict=True):
            rappels[contenu.repondant_id] = dessiner(classeur.create_sheet(nom), plan, contenu)
            feuilles[contenu.repondant_id] = nom
        manifeste = classeur.create_sheet(FEUILLE_MANIFESTE)
        for rangee in ecrire_manifeste(Manifeste(genre, self.annee, self.fictif, feuilles, rappels)):
            manifeste.append(rangee)
        manifeste.sheet_state = "veryHidden"
        classeur.active = 1
        classeur.active.sheet_view.tabSelected = True
        classeur.worksheets[0].sheet_view.tabSelected = False
        chemin = self.dossier / fichier
        # A date that depends on the campaign alone: writing it again changes nothing.
        chemin.write_bytes(octets(classeur, dt.datetime(self.annee + 1, 1, 1)))
        return [chemin]

    def _contenu_structure(self, structure: Structure) -> Contenu:
        type_libelle = self.referentiel.types_structure[structure.type_id].libelle
        quartier = self.referentiel.quartiers.get(structure.quartier_id)
        adresse = " ".join(filter(None, (structure.adresse, structure.code_postal, structure.ville)))
        gestionnaire = structure.gestionnaire or self.referentiel.expediteurs[structure.expediteur_id].nom
        return self._contenu(
            "structure",
            structure.structure_id,
            structure.nom,
            "m:structure_id",
            {
                "m:type": type_libelle,
                "m:gestionnaire": gestionnaire,
                "m:adresse": adresse,
                "m:quartier": quartier.nom if quartier else _LIEUX[structure.quartier_id],
            },
        )

    def _contenu_fiche(self, fiche: Fiche) -> Contenu:
        referent = self.referentiel.repondants[fiche.referent_id]
        return self._contenu(
            "fiche",
            fiche.fiche_id,
            fiche.titre,
            "m:fiche_id",
            {
                "m:axe": self.referentiel.axes[fiche.axe_id].titre,
                "m:referent": f"{referent.libelle}, {referent.fonction}",
            },
        )

    def _contenu(
        self,
        genre: str,
        repondant_id: str,
        nom: str,
        cle_id: str,
        precisions: dict[str, object],
    ) -> Contenu:
        reponses = dict((self.reponses or {}).get(repondant_id, {}))
        rempli_le = reponses.pop(("m:rempli_le", "valeur"), self.rempli_le)
        dates = {"m:annee": self.annee, "m:rempli_le": rempli_le}
        identite = (
            (cle_id, "", repondant_id),
            ("m:fictif", "", "oui" if self.fictif else "non"),
            ("m:nom", LIBELLES_NOM[genre], nom),
            *((cle, LIBELLES_IDENTITE[cle], valeur) for cle, valeur in (precisions | dates).items()),
        )
        precedents = self.precedents.get(repondant_id, {})
        return Contenu(
            genre,
            repondant_id,
            *bandeaux(genre, repondant_id, self.annee, self.referentiel),
            self.annee,
            self.fictif,
            identite,
            precedents,
            reponses,
            self.preremplis.get(repondant_id, {}),
        )
