"""Numbers as people write them: the published table of cases, and what must hold for any number, any text."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctg import formats
from ctg.gravites import GRAVITES
from etl.canevas.phrases.messages import origine_de_la_date
from etl.canevas.phrases.regles import REGLES
from etl.canevas.reponse.cas_nombres import ATTENDUS, CAS, ISSUES, MOTIFS, Cas
from etl.canevas.reponse.ecritures import ESPACES
from etl.canevas.reponse.nombres import Nature, Nombre, lire_nombre
from etl.canevas.reponse.valeurs import MANQUANT, lire_valeur, texte_de
from etl.classeurs.affichage import NombreMontre, montrer
from etl.classeurs.passages import TexteBarre
from etl.classeurs_libres.regles import REGLES as REGLES_LIBRES

NOMBRES = (Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT, Nature.POURCENTAGE, Nature.NIVEAU)
PAGE = Path(__file__).parents[2] / "docs" / "nombres.md"


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: f"{cas.nature.value} {cas.lu!r}")
def test_chaque_cas_publie(cas):
    assert lire_valeur(cas.lu, cas.nature) == cas.attendu


def test_la_table_couvre_chaque_issue_et_chaque_regle_d_un_nombre():
    assert {cas.issue for cas in CAS} == set(ISSUES)
    dites = {cas.regle for cas in CAS} - {None}
    assert dites <= set(REGLES)
    sans_cas = {regle for regle in REGLES if regle.startswith(("nombre_", "numero_"))} - dites
    assert sans_cas == set()
    assert len(CAS) == len({(repr(cas.lu), _typee(cas.lu), cas.nature) for cas in CAS})


def test_la_page_pour_l_agent_montre_exactement_cette_table():
    lignes = [ligne for ligne in PAGE.read_text(encoding="utf-8").splitlines() if ligne.startswith("| `")]
    assert lignes == [ligne_de(cas) for cas in CAS]


def test_la_page_dit_la_gravite_de_ce_qui_entoure_les_cases():
    rangees = re.findall(r"^\| .* \| (.*) \| `(\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    connues = {**REGLES_LIBRES, **REGLES}
    assert [dite for dite, _ in rangees] == [GRAVITES[connues[regle].gravite].lower() for _, regle in rangees]
    assert {"cases_fusionnees", "entete_repete", "hors_saisie"} <= {regle for _, regle in rangees}


def ligne_de(cas: Cas) -> str:
    """The row of docs/nombres.md for a case: typed, expected, outcome, value read, how grave."""
    lu = _typee(cas.lu)
    lue = "" if cas.valeur is None else formats.nombre(cas.valeur, _decimales(cas.valeur))
    precision = f", précision « {cas.remarque} »" if cas.remarque else ""
    estimation = ", estimation" if cas.estime else ""
    dit = f"{GRAVITES[REGLES[cas.regle].gravite].lower()} : {MOTIFS[cas.regle]}" if cas.regle else "rien"
    return f"| `{lu}` | {ATTENDUS[cas.nature]} | {cas.issue} | {lue}{precision}{estimation} | {dit} |"


def _est_vide(lu: str) -> bool:
    return lire_valeur(lu, Nature.ENTIER) == MANQUANT


def _typee(lu: object) -> str:
    if isinstance(lu, TexteBarre):
        return f"« {lu.montre} »"
    if isinstance(lu, NombreMontre):
        return f"nombre {_ecrit(float(lu))} affiché « {lu.montre} »"
    if isinstance(lu, dt.timedelta | dt.time):
        return f"durée {texte_de(lu)}"
    if isinstance(lu, str):
        vide = "espaces seules" if lu else "case vide"
        return vide if _est_vide(lu) else f"« {lu} »"
    if isinstance(lu, bool):
        return "case à cocher"
    if isinstance(lu, (int, float)):
        return f"nombre {_ecrit(lu)}"
    return f"date {lu}"


def _ecrit(lu: float) -> str:
    return formats.nombre(lu, _decimales(lu)) if abs(lu) < 1e15 else str(lu)


def _decimales(valeur: float) -> int:
    return len(f"{valeur:.10f}".rstrip("0").partition(".")[2])


@given(
    st.integers(0, 10**8),
    st.integers(0, 3),
    st.sampled_from([*ESPACES, ""]),
    st.sampled_from(["", "-", "\u2212", "+"]),
    st.sampled_from(["", " €", "€", "\u202f€", " euros"]),
)
def test_tout_nombre_ecrit_a_la_francaise_se_relit(entier, decimales, espace, signe, unite):
    valeur = entier / 10**decimales
    texte = formats.nombre(valeur, decimales).replace(formats.ESPACE_FINE, espace)
    lu = lire_nombre(f"{signe}{texte}{unite}", Nature.MONTANT)
    if decimales == 3 and 1 <= valeur < 1000:
        assert lu == Nombre(None, "nombre_ambigu")  # « 1,234 € »: a thousand euros, or one and a bit
    else:
        assert lu == Nombre(-valeur if signe in ("-", "\u2212") else valeur, "nombre_en_texte")


@given(st.integers(0, 1000))
def test_tout_pourcentage_ecrit_a_la_francaise_se_relit(dixiemes):
    for espace in ("", *ESPACES):
        lu = lire_nombre(formats.nombre(dixiemes / 10) + f"{espace}%", Nature.POURCENTAGE)
        assert lu == Nombre(dixiemes / 10, "nombre_en_texte")


morceaux = st.sampled_from(
    [*"0123456789", "12", "1 234", "1,5", "1.234", "10", " ", "\u202f", ",", ".", "-", "–", "+", "/", "(",
     ")", "%", "€", "k€", "*", "¹", "²", "?", "≈", "~", "environ ", " env.", "dont ", "enfants", " à ",
     " ou ", "plus de ", "mille", "zéro", "aucun", "néant", "n.c.", "½", "３", "٣", "é", "\n", "x", "ans"]
)  # fmt: skip
textes = st.lists(morceaux, min_size=1, max_size=7).map("".join) | st.text(min_size=1, max_size=20)


@given(textes, st.sampled_from(NOMBRES))
@example("1 2", Nature.ENTIER)
@example("10²", Nature.ENTIER)
def test_aucun_texte_ne_donne_un_nombre_qui_n_y_est_pas_ecrit(texte, nature):
    lu = lire_valeur(texte, nature)
    assert (lu.etat == "refuse") <= (lu.regle is not None)
    if lu.valeur is None:
        assert lu.etat in ("refuse", "manquant", "sans_objet")
    elif not any(c.isdecimal() for c in texte):
        assert (lu.valeur, lu.regle in ("nombre_en_texte", "aucun_lu_zero")) == (0, True)
    else:
        facteur = {"k": 1e3, "m": 1e6}.get(("".join(re.findall("[km](?=€)", texte)) or "-")[0], 1)
        ecrit = re.match(r"[^0-9]*([0-9][0-9.,'’\s]*)", texte)[1]
        chiffres = re.sub(r"[^0-9]", "", ecrit)
        lue = Decimal(repr(lu.valeur if facteur == 1 else round(lu.valeur / facteur, 9)))
        attendus = f"{abs(lue):f}".replace(".", "")
        assert chiffres.strip("0") == attendus.strip("0")


@given(textes, st.sampled_from(NOMBRES))
def test_ce_qui_entoure_un_nombre_n_est_jamais_perdu(texte, nature):
    lu = lire_nombre(texte, nature)
    if lu.valeur is not None:
        mots = re.findall(r"[^\W\d_¹²³]{3,}", texte)
        permis = ("euros", "eur", "pour", "cent", "cents")
        gardes = (lu.remarque or "").casefold()
        assert all(mot.casefold() in gardes or mot.casefold() in permis for mot in mots)


@given(st.floats())
def test_un_nombre_lu_est_toujours_fini(valeur):
    for nature in NOMBRES:
        lu = lire_nombre(valeur, nature)
        assert lu.valeur is None or abs(lu.valeur) < float("inf")
        assert (lu.valeur is None) == (lu.regle not in (None, "part_sans_pourcent"))  # 1: 1 % or 100 %


def test_un_texte_long_n_est_pas_un_nombre():
    for texte in (
        "12 " + "a " * 20_000,
        "deux" * 10_000,
        "aine" * 10_000,
        "1 " * 20_000,
        "12" + " " * 30_000 + "x",
    ):
        assert lire_nombre(texte, Nature.ENTIER) == Nombre(None, "nombre_illisible")


def test_une_date_dit_ce_que_le_tableur_a_sans_doute_fait():
    assert "12/3" in origine_de_la_date(dt.date(2026, 3, 12))
    assert "le nombre 12," in origine_de_la_date(dt.datetime(1900, 1, 12))
    assert origine_de_la_date("12/3") == ""


@given(
    st.integers(-(10**6), 10**6).map(lambda n: n / 100) | st.integers(-1000, 1000),
    st.sampled_from(
        ["k€", "€", "%", "h", "enfants", "K€", "M€", "mille", "fois", "ETP", "ans", "m²", "(est.)", "$"]
    ),
    st.sampled_from(NOMBRES),
)
def test_un_nombre_affiche_avec_des_mots_se_lit_comme_le_texte_que_l_on_voit(valeur, mots, nature):
    affiche = montrer(float(valeur), f'General" {mots}"')
    lu, texte = lire_nombre(affiche, nature), lire_nombre(affiche.montre, nature)
    # the digits of a cell are certain: « 1,234 » is doubtful as a text only
    dit = None if texte.regle == "nombre_en_texte" else texte.regle
    if texte.regle != "nombre_ambigu" or lu.regle == "nombre_ambigu":
        assert (lu.regle, lu.remarque, lu.estime) == (dit, texte.remarque, texte.estime)
        assert lu.valeur == pytest.approx(texte.valeur)


@given(
    st.integers(1, 10**8),
    st.sampled_from([("", 1), (",", 3), (",,", 6)]),
    st.sampled_from(["", " k€", " M€"]),
)
def test_un_nombre_affiche_en_milliers_n_est_jamais_multiplie(euros, reduction, mots):
    virgules, rang = reduction
    lu = lire_nombre(montrer(euros, f'#,##0.0{virgules}"{mots}"'), Nature.MONTANT)
    facteur = {"": 0, " k€": 3, " M€": 6}[mots]
    if virgules and facteur in (0, rang):
        assert lu.valeur == euros
    elif virgules:
        assert lu == Nombre(None, "nombre_ambigu")
    else:
        assert lu.valeur in (None, euros * 10**facteur)


@given(textes, st.sampled_from(NOMBRES))
def test_ce_qui_est_barre_ne_change_jamais_le_nombre_lu(texte, nature):
    lu, reste = lire_valeur(TexteBarre(texte, "7777"), nature), lire_valeur(texte, nature)
    if not texte.strip():
        assert (lu.valeur, lu.regle) == (None, "reponse_barree")
    else:
        assert (lu.valeur, lu.etat) == (reste.valeur, reste.etat)
        assert lu.etat == "refuse" or (lu.regle == "passage_barre" and "7777" in lu.remarque)


def test_une_duree_est_dite_en_francais():
    assert origine_de_la_date(dt.timedelta(days=12)) == " (sans doute le nombre 12, mis au format « Heure »)"
    assert origine_de_la_date(dt.timedelta(hours=12, minutes=30)) == " (soit 12,5 heures)"
    assert [texte_de(d) for d in (dt.timedelta(days=12), dt.time(12, 30))] == ["288 heures", "12 h 30"]
