"""A Word form as a person sees it: notes, struck, hidden and deleted words, merged cells."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml

from etl.classeurs import ClasseurRefuse
from etl.classeurs.passages import TexteBarre
from etl.classeurs_libres.word.document import ouvrir_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(texte: str, forme: str = "") -> str:
    return f'<w:r><w:rPr>{forme}</w:rPr><w:t xml:space="preserve">{texte}</w:t></w:r>'


HAUT, BARRE, DOUBLE, CACHE = (
    '<w:vertAlign w:val="superscript"/>',
    "<w:strike/>",
    "<w:dstrike/>",
    "<w:vanish/>",
)


def lire(tmp_path, corps: str, **parties: str):
    """The only row of a document whose body is `corps`; `parties`: other parts of the package, by name."""
    chemin = tmp_path / "fiche.docx"
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{corps}</w:body></w:document>",
        )
        for nom, contenu in parties.items():
            archive.writestr(f"word/{nom}.xml", contenu)
    return ouvrir_word(chemin).feuilles[0]


def lu(tmp_path, *morceaux: str, **parties: str) -> str:
    return lire(tmp_path, f"<w:p>{''.join(morceaux)}</w:p>", **parties).rangees[0][0]


@pytest.mark.parametrize(
    ("morceaux", "attendu"),
    [
        ((run("412"), run("1", HAUT)), "412¹"),
        ((run("412"), run("(1)", HAUT)), "412¹"),
        ((run("le 1"), run("er", HAUT), run(" mars")), "le 1er mars"),
        ((run("4"), run("12")), "412"),
        ((run("250 m"), run("2", HAUT)), "250 m²"),
        ((run("30", '<w:strike w:val="0"/>'),), "30"),
        (("<w:sdt><w:sdtContent>", run("433"), "</w:sdtContent></w:sdt>"), "433"),
        # the same text box, drawn twice for two generations of Word
        (
            (
                "<w:r><mc:AlternateContent><mc:Choice>",
                run("12"),
                "</mc:Choice><mc:Fallback>",
                run("12"),
                "</mc:Fallback></mc:AlternateContent></w:r>",
            ),
            "12",
        ),
    ],
)
def test_un_appel_de_note_n_allonge_pas_le_nombre(tmp_path, morceaux, attendu):
    texte = lu(tmp_path, *morceaux)
    assert (texte, type(texte)) == (attendu, str)


@pytest.mark.parametrize(("forme", "mot"), [(BARRE, "barré"), (DOUBLE, "barré"), (CACHE, "masqué")])
def test_ce_qui_est_barre_ou_masque_ne_compte_pas(tmp_path, forme, mot):
    texte = lu(tmp_path, run("30"), run("7", forme))
    assert texte == "30"
    assert isinstance(texte, TexteBarre)
    assert texte.montre == f"30 ({mot} : 7)"


def test_ce_que_le_suivi_des_modifications_supprime_ne_compte_pas(tmp_path):
    supprime = '<w:del w:id="1"><w:r><w:delText>1234</w:delText></w:r></w:del>'
    deplace = f'<w:moveFrom w:id="3">{run("99")}</w:moveFrom>'
    ajoute = f'<w:ins w:id="2">{run("1250")}</w:ins>'
    texte = lu(tmp_path, supprime, deplace, ajoute)
    assert texte == "1250"
    assert texte.montre == "1250 (supprimé : 123499)"


def test_ce_qui_est_ecarte_en_entier_dit_pourquoi(tmp_path):
    texte = lu(tmp_path, run("30", BARRE), run("7", CACHE))
    assert (texte.entier, texte.montre) == (True, "(barré ou masqué : 307)")


INVITE = "<w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr>"


@pytest.mark.parametrize(("proprietes", "attendu"), [(INVITE, ""), ("<w:sdtPr><w:text/></w:sdtPr>", "433")])
def test_l_invite_d_un_champ_que_personne_n_a_rempli_n_est_pas_une_reponse(tmp_path, proprietes, attendu):
    """« Cliquez ou appuyez ici pour entrer du texte » was loaded as the answer, or refused as a number."""
    champ = f"<w:sdt>{proprietes}<w:sdtContent>{{}}</w:sdtContent></w:sdt>"
    assert lu(tmp_path, champ.format(run("433"))) == attendu  # within a paragraph
    cellule = f"<w:tc><w:p>{run('433')}</w:p></w:tc>"
    autres = "<w:tc><w:p/></w:tc>", f"<w:tc><w:p>{run('7')}</w:p></w:tc>"
    ligne = f"<w:tbl><w:tr>{autres[0]}{champ.format(cellule)}{autres[1]}</w:tr></w:tbl>"
    assert lire(tmp_path, ligne).rangees[1] == [
        "",
        attendu,
        "7",
    ]  # around a cell: the next one stays in place


def test_une_note_de_bas_de_page_devient_une_precision(tmp_path):
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">'
        f"<w:p>{run('connues au 31 (décembre)')}</w:p></w:footnote></w:footnotes>"
    )
    appel = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert lu(tmp_path, run("412"), appel, footnotes=notes) == "412 [connues au 31 décembre]"
    assert lu(tmp_path, run("412"), appel) == "412"


def test_un_style_de_caractere_leve_ou_barre_comme_une_mise_en_forme(tmp_path):
    styles = (
        f'<w:styles xmlns:w="{W}">'
        f'<w:style w:type="character" w:styleId="Appel"><w:rPr>{HAUT}</w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="Raye"><w:rPr>{BARRE}</w:rPr></w:style></w:styles>'
    )
    appel, raye = ('<w:rStyle w:val="Appel"/>', '<w:rStyle w:val="Raye"/>')
    assert lu(tmp_path, run("412"), run("1", appel), styles=styles) == "412¹"
    assert lu(tmp_path, run("30"), run("7", raye), styles=styles) == "30"
    assert lu(tmp_path, run("30"), run("7", f'{raye}<w:strike w:val="false"/>'), styles=styles) == "307"


def cellule(texte: str, proprietes: str = "") -> str:
    return f"<w:tc><w:tcPr>{proprietes}</w:tcPr><w:p>{run(texte)}</w:p></w:tc>"


def test_les_cellules_fusionnees_sont_des_plages(tmp_path):
    debut, suite, large = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    lignes = [
        [cellule("titre", large), cellule("fin")],
        [cellule("a"), cellule("11", debut), cellule("x")],
        [cellule("b"), cellule("caché", suite), cellule("y")],
        [cellule("c"), cellule("12", debut), cellule("z")],
        [cellule("bloc", large + debut), cellule("t")],
        [cellule("", large + suite), cellule("u")],
    ]
    corps = "".join(f"<w:tr>{''.join(ligne)}</w:tr>" for ligne in lignes)
    feuille = lire(tmp_path, f"<w:tbl>{corps}</w:tbl>")
    assert feuille.rangees[1:-1] == [
        ["titre", "", "fin"],
        ["a", "11", "x"],
        ["b", "", "y"],
        ["c", "12", "z"],
        ["bloc", "", "t"],
        ["", "", "u"],
    ]
    assert sorted(feuille.fusions) == [(1, 0, 1, 1), (2, 1, 3, 1), (5, 0, 6, 1)]


def test_une_ligne_decalee_garde_ses_colonnes(tmp_path):
    corps = (
        f"<w:tr>{cellule('a')}{cellule('b')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cellule("c")}</w:tr>'
    )
    assert lire(tmp_path, f"<w:tbl>{corps}</w:tbl>").rangees[1:-1] == [["a", "b"], ["", "c"]]


def test_un_vrai_document_garde_ses_fusions(tmp_path):
    document = Document()
    tableau = document.add_table(3, 3)
    tableau.cell(0, 1).merge(tableau.cell(1, 2)).text = "31"
    document.tables[0]._tbl.addprevious(parse_xml(f'<w:p xmlns:w="{W}"/>'))
    sortie = io.BytesIO()
    document.save(sortie)
    (tmp_path / "vrai.docx").write_bytes(sortie.getvalue())
    [feuille] = ouvrir_word(tmp_path / "vrai.docx").feuilles
    rang = next(r for r, rangee in enumerate(feuille.rangees) if "31" in rangee)
    assert feuille.fusions == ((rang, 1, rang + 1, 2),)


def test_des_cellules_demesurees_sont_refusees_sans_etre_deroulees(tmp_path):
    large = '<w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc>'
    with pytest.raises(ClasseurRefuse) as refus:
        lire(tmp_path, f"<w:tbl><w:tr>{large * 2000}</w:tr></w:tbl>")
    assert refus.value.regle == "feuille_demesuree"
