"""From cells taken in a workbook to the forms everything downstream knows: one per respondent and year."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from ctg.referentiel import Referentiel
from etl.adresse import adresse
from etl.anomalie import Anomalie
from etl.canevas.grammaire import Cle, analyser_cle
from etl.canevas.lecture.journal import Journal
from etl.canevas.modeles import Cellule, Formulaire
from etl.canevas.phrases.regles import BLOQUANT
from etl.canevas.plan import SANS_QUARTIER, Ligne, lignes, plan_fiche, plan_structure
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.canevas.reponse.valeurs import Valeur
from etl.classeurs_libres.lecture.releve import Place, Prise, Releve, est_vide
from etl.classeurs_libres.lecture.sommes import dire_sommes
from etl.classeurs_libres.lecture.valeurs import lire_prise, remarque_de
from etl.classeurs_libres.mesures import nom_de_mesure
from etl.classeurs_libres.regles import dire, enumerer


def formulaires(releve: Releve, en_texte: bool) -> tuple[Formulaire, ...]:
    """The forms made of what was taken. `en_texte`: the file holds only texts (.csv).

    A cell of an impossible year is told in `releve`, and left out.
    """
    groupes = defaultdict(list)
    hors = defaultdict(list)
    parametres = releve.referentiel.parametres
    debut, fin = parametres.annee_reference, parametres.convention.fin
    for prise in releve.prises:
        annee = prise.facettes.get("annee")
        if annee is None or not debut <= int(annee) <= fin:
            hors[prise.feuille, annee].append(prise)
            continue
        genre = "structure" if "structure" in prise.facettes else "fiche"
        groupes[genre, prise.facettes[genre], int(annee)].append(prise)
    for (feuille, annee), prises in hors.items():
        rangs = releve.lignes(feuille, [p.place[0] for p in prises])
        releve.noter(
            "annee_hors_convention", feuille, prises[0].place, lu=annee, debut=debut, fin=fin, lignes=rangs
        )
    for (feuille, annee), (lu, place) in releve.scolaires.items():
        _dire_scolaire(feuille, annee, lu, place, releve)
    _dire_a_venir(groupes, releve)
    lus = [_Groupe(*cle, releve, en_texte).lire(prises) for cle, prises in groupes.items()]
    dire_sommes(releve)
    vides = [f for f in lus if all(c.etat == "manquant" for c in f.cellules) and not f.anomalies]
    if vides:
        noms = enumerer([f"{_nom(f, releve.referentiel)} ({f.annee})" for f in vides])
        releve.noter("sans_valeur", nombre=len(vides), noms=noms)
    return tuple(f for f in lus if f not in vides)


def _dire_a_venir(groupes: dict[tuple[str, str, int], list[Prise]], releve: Releve) -> None:
    """Tell the values of a year that has not begun: « 2027 » beside « 2026 » is often a forecast."""
    en_cours = annee_en_cours()
    par_annee: dict[tuple[str, int], list[Prise]] = defaultdict(list)
    for (_, _, annee), prises in groupes.items():
        for prise in prises if annee > en_cours else ():
            if not est_vide(prise.lu) and (prise.feuille, str(annee)) not in releve.scolaires:
                par_annee[prise.feuille, annee].append(prise)
    for (feuille, annee), prises in par_annee.items():
        details = {"annee": annee, "adresses": releve.ou(prises)}
        releve.noter("annee_a_venir", feuille, prises[0].place, **details)


def annee_en_cours() -> int:
    """The year of today: what is read of a year to come changes with it (etl/construction/empreinte.py)."""
    return dt.date.today().year


def _dire_scolaire(feuille: str, annee: str, lu: str, place: Place, releve: Releve) -> None:
    """Tell the measures of a calendar year that a school year gives: 2024-2025 is not 2025."""
    indicateurs = releve.referentiel.indicateurs
    cles = [
        prise.facettes["mesure"]
        for prise in releve.prises
        if (prise.feuille, prise.facettes.get("annee")) == (feuille, annee) and not est_vide(prise.lu)
    ]
    civiles = [
        cle
        for cle in dict.fromkeys(cles)
        if not (indicateur := indicateurs.get(cle.partition(":")[2])) or indicateur.annee_type == "civile"
    ]
    if civiles:
        noms = [f"« {nom_de_mesure(cle, releve.referentiel)} »" for cle in civiles]
        releve.noter("annee_scolaire", feuille, place, lu=lu, annee=annee, questions=enumerer(noms))


@dataclass(slots=True)
class _Groupe:
    """The cells of one respondent and year, read against what the convention asks of it."""

    genre: str
    repondant_id: str
    annee: int
    releve: Releve
    en_texte: bool
    journaux: dict[str, Journal] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)

    @property
    def referentiel(self) -> Referentiel:
        return self.releve.referentiel

    def lire(self, prises: list[Prise]) -> Formulaire:
        attendues = self._attendues()
        par_cle: dict[tuple[str, str], list[tuple[Prise, Ligne, Valeur]]] = defaultdict(list)
        non_demandees: dict[tuple[str, str], list[Prise]] = defaultdict(list)
        for prise in prises:
            ligne, code, detail = self._demandee(prise, attendues)
            if ligne is None:
                if not est_vide(prise.lu):
                    non_demandees[prise.facettes["mesure"], detail].append(prise)
                continue
            nature = ligne.natures[ligne.codes.index(code)]
            valeur = lire_prise(
                prise,
                ligne,
                nature,
                self.releve.declaration.manquants,
                self.en_texte,
                self.referentiel.parametres.confidentialite.seuil_personnes,
                self._journal(prise.feuille),
            )
            par_cle[str(ligne.cle), code].append((prise, ligne, valeur))
        for (mesure, detail), refusees in non_demandees.items():
            self._refuser(mesure, detail, refusees)
        principale = prises[0].feuille
        cellules = [self._cellule(code, lues, principale) for (_, code), lues in par_cle.items()]
        anomalies = [*self.anomalies, *(a for j in self.journaux.values() for a in j.anomalies)]
        return Formulaire(
            self.genre,
            self.repondant_id,
            self.annee,
            False,
            None,
            principale,
            "accepte_partiel"
            if any(a.gravite == BLOQUANT for a in anomalies) or any(p.refusee for p in prises)
            else "accepte",
            tuple(cellules),
            tuple(anomalies),
            self.releve.declaration.provenance,
        )

    def _attendues(self) -> dict[str, Ligne]:
        if self.genre == "fiche":
            return lignes(plan_fiche(self.referentiel, self.repondant_id, self.annee))
        structure = self.referentiel.structures[self.repondant_id]
        return lignes(plan_structure(self.referentiel, structure, self.annee))

    def _demandee(self, prise: Prise, attendues: dict[str, Ligne]) -> tuple[Ligne | None, str, str]:
        """The row of the form this cell answers, and its code; else None, and what was looked for."""
        mesure = analyser_cle(prise.facettes["mesure"])
        quartier, modalite = prise.facettes.get("quartier"), prise.facettes.get("modalite")
        cle = Cle(mesure.rubrique, mesure.objet_id, quartier, *(modalite.split("=") if modalite else ()))
        ligne = attendues.get(str(cle))
        if ligne is None and not quartier and not modalite:
            # what is not split by quartier stays at the level of the city, and is never spread
            ligne = attendues.get(str(cle._replace(quartier_id=SANS_QUARTIER)))
        if ligne is None:
            return None, "", modalite or quartier or ""
        code = prise.facettes.get("code") or (ligne.codes[0] if len(ligne.codes) == 1 else "valeur")
        if code not in ligne.codes:
            return None, "", f"code « {code} », la mesure se saisit par {', '.join(ligne.codes)}"
        return ligne, code, ""

    def _refuser(self, mesure: str, detail: str, prises: list[Prise]) -> None:
        self.anomalies.append(
            dire(
                "mesure_non_demandee",
                prises[0].feuille,
                prises[0].place,
                mesure=mesure,
                nom=nom_de_mesure(mesure, self.referentiel),
                detail=f" ({detail})" if detail else "",
                adresses=self.releve.ou(prises),
                repondant=_nom(self, self.referentiel),
                modele=self.releve.declaration.titre,
            )
        )

    def _journal(self, feuille: str) -> Journal:
        return self.journaux.setdefault(feuille, Journal(feuille))

    def _cellule(self, code: str, lues: list[tuple[Prise, Ligne, Valeur]], principale: str) -> Cellule:
        prise, ligne, valeur = self._une(lues)
        remarque, petite = remarque_de(
            prise, ligne, valeur, self.referentiel.parametres.confidentialite.seuil_personnes
        )
        return Cellule(
            *ligne.cle,
            code,
            valeur.valeur,
            valeur.texte,
            valeur.etat,
            remarque,
            adresse(*prise.place),
            petite or (remarque is not None and bool(motifs_a_relire(remarque))),
            valeur.estime,
            None if prise.feuille == principale else prise.feuille,
        )

    def _une(self, lues: list[tuple[Prise, Ligne, Valeur]]) -> tuple[Prise, Ligne, Valeur]:
        """What counts when several cells give a measure: their sum if declared, else one and the same."""
        repondues = [lue for lue in lues if lue[2].etat != "manquant"] or lues[:1]
        if lues[0][0].additionner and len(lues) > 1:
            self._dire_partielle(lues)
            # closed in August: there was nothing to count
            repondues = [lue for lue in repondues if lue[2].etat != "sans_objet"] or repondues[:1]
        if len(repondues) == 1:
            return repondues[0]
        prise, ligne, valeur = repondues[0]
        ou = self.releve.ou([p for p, _, _ in repondues])
        details = {"question": ligne.nom, "adresses": ou, "modele": self.releve.declaration.titre}
        valeurs = [v for _, _, v in repondues]
        chiffrees = [v.valeur for v in valeurs if v.valeur is not None]
        if all(v.etat == "refuse" for v in valeurs):  # each is told at its own cell
            return repondues[0]
        if prise.additionner and any(v.etat == "refuse" for v in valeurs):
            self._dire("somme_incomplete", prise, details)
            return prise, ligne, Valeur(None, None, "refuse")
        if prise.additionner and len(chiffrees) == len(valeurs):
            self.releve.additionnees.append([p for p, _, _ in lues])
            estime = any(v.estime for v in valeurs)
            somme = Valeur(round(sum(chiffrees), 6), None, "valeur", estime=estime)
            mots = filter(None, (prise.remarque, f"somme de {len(repondues)} cellules : {ou}"))
            return prise._replace(remarque=" ; ".join(mots)), ligne, somme
        if all((v.valeur, v.texte, v.etat) == (valeur.valeur, valeur.texte, valeur.etat) for v in valeurs):
            self._dire("valeur_redite", prise, details)
            return repondues[0]
        self._dire("valeur_repetee", repondues[1][0], details)
        return prise, ligne, Valeur(None, None, "refuse")

    def _dire_partielle(self, lues: list[tuple[Prise, Ligne, Valeur]]) -> None:
        """Note the cells without an answer among those that are added up."""
        if any(valeur.valeur is not None for _, _, valeur in lues):
            self.releve.muettes += [prise for prise, _, valeur in lues if valeur.etat == "manquant"]

    def _dire(self, regle: str, prise: Prise, details: dict[str, object]) -> None:
        self.anomalies.append(dire(regle, prise.feuille, prise.place, **details))


def _nom(qui: Formulaire | _Groupe, referentiel: Referentiel) -> str:
    structure = referentiel.structures.get(qui.repondant_id) if qui.genre == "structure" else None
    return structure.nom if structure else qui.repondant_id
