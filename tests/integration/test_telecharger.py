"""Downloads against a local server that truncates, redirects, fails, lies, hangs and changes its mind."""

import datetime as dt
import hashlib
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from etl import sources
from etl.__main__ import application
from etl.inventaire import inventorier
from etl.sources.modele import Telechargement
from etl.telechargement import Demande, Reglages, demandes, telecharger
from etl.telechargement.collecte import INCHANGE, REFUSE, TELECHARGE, bilan
from tests.exemples.chercheur import BON, JOUR
from tests.exemples.serveur_capricieux import se_taire, serveur

RACINE = Path(__file__).parents[2]
AUTRE = BON.replace(b"1581", b"1600")
SANS_LA_DERNIERE = AUTRE[: AUTRE.rindex(b"2123")]
PAGE = b"<!DOCTYPE html><html><body>Service indisponible</body></html>"


pytestmark = pytest.mark.usefixtures("sans_mandataire")


def test_telecharge_verifie_et_note_sa_provenance(chercher, referentiel):
    with serveur(lambda d: d.envoyer_plage(BON, '"v1"')) as s:
        resultat = chercher(f"{s.adresse}/caf.csv")
    assert (resultat.issue, chercher.place.read_bytes()) == (TELECHARGE, BON)
    assert resultat.message.startswith("Téléchargé (0,1 Mo). Allocataires des Caf par IRIS : 3 territoires")
    provenance = yaml.safe_load(chercher.provenance.read_text(encoding="utf-8"))
    assert (provenance["licence"], provenance["source_id"]) == ("Licence Ouverte", "caf_iris")
    assert provenance["fichiers"] == [
        {
            "nom": "data_CAF_2020_IRIS.csv",
            "adresse": f"{s.adresse}/caf.csv",
            "telecharge_le": JOUR,
            "sha256": hashlib.sha256(BON).hexdigest(),
            "taille": len(BON),
            "annee": 2020,
            "etag": '"v1"',
            "modifie_le": None,
            "a_verifier": "Il ne tient que 3 des 66 IRIS. Rien dans le fichier ne dit qu’il est de 2020 : "
            "vérifiez-le sur sa page.",
        }
    ]
    assert chercher.restes() == []
    # the build reads the file, and neither the provenance nor what is being received
    assert [r.nom for r in inventorier(chercher.place.parents[1])] == ["caf_iris/data_CAF_2020_IRIS.csv"]
    assert sources.lire(chercher.place, referentiel).annee == 2020
    assert "ctg-tableau-de-bord" in s.demandes[0][1]["User-Agent"]


def test_inchange_par_etag_puis_par_empreinte(chercher):
    with serveur(lambda d: d.envoyer_plage(BON, '"v1"')) as s:
        chercher(s.adresse)
        assert chercher(s.adresse).issue == INCHANGE
        assert s.demandes[-1][1]["If-None-Match"] == '"v1"'
    with serveur(lambda d: d.envoyer(200, BON)) as s:  # no validator: the bytes say it
        assert chercher(s.adresse).message.startswith("Le même fichier")
    with serveur(lambda d: d.envoyer_plage(BON, '"v1"')) as s:
        chercher(s.adresse)
        chercher.place.write_bytes(b"edited by hand")
        chercher(s.adresse)
        assert "If-None-Match" not in s.demandes[-1][1]  # what we hold is no longer what was downloaded
        assert chercher.place.read_bytes() == BON


def test_tronque_est_repris_ou_il_s_est_arrete(chercher):
    def repondre(d):
        if d.numero == 1:
            d.envoyer(200, BON[:100], longueur=len(BON), ETag='"v1"')
        else:
            d.envoyer_plage(BON, '"v1"')

    with serveur(repondre) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert (s.demandes[1][1]["Range"], s.demandes[1][1]["If-Range"]) == ("bytes=100-", '"v1"')
    assert chercher.place.read_bytes() == BON


def test_interrompu_puis_repris_une_autre_fois(chercher):
    with serveur(lambda d: d.envoyer(200, BON[:100], longueur=len(BON), ETag='"v1"')) as s:
        assert chercher(s.adresse, essais=1).issue == REFUSE
    assert not chercher.place.exists()
    with serveur(lambda d: d.envoyer_plage(BON, '"v1"')) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert s.demandes[0][1]["Range"] == "bytes=100-"
    assert chercher.place.read_bytes() == BON


@pytest.mark.parametrize("seconde", ["refuse_range", "ignore_if_range", "416"])
def test_le_contenu_a_change_entre_deux_essais(chercher, seconde):
    def repondre(d):
        plage = d.headers.get("Range")
        if d.numero == 1:
            d.envoyer(200, BON[:100], longueur=len(BON), ETag='"v1"')
        elif plage and seconde == "ignore_if_range":  # continues, but another version
            suite = f"bytes 100-{len(AUTRE) - 1}/{len(AUTRE)}"
            d.envoyer(206, AUTRE[100:], ETag='"v2"', Content_Range=suite)
        elif plage and seconde == "416":
            d.envoyer(416)
        else:
            d.envoyer(200, AUTRE, ETag='"v2"')

    with serveur(repondre) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert chercher.place.read_bytes() == AUTRE


