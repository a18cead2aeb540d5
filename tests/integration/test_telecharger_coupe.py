"""A file cut on its way: asked again until it is whole, or refused; what is there never changes for less."""

import gzip

import pytest
import yaml
from typer.testing import CliRunner

from etl.__main__ import application
from etl.telechargement import Reglages
from etl.telechargement.collecte import INCHANGE, REFUSE, TELECHARGE, bilan
from tests.exemples.chercheur import ENTIER, REVU, Chercheur
from tests.exemples.serveur_capricieux import serveur

pytestmark = pytest.mark.usefixtures("sans_mandataire")
LIGNE = ENTIER.index(b"01001100")  # the start of a line, in the middle
SERIE = "annee;numcom;nomcom;txcouv_eaje_com;txcouv_com\n" + "".join(
    f"{annee};{commune};Commune {commune};{commune % 40}.{annee % 10};{commune % 60}.5\n"
    for annee in range(2015, 2023)
    for commune in range(21200, 21260)
)
ANNONCE = "octets annoncés"
DEBUT = "exactement le début de celui qui est là"


COUPES = {
    "compressé, coupé": (lambda d: d.envoyer_compresse(ENTIER, garde=3 / 8), ANNONCE),
    "compressé, coupé sous une longueur juste": (
        lambda d: d.envoyer_compresse(REVU, garde=3 / 8, longueur=len(gzip.compress(REVU)) * 3 // 8),
        "n’a pas sa fin",
    ),
    "compressé, la longueur du contenu annoncée": (
        lambda d: d.envoyer_compresse(ENTIER, longueur=len(ENTIER)),
        ANNONCE,
    ),
    "compressé, somme de contrôle abîmée": (
        lambda d: d.envoyer(200, gzip.compress(REVU)[:-8] + b"\0" * 8, Content_Encoding="gzip"),
        "n’a pas sa fin",
    ),
    "compressé, suivi d’autre chose": (
        lambda d: d.envoyer_compresse(REVU, suite=b"<html>Erreur</html>"),
        "n’a pas sa fin",
    ),
    "dit compressé et ne l’est pas": (
        lambda d: d.envoyer(200, REVU, Content_Encoding="gzip"),
        "n’a pas sa fin",
    ),
    "compressé d’une façon inconnue": (
        lambda d: d.envoyer(200, REVU, Content_Encoding="br"),
        "qui ne lui est pas demandée (br)",
    ),
    "compressé deux fois": (
        lambda d: d.envoyer_compresse(REVU, codage="gzip, gzip"),
        "qui ne lui est pas demandée (gzip, gzip)",
    ),
    "plages sans preuve de version": (lambda d: d.envoyer_par_plages(REVU, 1000), ANNONCE),
    "une plage non demandée, sans preuve": (
        lambda d: d.envoyer(206, REVU[:5000], Content_Range=f"bytes 0-4999/{len(REVU)}"),
        ANNONCE,
    ),
    "morceaux sans le dernier": (lambda d: d.envoyer_en_morceaux(REVU[:LIGNE], finir=False), "et pas la fin"),
    "deux longueurs": (lambda d: d.envoyer(200, REVU, Content_length="12"), "mal formée"),
    "sans longueur, coupé dans une ligne": (
        lambda d: d.envoyer_sans_longueur(REVU[: LIGNE + 30]),
        "n’a pas annoncé la taille",
    ),
}


@pytest.mark.parametrize("caprice", COUPES)
@pytest.mark.parametrize("deja_la", [True, False], ids=["un bon fichier est là", "premier"])
def test_un_fichier_coupe_n_est_pas_pris(chercher, caprice, deja_la):
    repondre, phrase = COUPES[caprice]
    if deja_la:
        with serveur(lambda d: d.envoyer(200, ENTIER)) as s:
            chercher(s.adresse)
        provenance = chercher.provenance.read_bytes()
    elif caprice == "sans longueur, coupé dans une ligne":
        phrase = "moins de cellules que les autres"
    with serveur(repondre) as s:
        resultat = chercher(s.adresse)
    assert resultat.issue == REFUSE
    assert phrase in resultat.message
    assert "https://data.caf.fr/" in resultat.message
    if deja_la:
        assert "Le fichier déjà là est intact." in resultat.message
        assert (chercher.place.read_bytes(), chercher.provenance.read_bytes()) == (ENTIER, provenance)
    else:
        assert "Rien n’a été écrit." in resultat.message
        assert not chercher.place.exists()


# nothing tells these from a whole file but the one that is there
COUPES_SANS_TRACE = {
    "sans longueur, début du même": (lambda d: d.envoyer_sans_longueur(ENTIER[:LIGNE]), DEBUT),
    "longueur fausse, début du même": (lambda d: d.envoyer(200, ENTIER, longueur=LIGNE), DEBUT),
    "morceaux, début du même": (lambda d: d.envoyer_en_morceaux(ENTIER[:LIGNE]), DEBUT),
    "sans longueur, début d’un autre": (lambda d: d.envoyer_sans_longueur(REVU[:LIGNE]), "plus petit que"),
    "un début, puis une page d’erreur": (
        lambda d: d.envoyer(200, ENTIER[: LIGNE + 30] + b"<!DOCTYPE html><p>Erreur 500</p>\n"),
        "se termine par une page de site",
    ),
    "un début, puis un message d’erreur": (
        lambda d: d.envoyer(200, ENTIER[:LIGNE] + b'{"error": "timeout"}\n'),
        "moins de cellules que les autres",
    ),
}


@pytest.mark.parametrize("caprice", COUPES_SANS_TRACE)
def test_ce_que_le_serveur_ne_dit_pas_est_compare(chercher, caprice):
    repondre, phrase = COUPES_SANS_TRACE[caprice]
    chercher.deposer(ENTIER)
    with serveur(repondre) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (REFUSE, ENTIER)
    assert phrase in resultat.message


ENTIERS = {
    "compressé": lambda d: d.envoyer_compresse(ENTIER),
    "compressé, sous un autre nom": lambda d: d.envoyer_compresse(ENTIER, codage="x-gzip"),
    "un codage qui n’en est pas un": lambda d: d.envoyer(200, ENTIER, Content_Encoding="utf-8"),
    "morceaux": lambda d: d.envoyer_en_morceaux(ENTIER),
    "plages, prouvées par une étiquette": lambda d: d.envoyer_par_plages(ENTIER, 999, ETag='"v1"'),
    "plages, prouvées par une date": lambda d: d.envoyer_par_plages(
        ENTIER, 5000, Last_Modified="Mon, 01 Jun 2026 10:00:00 GMT"
    ),
    "plages sans le total": lambda d: d.envoyer_par_plages(ENTIER, 5000, total="*", ETag='"v1"'),
    "plage sans l’avoir demandée": lambda d: (
        d.envoyer(206, ENTIER[:50], ETag='"v1"', Content_Range=f"bytes 0-49/{len(ENTIER)}")
        if d.numero == 1
        else d.envoyer_plage(ENTIER, '"v1"')
    ),
    "plage compressée, non demandée": lambda d: d.envoyer(
        206,
        gzip.compress(ENTIER, mtime=0),
        Content_Encoding="gzip",
        Content_Range=f"bytes 0-{len(gzip.compress(ENTIER)) - 1}/{len(gzip.compress(ENTIER))}",
    ),
    "dit une page, et n’en est pas une": lambda d: d.envoyer(200, ENTIER, Content_Type="text/html"),
    "coupé, puis entier": lambda d: (
        d.envoyer_compresse(ENTIER, garde=0.5) if d.numero == 1 else d.envoyer_compresse(ENTIER)
    ),
}


@pytest.mark.parametrize("facon", ENTIERS)
def test_un_fichier_entier_arrive_quelle_que_soit_la_facon(chercher, facon):
    with serveur(ENTIERS[facon]) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (TELECHARGE, ENTIER)
    assert "Taille non annoncée" not in resultat.message
    assert chercher.restes() == []


def test_une_taille_non_annoncee_est_dite(chercher):
    with serveur(lambda d: d.envoyer_sans_longueur(ENTIER)) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (TELECHARGE, ENTIER)
    assert (
        "Taille non annoncée par le serveur : rien ne prouve que le fichier est entier." in resultat.message
    )
    assert "1 fichier téléchargé (dont 1 à vérifier : voir plus haut)" in bilan([resultat])
    assert "rien ne prouve que le fichier est entier" in _a_verifier(chercher)
    with serveur(lambda d: d.envoyer_sans_longueur(ENTIER)) as s:
        encore = chercher(s.adresse)
    assert (encore.issue, encore.a_verifier) == (INCHANGE, False)
    assert "entier" not in _a_verifier(chercher)  # twice the same bytes: no cut falls twice at one place


def test_un_millesime_qui_a_un_doute_est_pris_et_le_dit(tmp_path, referentiel):
    chercher = Chercheur(tmp_path, referentiel, "caf_taux_couverture", "txcouv_pe_com.csv", 2022)
    chercher.deposer(SERIE.encode())
    suivante = SERIE + "".join(f"2023;{c};Commune {c};{c % 40}.5;n.c.\n" for c in range(21200, 21260))
    with serveur(lambda d: d.envoyer(200, suivante.encode())) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, resultat.a_verifier) == (TELECHARGE, True)
    assert "1 point à confirmer, dont : « n.c. » n’est pas un nombre" in resultat.message
    assert "« n.c. »" in _a_verifier(chercher)


