"""A folder of files received and the decisions taken on them: what people do to both between two builds."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import Referentiel, charger
from etl import saisies
from etl.construction.entrepot import construire
from etl.controles.acceptation import entree_pour
from etl.saisies import SaisieRefusee, acceptations
from etl.saisies.decisions import declarer_etape
from tests.exemples.entrepots_compares import differences

CONVENTION = Path(__file__).parent / "referentiels" / "petite_ville"
LIBELLES = ("Jeunes accompagnés", "Jeunes accueillis")


class Bureau:
    """Files, decisions, convention and warehouse of a small city, all under one folder.

    `entrepot` is continued from one build to the next; `temoin` is built from everything each time it is
    compared, and decisions are taken in view of it.
    """

    def __init__(self, dossier: Path, stock: list[Path]) -> None:
        self.raw, self.convention, self.saisies = dossier / "raw", dossier / "convention", dossier / "saisies"
        self.entrepot, self.temoin = dossier / "entrepot.duckdb", dossier / "temoin.duckdb"
        self.ancien = dossier / "ancien"
        self.stock, self.dates = stock, {}
        if not self.raw.is_dir():
            self.raw.mkdir()
            shutil.copytree(CONVENTION, self.convention)

    def faire(self, geste: str, *quoi) -> None:
        getattr(self, geste)(*quoi)

    @property
    def referentiel(self) -> Referentiel:
        return charger(self.convention)

    # ---- files

    def deposer(self, rang: int, nom: str) -> None:
        self.recevoir(self.stock[rang], nom)

    def recevoir(self, fichier: Path, nom: str) -> None:
        (self.raw / nom).parent.mkdir(exist_ok=True)
        shutil.copyfile(fichier, self.raw / nom)

    def retirer(self, nom: str) -> None:
        (self.raw / nom).unlink(missing_ok=True)

    def renommer(self, nom: str, autre: str) -> None:
        if (self.raw / nom).is_file():
            (self.raw / autre).parent.mkdir(exist_ok=True)
            (self.raw / nom).replace(self.raw / autre)

    def dater(self, nom: str, jour: dt.date) -> None:
        self.dates[nom] = jour
        lignes = [f"{nom};{jour:%d/%m/%Y}" for nom, jour in self.dates.items()]
        (self.raw / "receptions.csv").write_text("\n".join(["fichier;recu_le", *lignes]), encoding="utf-8")

    # ---- the convention

    def reformuler(self, libelle: str) -> None:
        for connu in LIBELLES:
            self.remplacer("indicateurs.csv", connu, libelle)

    def remplacer(self, fichier: str, texte: str, autre: str) -> None:
        chemin = self.convention / fichier
        chemin.write_text(chemin.read_text(encoding="utf-8").replace(texte, autre), encoding="utf-8")

    # ---- decisions

    def decider(self, registre: str, **champs: object) -> None:
        champs = {"fonction": "coordination", "raison": "Dit au téléphone"} | champs
        saisies.ajouter(registre, champs, self.referentiel, self.saisies)

    def corriger(self, case: tuple[str, str], ancienne: str, nouvelle: str, qui: str = "mjc-centre") -> None:
        cle, code = case
        self.decider(
            "valeurs",
            repondant_id=qui,
            annee=2025,
            cle=cle,
            code=code,
            ancienne=ancienne,
            nouvelle=nouvelle,
        )

    def retenir(self, case: tuple[str, str], source: str, qui: str = "mjc-centre") -> None:
        indicateur = case[0].removeprefix("i:")
        self.decider("sources", repondant_id=qui, annee=2025, indicateur_id=indicateur, source=source)

    def declarer(self, etape: str, acte: str = "atteinte", fiche: str = "JE-1") -> None:
        """A stage of a fiche by who may declare it; nothing when what stands before refuses it."""
        fonction = {"validee": "referent-jeunesse", "aval": "caf"}.get(etape, "coordination")
        champs = {"fonction": fonction, "raison": "En réunion", "annee": 2025, "fiche_id": fiche}
        if not self.temoin.is_file():
            return
        try:
            declarer_etape(
                Entrepot(self.temoin),
                self.referentiel,
                champs | {"etape": etape, "acte": acte},
                self.saisies,
            )
        except SaisieRefusee:
            return

    def accepter(self, regle: str) -> None:
        """Accept the first anomaly of a rule, when there is one."""
        if not self.temoin.is_file():
            return
        lues = self.lire("SELECT id, message FROM collecte.anomalie WHERE regle = ? ORDER BY id", regle)
        if lues:
            entree = entree_pour(self.temoin, *lues[0])
            champs = {"fonction": "coordination", "raison": "Vérifié avec la structure"}
            acceptations.accepter(entree | champs, self.referentiel, self.saisies)

    def oublier(self, registre: str) -> None:
        (self.saisies / registre).unlink(missing_ok=True)

    # ---- the warehouse itself

    def abimer(self, place: int) -> None:
        if self.entrepot.is_file() and place < self.entrepot.stat().st_size:
            with self.entrepot.open("r+b") as flux:
                flux.seek(place)
                flux.write(b"\xff" * 64)

    def mettre_de_cote(self) -> None:
        """Keep a copy of the warehouse, and of what a build wrote beside it, for `rendre_l_ancien`."""
        self.ancien.mkdir(exist_ok=True)
        for fichier in self.entrepot.parent.glob(f"{self.entrepot.name}*"):
            shutil.copyfile(fichier, self.ancien / fichier.name)

    def rendre_l_ancien(self) -> None:
        if self.ancien.is_dir():
            shutil.copytree(self.ancien, self.entrepot.parent, dirs_exist_ok=True)

    def construire(self) -> None:
        self._construire(self.entrepot)

    def differences(self) -> dict:
        """What the warehouse continued says otherwise than everything read and built again."""
        self.temoin.unlink(missing_ok=True)
        self._construire(self.temoin, tout_relire=True)
        return differences(self.entrepot, self.temoin)

    def _construire(self, entrepot: Path, tout_relire: bool = False) -> None:
        with pytest.MonkeyPatch.context() as environnement:
            environnement.setenv("CTG_SAISIES", str(self.saisies))
            construire((self.raw,), self.convention, entrepot, tout_relire=tout_relire)

    def lire(self, sql: str, *valeurs: object) -> list[tuple]:
        """Rows of the witness: what the warehouse says too, once compared."""
        with duckdb.connect(str(self.temoin), read_only=True) as connexion:
            return connexion.execute(sql, valeurs).fetchall()
