"""Step 5, before saving: another declaration already reads this workbook, or bears this title."""

import streamlit as st

from ctg import formats
from etl.classeurs import Classeur
from etl.classeurs_libres.declaration.modele import Declaration
from etl.classeurs_libres.lecture.reconnaissance import reconnues
from pages.commun.textes import echapper


def demander(
    modele: Declaration, classeur: Classeur, connues: tuple[Declaration, ...], cle: str
) -> Declaration | None:
    """The one that `modele` takes the place of, once the officer says so; None when it is saved beside it.

    A workbook that two declarations recognise is read by neither: better told before than at the build.
    """
    homonymes = [d for d in connues if d.id == modele.id and d != modele]
    autres = tuple(d for d in connues if d.id != modele.id)
    rivales = homonymes or [d for d in reconnues(classeur, (*autres, modele)) if d.id != modele.id]
    if not rivales:
        return None
    noms = formats.liste([f"« {d.titre} »" for d in rivales])
    st.warning(
        echapper(
            f"Une autre correspondance porte ce titre : {noms}."
            if homonymes
            else f"Ce classeur est déjà reconnu par {noms} : avec deux correspondances, rien n’en serait lu."
        ),
        icon=":material/edit:",
    )
    if len(rivales) > 1:
        return None
    voulu = st.checkbox(
        echapper(f"Remplacer {noms} par celle-ci"),
        help="Les classeurs déjà reçus que l’ancienne lisait seront relus avec celle-ci.",
        key=f"remplacer_{cle}_{rivales[0].id}",
    )
    return rivales[0] if voulu else None
