"""What is dropped: names made safe, archives and messages opened, nothing left out in silence."""

import datetime as dt
import io
import stat
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.inventaire import parcourir
from etl.reception import lots
from etl.reception.deballage import ENTREES_MAXIMUM, deballer
from etl.reception.noms import assainir


def archive(*entrees, **options):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as contenu:
        for nom, octets in entrees:
            contenu.writestr(nom, octets)
    return sortie.getvalue()


def message(*pieces, date="Sun, 02 Mar 2025 09:30:00 +0100", recu=None):
    courriel = EmailMessage()
    courriel["From"] = "Camille Exemple <camille@exemple.fr>"
    courriel["To"] = "ctg@exemple.fr"
    courriel["Date"] = date
    courriel["Subject"] = "Notre rapport"
    if recu:
        courriel["Received"] = f"from a by b; {recu}"
    courriel.set_content("Bonjour, voici notre rapport. Camille")
    for nom, octets, genre in pieces:
        principal, sous_genre = genre.split("/")
        if principal == "image":
            courriel.add_attachment(
                octets, principal, sous_genre, filename=nom, disposition="inline", cid="<i>"
            )
        else:
            courriel.add_attachment(octets, maintype=principal, subtype=sous_genre, filename=nom)
    return courriel.as_bytes()


@pytest.mark.parametrize(
    ("nom", "propre"),
    [
        ("rapport.xlsx", "rapport.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\rapport.xlsx", "rapport.xlsx"),
        ("rapport\n2025\x00.xlsx", "rapport_2025_.xlsx"),
        (".cache.xlsx", "cache.xlsx"),
        ("~$rapport.xlsx", "rapport.xlsx"),
        ("receptions.csv", "fichier_receptions.csv"),
        ("CON.xlsx", "fichier_CON.xlsx"),
        ("", "fichier_"),
        ("notes.md", "notes.md.txt"),
        ("rapport\u202exslx.exe", "rapport_xslx.exe"),
    ],
)
def test_un_nom_ne_peut_ni_sortir_ni_se_cacher(nom, propre):
    assert assainir(nom) == propre


def test_deux_memes_noms_sont_numerotes_quelle_que_soit_la_casse():
    assert assainir("Rapport.xlsx", {"rapport.xlsx", "Rapport (2).xlsx"}) == "Rapport (3).xlsx"


@given(st.text(max_size=300), st.sets(st.text(max_size=20), max_size=3))
def test_tout_nom_devient_un_fichier_que_l_inventaire_voit(nom, pris):
    propre = assainir(nom, pris)
    assert 0 < len(propre) <= 130 and not set('/\\\0<>:"|?*') & set(propre)
    assert not propre.startswith((".", "~$")) and propre.casefold() not in {p.casefold() for p in pris}
    assert not propre.casefold().endswith((".md", ".yml", ".yaml")) and propre != "receptions.csv"


def test_une_archive_donne_ses_fichiers_et_dit_ce_qu_elle_laisse():
    dedans = archive(("b.xlsx", b"B"))
    resultat = deballer(
        "envoi.zip",
        archive(("d/a.csv", b"A"), ("__MACOSX/._a", b"x"), ("d/~$a.xlsx", b"\x05zoe"), ("autre.zip", dedans)),
    )
    assert [(e.nom, e.contenu, e.origine) for e in resultat.extraits] == [
        ("d/a.csv", b"A", "envoi.zip"),
        ("b.xlsx", b"B", "envoi.zip"),
    ]
    assert [nom for nom, _ in resultat.remarques] == ["__MACOSX/._a", "d/~$a.xlsx"]


def test_un_classeur_est_un_zip_qui_n_est_pas_une_archive():
    classeur = archive(("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>"))
    for nom, contenu in (("sans extension", classeur), ("abîmé.xlsx", archive(("a.txt", b"A")))):
        (extrait,) = deballer(nom, contenu).extraits
        assert (extrait.nom, extrait.contenu) == (nom, contenu)


def test_l_annee_que_seul_un_dossier_dit_n_est_pas_perdue():
    noms = ("caf/2020/iris.csv", "caf/2021/iris.csv", "2022/iris_2019.csv", "rapports/iris.csv")
    extraits = deballer("envoi.zip", archive(*((nom, nom.encode()) for nom in noms))).extraits
    assert [assainir(e.nom) for e in extraits] == [
        "2020_iris.csv",
        "2021_iris.csv",
        "iris_2019.csv",
        "iris.csv",
    ]