def test_sans_validateur_on_ne_reprend_pas(chercher):
    with serveur(
        lambda d: d.envoyer(200, BON[:100], longueur=len(BON)) if d.numero == 1 else d.envoyer(200, BON)
    ) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert "Range" not in s.demandes[1][1]


def test_une_panne_passagere_attend_de_plus_en_plus(chercher):
    attentes = []
    with serveur(
        lambda d: d.envoyer(503 if d.numero == 2 else 500) if d.numero < 4 else d.envoyer(200, BON)
    ) as s:
        assert chercher(s.adresse, attentes=attentes).issue == TELECHARGE
    assert attentes == [1, 2, 4]


def test_le_serveur_dit_combien_attendre(chercher):
    attentes = []
    with serveur(lambda d: d.envoyer(429, Retry_After="7") if d.numero == 1 else d.envoyer(200, BON)) as s:
        chercher(s.adresse, attentes=attentes)
    assert attentes == [7]


def test_redirections_suivies(chercher):
    with serveur(
        lambda d: d.envoyer(302, Location="/bas") if d.path == "/haut" else d.envoyer(200, BON)
    ) as s:
        assert chercher(f"{s.adresse}/haut").issue == TELECHARGE


REFUS = {
    "boucle": (lambda d: d.envoyer(302, Location="/encore"), "d’adresse en adresse"),
    "vers un fichier": (lambda d: d.envoyer(302, Location="file:///etc/hostname"), "n’est pas une page"),
    "absent": (lambda d: d.envoyer(404, b"introuvable"), "erreur 404"),
    "interdit": (lambda d: d.envoyer(403), "erreur 403"),
    "toujours en panne": (lambda d: d.envoyer(500), "en panne (erreur 500). Essayé 4 fois."),
    "page à la place": (lambda d: d.envoyer(200, PAGE, Content_Type="text/csv"), "page de site"),
    "toujours tronqué": (lambda d: d.envoyer(200, BON[:90], longueur=len(BON)), "tronqué"),
    "longueur trop courte": (lambda d: d.envoyer(200, BON, longueur=len(BON) - 30), "exactement le début"),
    "vide": (lambda d: d.envoyer(200), "est vide"),
    "autre chose": (lambda d: d.envoyer(200, b"a;b\n1;2\n"), "non reconnu"),
    "autre source": (
        lambda d: d.envoyer(200, b"IRIS;DISP_TP6019;DISP_MED19\n212310101;24,6;18750\n"),
        "d’une autre source",
    ),
    "autre commune": (lambda d: d.envoyer(200, BON.replace(b"21231", b"01004")), "aucune ligne de"),
    "moins de lignes": (lambda d: d.envoyer(200, SANS_LA_DERNIERE), "2 au lieu de 3"),
    "304 sans question": (lambda d: d.envoyer(304), "erreur 304"),
    "trop gros": (lambda d: d.envoyer(200, BON, longueur=2 * 1024**3), "trop gros"),
}  # fmt: skip


@pytest.mark.parametrize("caprice", REFUS)
def test_un_mauvais_fichier_n_en_remplace_jamais_un_bon(chercher, caprice):
    repondre, phrase = REFUS[caprice]
    with serveur(lambda d: d.envoyer(200, BON)) as s:
        chercher(s.adresse)
    provenance = chercher.provenance.read_bytes()
    with serveur(repondre) as s:
        resultat = chercher(s.adresse)
    assert resultat.issue == REFUSE
    assert phrase in resultat.message
    assert resultat.message.endswith(
        "Le fichier déjà là est intact. Pour le prendre avec un navigateur : https://data.caf.fr/"
    )
    assert (chercher.place.read_bytes(), chercher.provenance.read_bytes()) == (BON, provenance)


def test_un_mauvais_fichier_n_est_pas_continue_la_fois_suivante(chercher):
    with serveur(lambda d: d.envoyer(200, PAGE, ETag='"page"')) as s:
        assert "Rien n’a été écrit." in chercher(s.adresse).message
    assert chercher.restes() == []
    assert not chercher.place.exists()


def test_un_serveur_qui_se_tait(chercher):
    with serveur(lambda d: se_taire(d, BON) if d.numero == 1 else d.envoyer(200, BON)) as s:
        assert chercher(s.adresse, lecture=0.5).issue == TELECHARGE


def test_un_serveur_absent(chercher):
    with serveur(lambda d: None) as s:
        adresse = s.adresse
    assert "ne répond pas" in chercher(adresse).message


