"""Words that come from data, made safe for markdown; and the messages several pages share."""

import re

import streamlit as st

from ctg.entrepot import EntrepotAbsent

_AVANT = re.compile(r" (?=[:;?!»])")
# a longer word, such as the name of a file, would be hidden past the edge of its cell
_LONG = re.compile(r"[^\s-]{46,}")
_MORCEAU = re.compile(r"[^_./]{0,39}[_./]|[^_./]{40}")
_SPECIAUX = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~$:])")


def echapper(texte: object) -> str:
    """Escape every character markdown (and Streamlit's own colours, icons, formulas) would interpret.

    The spaces French puts before a double sign become unbreakable: no line starts with « : ».
    """
    soude = _AVANT.sub("\u00a0", str(texte)).replace("« ", "«\u00a0")
    return _SPECIAUX.sub(r"\\\1", soude).replace("\n", "  \n")


def echapper_cellule(texte: object) -> str:
    """Escape the text of a table; a word too long for a cell may go to the next line at its joints."""
    return echapper(_LONG.sub(lambda mot: _MORCEAU.sub("\\g<0>\u200b", mot[0]), str(texte)))


def vide(raison: str, conseil: str) -> None:
    """An empty state: why there is nothing, and what to do about it. Both are plain text."""
    st.info(f"**{echapper(raison)}**  \n{echapper(conseil)}", icon=":material/info:")


def entrepot_absent(erreur: Exception) -> None:
    """Say in French that no warehouse can be read, and what to run."""
    st.title("Les données ne sont pas encore là", anchor=False)
    if isinstance(erreur, EntrepotAbsent):
        raison = "Aucun entrepôt n’a été trouvé à cet endroit :"
    else:
        raison = (
            "Le fichier trouvé à cet endroit ne peut pas être lu comme un entrepôt de ce tableau de bord :"
        )
    st.error(f"{raison} `{erreur.args[0]}`", icon=":material/database_off:")
    st.markdown(
        "**Que faire ?** Lancez `make demarrer`, ou `python -m etl`, dans le dossier du projet : l’entrepôt "
        "est reconstruit à partir des rapports reçus, et cette page le montre dès qu’il est prêt."
    )