def test_un_dossier_d_envoi_ne_date_pas_les_donnees():
    noms = ("envoi 2 de 2026/iris.csv", "recu 12-03-2026/caf.csv", "2020/caf recu le 12-03-2026.csv")
    extraits = deballer("envoi.zip", archive(*((nom, nom.encode()) for nom in noms))).extraits
    assert [assainir(e.nom) for e in extraits] == [
        "iris.csv",
        "caf.csv",
        "2020_caf recu le 12-03-2026.csv",
    ]


@pytest.mark.parametrize("dictionnaire", ["meta_base-ic-2021.CSV", "DS_RP_metadata.csv"])
def test_l_archive_d_un_producteur_reste_entiere_avec_son_dictionnaire(dictionnaire):
    livraison = archive(("base-ic-2021.CSV", b"IRIS;POP\n"), (dictionnaire, b"COD;LIB\n"))
    (extrait,) = deballer("base-ic.zip", livraison).extraits
    assert extrait.contenu == livraison


def chiffree():
    octets = bytearray(archive(("a.csv", b"A")))
    for signature, decalage in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        octets[octets.index(signature) + decalage] |= 1
    return bytes(octets)


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (archive(("../../a.csv", b"A")), "mène hors de son dossier"),
        (archive(("/a.csv", b"A")), "mène hors de son dossier"),
        (archive(("C:/a.csv", b"A")), "mène hors de son dossier"),
        (archive(("a.csv", b"0" * 30_000_000)), "se déplierait"),
        (archive(*((f"{n}.csv", b"A") for n in range(ENTREES_MAXIMUM + 1))), "plus que les 300"),
        (chiffree(), "mot de passe"),
        (
            archive(("1.zip", archive(("2.zip", archive(("3.zip", archive(("a", b"A")))))))),
            "n’est pas ouverte",
        ),
        (archive(), "aucun fichier"),
        (archive(("a.csv", bytes(range(256)) * 9))[:-30], "abîmée ou incomplète"),
    ],
    ids=["remonte", "absolu", "lecteur", "bombe", "trop", "chiffree", "poupees", "vide", "tronquee"],
)
def test_une_archive_hostile_est_refusee_d_une_phrase(contenu, dit):
    resultat = deballer("envoi.zip", contenu)
    refus = [extrait.refus for extrait in resultat.extraits]  # kept whole, with what its sender is told
    assert None not in refus
    assert any(dit in raison for raison in (*refus, *(raison for _, raison in resultat.remarques)))


def test_les_bombes_en_poupees_russes_comptent_ensemble():
    une = archive(("a.csv", bytes(range(256)) * 300_000))  # 77 MB each, under the ratio once nested
    resultat = deballer("envoi.zip", archive(*((f"{n}.zip", une) for n in range(4))))
    assert sum(len(e.contenu) for e in resultat.extraits) <= 200 * 2**20
    assert any("se déplierait" in e.refus for e in resultat.extraits if e.refus)


def test_un_message_donne_ses_pieces_et_sa_date_et_rien_de_son_expediteur(tmp_path):
    courriel = message(("rapport.xlsx", b"X", "application/octet-stream"), ("logo.png", b"P", "image/png"))
    resultat = deballer("message.eml", courriel)
    (extrait,) = resultat.extraits
    assert (extrait.nom, extrait.contenu) == ("rapport.xlsx", b"X")
    assert extrait.recu_le == dt.datetime.fromisoformat("2025-03-02T09:30:00+01:00").astimezone().replace(
        tzinfo=None
    )
    assert "signature" in resultat.remarques[0][1]
    lot_id = lots.deposer([("message.eml", courriel)], tmp_path)
    gardes = b"".join(chemin.read_bytes() for chemin in (tmp_path / lot_id).iterdir())
    assert not any(indice in gardes for indice in (b"amille", b"exemple.fr", b"Bonjour"))


@pytest.mark.parametrize(
    ("options", "attendue"),
    [
        ({"recu": "Mon, 03 Mar 2025 08:00:00 +0000"}, dt.date(2025, 3, 3)),
        ({"date": "n'importe quoi"}, None),
        ({"date": "Mon, 02 Mar 2099 09:30:00 +0100"}, None),
    ],
    ids=["tampon du serveur", "illisible", "à venir"],
)
def test_la_date_d_un_message(options, attendue):
    (extrait,) = deballer("m.eml", message(("a.csv", b"a", "text/csv"), **options)).extraits
    assert (extrait.recu_le and extrait.recu_le.date()) == attendue


