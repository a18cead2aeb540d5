"""Comments and text boxes of a .xlsx: found by the links of their sheet, whatever its folder."""

import pytest

from etl.classeurs.commentaires import commentaires_xlsx

FEUILLE = "xl/worksheets/sheet2.xml"
LIENS = "xl/worksheets/_rels/sheet2.xml.rels"
_ECMA = "http://schemas.openxmlformats.org"
_DESSIN = f"{_ECMA}/drawingml/2006"
_TYPES = f"{_ECMA}/officeDocument/2006/relationships"


def _liens(genre, cible):
    return f'<Relationships><Relationship Type="{_TYPES}/{genre}" Target="{cible}"/></Relationships>'.encode()


def _commentaires(*adresses):
    siens = "".join(f'<comment ref="{a}" authorId="{n}"/>' for n, a in enumerate(adresses))
    return (
        f'<comments xmlns="{_ECMA}/spreadsheetml/2006/main"><authors><author>Anne</author></authors>'
        f"<commentList>{siens}</commentList></comments>"
    ).encode()


def _zone(texte):
    return (
        f'<xdr:wsDr xmlns:xdr="{_DESSIN}/spreadsheetDrawing" xmlns:a="{_DESSIN}/main">'
        "<xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:row>19</xdr:row></xdr:from>"
        f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{texte}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    ).encode()


@pytest.mark.parametrize("cible", ["../comments1.xml", "/xl/comments1.xml"])
def test_les_commentaires_ont_une_place_et_un_auteur(cible):
    parties = {LIENS: _liens("comments", cible), "xl/comments1.xml": _commentaires("F20", "AB3")}
    assert commentaires_xlsx(parties, FEUILLE) == {(19, 5): "Anne", (2, 27): ""}
    assert commentaires_xlsx(parties, "xl/worksheets/sheet1.xml") == {}


@pytest.mark.parametrize(("texte", "places"), [("En réalité 99", {(19, 5): ""}), (" ", {})])
def test_une_zone_de_texte_est_a_son_coin(texte, places):
    parties = {LIENS: _liens("drawing", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml": _zone(texte)}
    assert commentaires_xlsx(parties, FEUILLE) == places


@pytest.mark.parametrize(
    "contenu", [b"", b"<comments", _commentaires("F", "20", "", "F20F"), _zone("x").replace(b">19<", b">x<")]
)
def test_une_partie_abimee_n_empeche_pas_de_lire_la_feuille(contenu):
    for genre in ("comments", "drawing"):
        assert commentaires_xlsx({LIENS: _liens(genre, "../p.xml"), "xl/p.xml": contenu}, FEUILLE) == {}
    assert commentaires_xlsx({LIENS: _liens("comments", "../../../absente.xml")}, FEUILLE) == {}