@pytest.mark.parametrize(
    ("code", "entetes", "phrase"),
    [
        (404, {}, "Le fichier n’est plus à cette adresse (erreur 404) : copiez la nouvelle depuis sa page"),
        (403, {}, "Le serveur refuse ce fichier (erreur 403)."),
        (
            429,
            {"Retry_After": "3600"},
            "demande d’attendre (erreur 429). Essayé 4 fois. Relancez dans 60 min",
        ),
        (503, {}, "Le serveur est en panne (erreur 503). Essayé 4 fois. Relancez plus tard."),
    ],
)
def test_chaque_refus_dit_quoi_faire(chercher, code, entetes, phrase):
    chercher.deposer(ENTIER)
    with serveur(lambda d: d.envoyer(code, b"non", **entetes)) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (REFUSE, ENTIER)
    assert phrase in resultat.message
    assert resultat.message.endswith("Pour le prendre avec un navigateur : https://data.caf.fr/")


@pytest.mark.parametrize("avant", ["", "<!-- portail -->\n", '<?xml version="1.0"?>\n'])
def test_un_portail_n_est_pas_un_fichier(chercher, avant):
    page = f"{avant}<!DOCTYPE html><html><body>Identifiez-vous</body></html>".encode()
    with serveur(lambda d: d.envoyer(200, page)) as s:
        resultat = chercher(s.adresse)
    assert resultat.issue == REFUSE
    assert "votre réseau demande peut-être de s’identifier" in resultat.message