def test_sans_reseau_on_n_insiste_qu_une_fois_et_on_reprend_patience_des_qu_un_serveur_repond(
    tmp_path, referentiel
):
    famille = next(f for f in sources.familles() if f.source_id == "caf_iris")
    with serveur(lambda d: d.envoyer(200, BON)) as absent:
        pass  # closed: nobody listens there any more
    with serveur(lambda d: d.envoyer(503) if d.numero < 3 else d.envoyer(200, BON)) as en_panne:
        adresses = [absent.adresse, absent.adresse, en_panne.adresse, absent.adresse]
        attentes = []
        resultats = list(
            telecharger(
                [
                    Demande(famille, Telechargement(adresse, f"data_CAF_{annee}_IRIS.csv", annee, "", None))
                    for annee, adresse in enumerate(adresses, start=2018)
                ],
                tmp_path,
                referentiel,
                le=JOUR,
                reglages=Reglages(attente=1, dormir=attentes.append),
            )
        )
    refuses = [r.message for r in resultats if r.issue == REFUSE]
    assert all("vérifiez que ce poste a accès à internet" in message for message in refuses)
    assert [message.partition("Essayé ")[2][0] for message in refuses] == ["4", "1", "4"]
    assert resultats[2].issue == TELECHARGE
    assert attentes == [1, 2, 4, 1, 2, 1, 2, 4]


def test_l_empreinte_declaree_decide(chercher):
    with serveur(lambda d: d.envoyer(200, BON)) as s:
        assert "empreinte différente" in chercher(s.adresse, sha256="0" * 64).message
        assert chercher(s.adresse, sha256=hashlib.sha256(BON).hexdigest()).issue == TELECHARGE


def test_les_variables_de_mandataire_sont_honorees(chercher, monkeypatch):
    with serveur(lambda d: d.envoyer(200, BON)) as mandataire:
        monkeypatch.setenv("http_proxy", mandataire.adresse)
        assert chercher("http://donnees.invalid/caf.csv").issue == TELECHARGE
    assert mandataire.demandes[0][0] == "http://donnees.invalid/caf.csv"


def test_deux_a_la_fois_ne_se_melent_pas(chercher):
    issues = []
    with serveur(lambda d: d.envoyer_plage(BON, '"v1"')) as s:
        fils = [threading.Thread(target=lambda: issues.append(chercher(s.adresse).issue)) for _ in range(4)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
    assert sorted(set(issues)) == [INCHANGE, TELECHARGE]
    assert chercher.place.read_bytes() == BON


def test_ce_qui_est_declare_se_tient():
    for demande in demandes():
        declaration = demande.declaration
        assert declaration.adresse.startswith("https://")
        assert declaration.page.startswith("https://")
        assert Path(declaration.fichier).name == declaration.fichier
        assert declaration.verifiee is None or isinstance(declaration.verifiee, dt.date)
    assert {d.famille.source_id for d in demandes(["melodi"])} == {"melodi"}
    with pytest.raises(KeyError):
        demandes(["inconnue"])


def test_bilan(chercher):
    with serveur(lambda d: d.envoyer(404)) as s:
        resultats = [chercher(s.adresse)]
    assert bilan(resultats) == "aucun fichier téléchargé, aucun fichier inchangé, 1 fichier non téléchargé."


@pytest.mark.parametrize(
    ("arguments", "code", "mot"),
    [(["--liste"], 0, "adresse à vérifier"), (["inconnue"], 2, "aucune adresse déclarée")],
)
def test_commande(arguments, code, mot):
    fini = subprocess.run(
        [sys.executable, "-m", "etl", "telecharger", *arguments], cwd=RACINE, capture_output=True, text=True
    )
    assert fini.returncode == code
    assert mot in fini.stdout + fini.stderr


@pytest.mark.parametrize(("codes", "sortie"), [((200, 200), 0), ((200, 404), 1), ((404, 404), 2)])
def test_code_de_sortie(tmp_path, monkeypatch, codes, sortie):
    famille = next(f for f in sources.familles() if f.source_id == "caf_iris")
    with serveur(lambda d: d.envoyer(int(d.path[1:4]), BON.replace(b"1581", d.path[4:].encode()))) as s:
        a_faire = [
            Demande(
                famille,
                Telechargement(f"{s.adresse}/{code}{1581 + n}", f"caf_{2019 + n}.csv", 2019 + n, "https://"),
            )
            for n, code in enumerate(codes)
        ]
        monkeypatch.setattr("etl.telechargement.collecte.demandes", lambda choisies=(): a_faire)
        fini = CliRunner().invoke(application, ["telecharger", "--vers", str(tmp_path)])
    assert fini.exit_code == sortie, fini.output
    assert len(list(tmp_path.glob("caf_iris/caf_*.csv"))) == codes.count(200)
