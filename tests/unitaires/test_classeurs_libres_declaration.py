"""A declaration is refused whole, every error at once, each with its file and its key, in French."""

import pytest
import yaml

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.classeurs_libres.declaration.chargement import declaration, declarations

CONVENTION = charger(dossier_par_defaut())
BONNE = """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [Structure]}
annee: {valeur: 2025}
tableaux:
  - entete: [Structure, Adhérents]
    colonnes:
      - {entete: Structure, donne: structure}
      - {entete: Adhérents, donne: valeur, mesure: "v:adherents"}
"""


def erreurs(texte: str, nom: str = "suivi") -> list[str]:
    with pytest.raises(ReferentielInvalide) as refus:
        declaration(texte, nom, CONVENTION)
    assert {e.fichier for e in refus.value.erreurs} == {f"classeurs_libres/{nom}.yml"}
    return [e.message for e in refus.value.erreurs]


def avec(**changes: object) -> str:
    return yaml.safe_dump(yaml.safe_load(BONNE) | changes, allow_unicode=True)


def colonne(**changes: object) -> str:
    contenu = yaml.safe_load(BONNE)
    contenu["tableaux"][0]["colonnes"][1] |= changes
    return yaml.safe_dump({**contenu}, allow_unicode=True)


def tableau(**changes: object) -> str:
    contenu = yaml.safe_load(BONNE)
    contenu["tableaux"][0] |= changes
    return yaml.safe_dump(contenu, allow_unicode=True)


def test_la_bonne_est_lue():
    lue = declaration(BONNE, "suivi", CONVENTION)
    assert (lue.id, lue.provenance, len(lue.tableaux[0].colonnes)) == ("suivi", "classeur:suivi", 2)


def test_celles_de_la_convention_sont_bonnes():
    assert "fiche_de_travail" in {d.id for d in declarations(CONVENTION)}


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("titre: [", "YAML illisible"),
        ("- un\n- deux", "le fichier ne contient pas de rubriques"),
        (avec(nature="autre"), "nature : « autre » : l’un de rapport, extrait, ecarte"),
        (avec(nature="extrait"), "source : un extrait nomme sa source"),
        (avec(nature="ecarte"), "message : un classeur écarté dit pourquoi"),
        (avec(reconnaissance={}), "reconnaissance : dire au moins un nom de feuille"),
        (avec(couleur="bleu"), "clé « couleur » inconnue (clés acceptées : titre, nature"),
        (avec(id="x"), "clé « id » inconnue : l’identifiant est le nom du fichier"),
        (avec(tableaux=[]), "tableaux : décrire au moins un tableau"),
        (avec(tableaux="tout"), "tableaux[1] : « tout » : on attend un bloc de clés"),
        (avec(annee={"valeur": "vingt"}), "annee › valeur : « vingt » n’est pas une année"),
        (avec(annee={"valeur": 2025, "cellule": "B1"}), "annee : une seule de ces clés"),
        (avec(annee={"cellule": "B"}), "annee › cellule : « B » n’est pas une adresse comme B4"),
        (avec(annee={"nom_de_fichier": True, "motif": "("}), "n’est pas une expression régulière"),
        (avec(structure={"valeur": "phare"}), "structure › valeur : « phare » n’est l’identifiant d’aucune"),
        (tableau(repetition="non"), "tableaux[1] › repetition : « non » : l’un de signaler, additionner"),
        (tableau(lignes_entete=3), "tableaux[1] › lignes_entete : 0 (aucune), 1 ou 2"),
        (
            tableau(lignes_entete="deux"),
            "tableaux[1] › lignes_entete : « deux » : on attend un nombre entier",
        ),
        (tableau(ligne=4), "tableaux[1] : dire où commence le tableau"),
        (tableau(fiche={"valeur": "PE-1"}), "tableaux[1] : dire qui répond"),
        (colonne(donne="chiffre"), "tableaux[1] › colonnes[2] › donne : « chiffre » : l’un de structure"),
        (colonne(mesure=None), "tableaux[1] › colonnes[2] › mesure : dire de quelle mesure"),
        (colonne(mesure="adherents"), "on attend par exemple i:PE-1.0.1-a"),
        (colonne(mesure="v:adherant"), "« v:adherant » n’est l’identifiant d’aucune mesure"),
        (colonne(mesure="i:PE-1.0.1-c", code="valeur"), "se saisit par numerateur, denominateur"),
        (colonne(modalite="sexe=filles"), "« sexe=filles » n’est pas une modalité connue"),
        (colonne(quartier="centre"), "« centre » n’est l’identifiant d’aucun quartier"),
        (colonne(unite="kE"), "unite : « kE » : l’un de k€, M€, milliers, millions"),
        (colonne(donne="rien"), "raison : une colonne qui n’est pas lue dit pourquoi"),
        (colonne(facultative="peut-être"), "facultative : « peut-être » : on attend oui ou non"),
        (colonne(noms=["a"]), "noms : « ['a'] » : on attend une table « libellé : identifiant »"),
        (colonne(entete=[]), "dire quelle colonne : par « entete » (ses mots), par « lettre », ou les deux"),
        (colonne(annee="AAAA"), "annee : son « entete » doit dire où est l’année : AAAA"),
        (colonne(donne="structure"), "deux colonnes donnent « structure »"),
    ],
)
def test_chaque_erreur_est_dite_avec_sa_cle(texte, attendu):
    dites = erreurs(texte)
    assert any(attendu in dite for dite in dites), dites


def test_chaque_colonne_dit_qui_repond_quand_son_titre_le_dit():
    contenu = yaml.safe_load(BONNE)
    valeur = {"donne": "valeur", "mesure": "v:adherents"}
    contenu["tableaux"][0]["colonnes"] = [
        valeur | {"entete": "L’Archipel", "structure": "archipel"},
        valeur | {"entete": "Autre"},
    ]
    contenu["tableaux"][0]["entete"] = ["Autre"]
    dites = erreurs(yaml.safe_dump(contenu, allow_unicode=True))
    assert [d for d in dites if "dire de quelle structure" in d] == [
        "tableaux[1] › colonnes[2] : dire de quelle structure sont ces valeurs"
    ]
    contenu["tableaux"][0]["colonnes"][1]["structure"] = "maison-phare"
    assert declaration(yaml.safe_dump(contenu, allow_unicode=True), "suivi", CONVENTION).tableaux


def test_toutes_les_erreurs_sont_dites_d_un_coup():
    contenu = yaml.safe_load(BONNE)
    contenu["nature"] = "autre"
    contenu["tableaux"][0]["colonnes"][1] |= {"mesure": "v:rien", "unite": "kE"}
    assert len(erreurs(yaml.safe_dump(contenu))) == 3


def test_le_nom_du_fichier_fait_l_identifiant():
    assert "nom du fichier : minuscules sans accent" in erreurs(BONNE, "Suivi 2025")[0]


def test_un_fichier_qui_n_est_pas_de_l_utf8_le_dit(tmp_path):
    import shutil

    dossier = tmp_path / "dijon"
    shutil.copytree(dossier_par_defaut(), dossier)
    (dossier / "classeurs_libres" / "vieux.yml").write_bytes("titre: été".encode("cp1252"))
    with pytest.raises(ReferentielInvalide, match="vieux.yml : le fichier n’est pas en UTF-8"):
        declarations(charger(dossier))