def test_des_certificats_introuvables_se_disent_en_francais(chercher, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nulle/part.pem")
    resultat = chercher("https://127.0.0.1:9/f")
    assert resultat.issue == REFUSE
    assert resultat.message.startswith("Les certificats que nomme la variable REQUESTS_CA_BUNDLE")


def _a_verifier(chercher):
    return yaml.safe_load(chercher.provenance.read_text(encoding="utf-8"))["fichiers"][0]["a_verifier"]


def test_un_fichier_sans_fin_de_ligne_depuis_toujours_passe(chercher):
    chercher.deposer(ENTIER.rstrip())
    with serveur(lambda d: d.envoyer_sans_longueur(REVU.rstrip())) as s:
        assert chercher(s.adresse).issue == TELECHARGE


def test_une_note_sous_le_tableau_n_est_pas_une_coupure(chercher):
    with serveur(lambda d: d.envoyer(200, ENTIER + b"Source : Cnaf\r\n")) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    with serveur(lambda d: d.envoyer_sans_longueur(REVU + b"Source : Cnaf\r\n")) as s:
        assert chercher(s.adresse).issue == TELECHARGE


def test_une_enveloppe_coupee_n_est_pas_continuee(chercher):
    with serveur(lambda d: d.envoyer_compresse(ENTIER, garde=0.5, ETag='"v1"')) as s:
        assert chercher(s.adresse).issue == REFUSE
    assert all("Range" not in entetes for _, entetes in s.demandes)
    with serveur(lambda d: d.envoyer_plage(ENTIER, '"v1"')) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert chercher.place.read_bytes() == ENTIER


def test_une_bombe_sous_enveloppe_est_arretee(chercher):
    with serveur(lambda d: d.envoyer_compresse(b"a;b\n" * 100_000)) as s:
        resultat = chercher(s.adresse, taille_maximale=50_000)
    assert (resultat.issue, chercher.restes()) == (REFUSE, [])
    assert "trop gros une fois décompressé" in resultat.message


@pytest.mark.parametrize(
    ("repondre", "phrase"),
    [
        (lambda d, corps: d.envoyer_compresse(corps, garde=3 / 8, ETag='"v2"'), "octets annoncés"),
        (lambda d, corps: d.envoyer_sans_longueur(corps[: corps.index(b"\n2019") + 1]), "est de 2018 et non"),
        (lambda d, corps: d.envoyer_par_plages(corps, len(corps) * 3 // 8, ETag='"v2"'), None),
    ],
    ids=["compressé et coupé", "sans longueur, quatre années", "plages plafonnées"],
)
def test_la_commande_garde_huit_annees(tmp_path, referentiel, monkeypatch, repondre, phrase):
    corps = SERIE.encode()
    chercher = Chercheur(tmp_path, referentiel, "caf_taux_couverture", "txcouv_pe_com.csv", 2022)
    chercher.deposer(corps)
    with serveur(lambda d: repondre(d, corps)) as s:
        a_faire = [chercher.demande(s.adresse)]
        monkeypatch.setattr("etl.telechargement.collecte.demandes", lambda choisies=(): a_faire)
        monkeypatch.setattr("etl.telechargement.collecte.Reglages", lambda: Reglages(attente=0))
        fini = CliRunner().invoke(application, ["telecharger", "--vers", str(tmp_path)])
    assert chercher.place.read_bytes() == corps
    assert fini.exit_code == (2 if phrase else 0), fini.output
    assert (phrase or "Téléchargé (0,1 Mo).") in fini.output


def test_un_serveur_qui_dit_inchange_ne_garde_pas_un_fichier_abime(chercher):
    with serveur(lambda d: d.envoyer_plage(ENTIER, '"v1"')) as s:
        chercher(s.adresse)
        assert chercher(s.adresse).issue == INCHANGE
        chercher.deposer(ENTIER.replace(b"1581", b"15X1"))
        assert chercher(s.adresse).issue == TELECHARGE
    assert chercher.place.read_bytes() == ENTIER
