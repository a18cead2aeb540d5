"""Step 4: what each column of each table gives; what is guessed can be corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from etl.canevas.phrases.messages import citer
from etl.classeurs import Feuille
from etl.classeurs_libres.description.choix import ColonneChoisie
from etl.classeurs_libres.description.ebauche import TITRE_STRUCTURE
from etl.classeurs_libres.description.proposition import TableauPropose
from etl.classeurs_libres.description.ventilations import details_connus
from etl.classeurs_libres.lecture.entetes import nom_en_titre
from etl.classeurs_libres.mesures import MesureConnue
from pages.commun.textes import echapper
from pages.donnees.classeurs import apercu, reperes, tableaux

_PAR_LA_FEUILLE = "ce que dit le nom de la feuille"


@dataclass(frozen=True, slots=True)
class Decrit:
    """A table and its columns as the officer left them; its sheet may say what it counts."""

    propose: TableauPropose
    colonnes: tuple[ColonneChoisie, ...]
    mesure_de_feuille: bool

    def libelles(self, role: str) -> tuple[str, ...]:
        """What the rows of the columns of that role say."""
        choisies = zip(self.propose.colonnes, self.colonnes, strict=True)
        return tuple(mot for p, c in choisies if c.donne == role for mot in p.libelles)

    def titres(self) -> tuple[str, ...]:
        """The titles that name a structure."""
        return tuple(nom_en_titre(c.entete) for c in self.colonnes if c.donne == TITRE_STRUCTURE)

    def au_dessus(self) -> tuple[str, ...]:
        """The titles above its rows, those that may name a structure."""
        titres = self.propose.repere.titres
        return titres.noms if titres and not titres.mesure else ()

    def mesures_au_dessus(self) -> tuple[str, ...]:
        """The titles above its rows that say what they count."""
        titres = self.propose.repere.titres
        return titres.noms if titres and titres.mesure else ()


def choisir(
    proposes: Sequence[TableauPropose],
    feuilles: Mapping[str, Feuille],
    mesures: Sequence[MesureConnue],
    seuil: int,
    cle: str,
) -> list[Decrit]:
    """Every table as the officer left it; `seuil` is the smallest count of people that may be shown."""
    st.subheader("4. Ce que donne chaque colonne", anchor=False)
    st.markdown("Proposé d’après les mots de l’en-tête : corrigez « Ce qu’elle donne » et « Mesure ».")
    return [
        _un_tableau(propose, feuilles[propose.repere.feuilles[0]], mesures, seuil, f"{cle}_{_ou(propose)}")
        for propose in proposes
    ]


def _ou(propose: TableauPropose) -> str:
    """What tells a table from the others: what was corrected of it stays its own when one of them is left."""
    repere = propose.repere
    return f"{repere.feuilles[0]}_{repere.rang}_{repere.hauteur}_{repere.colonnes[0]}"


def _un_tableau(
    propose: TableauPropose, feuille: Feuille, mesures: Sequence[MesureConnue], seuil: int, cle: str
) -> Decrit:
    repere = propose.repere
    connues = {m.libelle: m for m in (*mesures, *details_connus(mesures))}
    st.markdown(f"**{echapper(reperes.titre(repere))}**")
    if repere.titres:
        quoi = "la mesure" if repere.titres.mesure else "la structure"
        dits = reperes.nommer_feuilles([citer(nom) for nom in repere.titres.noms])
        st.markdown(
            echapper(
                f"Chaque titre dit {quoi} des lignes qui le suivent : {dits}. Celui que vous passez "
                "l’est avec elles."
            )
        )
    with st.expander("Voir ses premières lignes"):
        st.dataframe(apercu.extrait(feuille, repere.rang, repere.hauteur, seuil), height=200)
    corrigees = st.data_editor(
        tableaux.colonnes(propose.colonnes),
        hide_index=True,
        disabled=[tableaux.COLONNE, tableaux.EXEMPLE, tableaux.PROCHE],
        column_config={
            tableaux.DONNE: st.column_config.SelectboxColumn(
                options=list(tableaux.ROLES.values()), required=True
            ),
            tableaux.MESURE: st.column_config.SelectboxColumn(
                options=[tableaux.AUCUNE, *connues], width="medium"
            ),
        },
        key=f"colonnes_{cle}",
    )
    choisies = tableaux.choisies(corrigees, propose.colonnes, connues)
    porteuses = [c for c in choisies if c.donne in ("valeur", TITRE_STRUCTURE)]
    titrees = repere.titres is not None and repere.titres.mesure
    if titrees or all(c.mesure for c in porteuses) or any(c.donne == "mesure" for c in choisies):
        return Decrit(propose, choisies, False)
    possibles = [tableaux.AUCUNE, _PAR_LA_FEUILLE, *connues]
    dite = st.selectbox(
        "Les colonnes qui ne disent pas leur mesure donnent",
        possibles,
        possibles.index(_PAR_LA_FEUILLE if propose.mesures_des_feuilles else tableaux.AUCUNE),
        key=f"defaut_{cle}",
    )
    choisies = tableaux.choisies(corrigees, propose.colonnes, connues, connues.get(dite))
    return Decrit(propose, choisies, dite == _PAR_LA_FEUILLE)