def test_un_message_transfere_et_une_archive_jointe_sont_ouverts():
    joint = archive(("b.xlsx", b"B"))
    dehors = EmailMessage()
    dehors["Date"] = "Sun, 02 Mar 2025 09:30:00 +0100"
    dehors.set_content("Pour information")
    dehors.add_attachment(joint, maintype="application", subtype="zip", filename="z.zip")
    transfere = EmailMessage()
    transfere["MIME-Version"] = "1.0"
    transfere.set_content("ci-joint")
    transfere.add_attachment(b"C", maintype="text", subtype="csv", filename="c.csv")
    dehors.add_attachment(transfere)
    assert {e.nom for e in deballer("m.eml", dehors.as_bytes()).extraits} == {"b.xlsx", "c.csv"}


def transferts(nombre):
    """A message with an archive joined, forwarded so many times."""
    dernier = EmailMessage()
    dernier["MIME-Version"] = "1.0"
    dernier.set_content("ci-joint")
    dernier.add_attachment(archive(("b.xlsx", b"B")), maintype="application", subtype="zip", filename="z.zip")
    for _ in range(nombre - 1):
        dehors = EmailMessage()
        dehors.set_content("Pour information")
        dehors.add_attachment(dernier)
        dernier = dehors
    return dernier.as_bytes()


@pytest.mark.parametrize(
    ("nom", "contenu", "dit"),
    [
        ("vide.eml", message(), "aucun fichier joint"),
        (
            "m.msg",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
            ".eml",
        ),
        ("transferts.eml", transferts(4), "déposer ses pièces jointes"),
    ],
)
def test_un_message_dont_rien_ne_se_tire_dit_quoi_faire(nom, contenu, dit):
    resultat = deballer(nom, contenu)
    assert not resultat.extraits and any(dit in raison for _, raison in resultat.remarques)


def test_ce_qu_outlook_enferme_se_redemande_et_rien_n_en_est_garde():
    piece = ("winmail.dat", b"\x78\x9f\x3e\x22 le texte du message", "application/ms-tnef")
    (extrait,) = deballer("m.eml", message(piece)).extraits
    assert (extrait.nom, extrait.contenu) == ("winmail.dat", b"")
    assert "Renvoyez-les" in extrait.refus and extrait.recu_le


def test_un_message_transfere_deux_fois_donne_l_archive_qui_lui_est_jointe():
    assert [e.nom for e in deballer("m.eml", transferts(2)).extraits] == ["b.xlsx"]


@given(st.binary(max_size=400), st.sampled_from(["a.eml", "a.zip", "a.xlsx"]))
def test_n_importe_quels_octets_sont_gardes_ou_dits(octets, nom):
    for debut in (b"", b"PK\x03\x04", b"MIME-Version: 1.0\r\n"):
        resultat = deballer(nom, debut + octets)
        assert resultat.extraits or resultat.remarques


def test_un_depot_attend_entier_et_a_l_abri(tmp_path):
    lot_id = lots.deposer([("a.csv", b"A"), ("A.csv", b"AA"), ("lot.json", b"{}")], tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    assert lot.lot_id == lot_id
    assert {p.nom: p.chemin.read_bytes() for p in lot.pieces} == {
        "a.csv": b"A",
        "A (2).csv": b"AA",
        "fichier_lot.json": b"{}",
    }
    assert stat.S_IMODE(lot.dossier.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.chemin.stat().st_mode) for p in lot.pieces} == {0o600}


def test_deux_depots_de_la_meme_seconde_gardent_leur_ordre(tmp_path):
    deposes = [lots.deposer([(f"{rang}.csv", b"a")], tmp_path) for rang in range(8)]
    assert [lot.lot_id for lot in lots.en_attente(tmp_path)] == deposes[::-1]


def test_ce_qu_on_ecarte_est_garde_avec_sa_raison(tmp_path):
    lots.deposer([("a.csv", b"A"), ("b.csv", b"B")], tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    dossier = lots.ecarter(lot, lot.pieces[:1], "Envoyé par erreur", tmp_path)
    assert (dossier / "a.csv").read_bytes() == b"A"
    assert "Envoyé par erreur" in (dossier / "raison.json").read_text(encoding="utf-8")
    (reste,) = lots.en_attente(tmp_path)
    assert [p.nom for p in reste.pieces] == ["b.csv"]
    lots.ecarter(reste, reste.pieces, "Aussi", tmp_path)
    assert lots.en_attente(tmp_path) == [] and not list(parcourir(tmp_path / lot.lot_id))
