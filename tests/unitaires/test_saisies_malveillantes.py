"""Files a person may write by hand, made to fill the memory or to stop a build: told, never fatal."""

import pytest

from ctg.referentiel import ReferentielInvalide
from etl.classeurs_libres.declaration.chargement import declaration
from etl.saisies import acceptations
from etl.saisies.lecture import lire
from etl.saisies.registres import REGISTRES
from tests.exemples.campagne_minuscule import CONVENTION

FONCTION = next(iter(CONVENTION.fonctions))
ENTREE = {
    "action": "accepter",
    "regle": "sauts",
    "fichier": "a.xlsx",
    "attendu": "0123",
    "raison": "Vu avec la structure",
    "fonction": FONCTION,
    "le": "2026-11-21T10:00:00",
    "fictif": "'non'",
}
# nine lists of nine: a few lines that would be written 9 to the power of 9 times
MILLIARD_DE_RIRES = "- &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"- &{nom} [{', '.join([f'*{avant}'] * 9)}]\n" for avant, nom in zip("abcdefgh", "bcdefghi", strict=True)
)


def lues(tmp_path, texte):
    (tmp_path / acceptations.FICHIER).write_text(texte, encoding="utf-8")
    lignes, anomalies = acceptations.lire(CONVENTION, False, tmp_path)
    return lignes, [anomalie.message for _, anomalie in anomalies]


@pytest.mark.parametrize("champ", ["action", "fonction", "fictif", "le", "annee"])
@pytest.mark.parametrize("valeur", ["[1]", "{a: 1}", "1" + "0" * 30, "1:" + "1:" * 3000 + "1", "*i"])
def test_un_champ_d_acceptation_de_toute_forme_est_dit(tmp_path, champ, valeur):
    entree = "\n  ".join(f"{nom}: {lu}" for nom, lu in (ENTREE | {champ: valeur}).items())
    avant = MILLIARD_DE_RIRES if valeur == "*i" else ""
    lignes, messages = lues(tmp_path, f"{avant}- {entree}\n")
    assert lignes == []
    assert messages


@pytest.mark.parametrize(
    "texte",
    [
        "- &a\n  action: *a\n",
        "[" * 20000 + "]" * 20000 + "\n",
        "- !!python/object/apply:os.system ['id']\n",
        "- &a {k: 1}\n"
        + "".join(
            f"- &{nom} {{<<: [{', '.join([f'*{avant}'] * 9)}]}}\n"
            for avant, nom in zip("abcdefgh", "bcdefghi", strict=True)
        ),
    ],
    ids=["contient elle-même", "trop profond", "programme", "fusions"],
)
def test_un_registre_d_acceptations_piege_n_arrete_pas_la_construction(tmp_path, texte):
    lignes, (message,) = lues(tmp_path, texte)
    assert lignes == []
    assert "ne se lit pas" in message


def test_un_registre_d_acceptations_demesure_est_dit(tmp_path):
    lignes, (message,) = lues(tmp_path, "- action: x\n" * 200_000)
    assert lignes == []
    assert "2 Mo" in message


def test_une_correspondance_qui_se_nomme_elle_meme_est_refusee_a_sa_ligne():
    texte = "titre: t\nnature: rapport\nreconnaissance: &a\n  cellules: [x]\ntableaux: *a\n"
    with pytest.raises(ReferentielInvalide, match="renvoi") as refus:
        declaration(texte, "essai", CONVENTION)
    assert refus.value.erreurs[0].ligne == 5


@pytest.mark.parametrize("annee", ["9" * 5000, "-1", "02025", "²⁰²⁵", "1e3"])
@pytest.mark.parametrize("nom", ["valeurs", "etapes", "sources"])
def test_une_annee_qui_n_en_est_pas_une_laisse_les_autres_lignes(tmp_path, nom, annee):
    entete = REGISTRES[nom].entete
    champs = dict.fromkeys(entete, "") | {
        "le": "2026-01-01T10:00:00",
        "fonction": FONCTION,
        "raison": "r",
        "annee": annee,
        "fictif": "non",
    }
    (tmp_path / f"{nom}.csv").write_text(
        f"{';'.join(entete)}\n{';'.join(champs.values())}\n", encoding="utf-8"
    )
    lecture = lire(nom, CONVENTION, tmp_path)
    assert lecture.lignes == ()
    assert "n’est pas une année" in lecture.erreurs[0].message
