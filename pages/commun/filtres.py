"""The shared filters, drawn above the page and kept in its address.

Streamlit's own `bind="query-params"` writes the label shown (« Petite enfance ») in the address, not the
code: a relabelled axis would break every link already sent. So the address is read and written here, with
codes.
"""

from dataclasses import dataclass

import streamlit as st

from pages.commun import donnees
from pages.commun.navigation import PageDeclaree

# label, and what the absence of a choice is called (None: a choice is always made)
_FILTRES = {
    "axe": ("Axe", "Tous les axes"),
    "fiche": ("Fiche projet", None),
    "indicateur": ("Indicateur", None),
    "quartier": ("Quartier", "Toute la ville"),
    "structure": ("Structure", None),
    "type": ("Type de structure", "Tous les types"),
    "periode": ("Période", "Année entière"),
    "annee": ("Campagne", None),
}
_LARGES = {"fiche", "indicateur", "structure"}
TOUS = "tous"
_MEMOIRE = "filtres_memoire"


@dataclass(frozen=True)
class Filtres:
    """The choices in force on this page; None where the page has no such filter, or nothing is chosen."""

    axe: str | None = None
    fiche: str | None = None
    indicateur: str | None = None
    quartier: str | None = None
    structure: str | None = None
    type: str | None = None
    periode: str | None = None
    annee: int | None = None


@donnees.retenue
def _choix(annee: int | None) -> dict[str, dict[str, str]]:
    """Filter → {code: label}, in the order shown."""
    choix: dict[str, dict[str, str]] = {
        cle: {TOUS: tous} if tous else {} for cle, (_, tous) in _FILTRES.items()
    }
    for ligne in donnees.lignes("filtres"):
        if ligne.filtre != "periode" or ligne.annee == annee:
            choix[ligne.filtre][ligne.code] = ligne.libelle
    return choix


@donnees.retenue
def campagne_par_defaut() -> int | None:
    """Year of the last campaign that received something, else of the last one open; None without any."""
    return next((int(ligne.code) for ligne in donnees.lignes("filtres") if ligne.defaut), None)


def _lire_adresse(page: PageDeclaree, memoire: dict) -> None:
    """Let the address win over the memory when somebody else than us wrote it (link, back button)."""
    for cle in page.filtres:
        adresse = st.query_params.get(cle)
        ecrite = memoire["adresse"].get(cle)
        if adresse is not None and adresse != ecrite:
            memoire["choix"][cle] = adresse
        elif adresse is None and ecrite is not None and memoire["page"] == page.adresse:
            memoire["choix"].pop(cle, None)


def _ecrire_adresse(page: PageDeclaree, memoire: dict) -> None:
    voulue = {cle: memoire["choix"][cle] for cle in page.filtres if memoire["choix"].get(cle, TOUS) != TOUS}
    etrangers = {cle: st.query_params[cle] for cle in st.query_params if cle not in _FILTRES}
    adresse = st.query_params.to_dict()
    # said again even unchanged: the browser keeps its address when a link leads to the page it stands on, and
    # the next gesture would bring the former view back
    st.query_params.from_dict(adresse if adresse == etrangers | voulue else etrangers | voulue)
    memoire.update(page=page.adresse, adresse=voulue)


def barre(page: PageDeclaree) -> None:
    """Draw the filters the page declares, and write them in its address. Unknown codes are ignored."""
    memoire = st.session_state.setdefault(_MEMOIRE, {"page": None, "adresse": {}, "choix": {}})
    _lire_adresse(page, memoire)
    if page.filtres:
        _dessiner(page.filtres, memoire)
    _ecrire_adresse(page, memoire)


def _dessiner(cles: tuple[str, ...], memoire: dict) -> None:
    par_defaut = str(campagne_par_defaut())
    annee = memoire["choix"].get("annee")
    annee = annee if annee in _choix(None)["annee"] else par_defaut
    choix = _choix(int(annee) if annee.isdigit() else None)
    colonnes = st.columns([2 if cle in _LARGES else 1 for cle in cles])
    for cle, colonne in zip(cles, colonnes, strict=True):
        codes = choix[cle]
        garde = memoire["choix"].get(cle)
        premier = par_defaut if cle == "annee" and par_defaut in codes else next(iter(codes), None)
        st.session_state[f"filtre_{cle}"] = garde if garde in codes else premier
        memoire["choix"][cle] = colonne.selectbox(
            _FILTRES[cle][0],
            list(codes),
            format_func=lambda code, codes=codes: codes.get(code, code),
            key=f"filtre_{cle}",
            on_change=_retenir,
            args=(cle,),
            placeholder="Aucun choix",
        )


def _retenir(cle: str) -> None:
    st.session_state[_MEMOIRE]["choix"][cle] = st.session_state[f"filtre_{cle}"]


def courants() -> Filtres:
    """The filters of the page being drawn."""
    memoire = st.session_state.get(_MEMOIRE, {"adresse": {}})
    valeurs = dict(memoire["adresse"])
    if "annee" in valeurs:
        valeurs["annee"] = int(valeurs["annee"])
    return Filtres(**valeurs)
