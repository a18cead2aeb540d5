"""The comments of one sheet of a .xlsx: a text in one part, the box that shows it in another (VML)."""

from lxml import etree

from ctg.exports.cellules import texte_sur
from etl.classeurs.commentaires import AUTEUR
from etl.marquage.cellules import ESPACE, balise, place
from etl.marquage.paquet import RELATIONS, Paquet

_TYPE_TEXTES = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_TYPE_DESSINS = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_V, _O, _X = (f"urn:schemas-microsoft-com:{nom}" for nom in ("vml", "office:office", "office:excel"))
_DESSIN_VIDE = f"""<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_BOITE = """<v:shape xmlns:v="{v}" xmlns:o="{o}" xmlns:x="{x}" id="_x0000_s{numero}" type="#_x0000_t202"
style="position:absolute;margin-left:59pt;margin-top:1pt;width:{largeur}px;height:{hauteur}px;visibility:hidden"
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>
<v:path o:connecttype="none"/><v:textbox><div style="text-align:left"/></v:textbox>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>
<x:Row>{ligne}</x:Row><x:Column>{colonne}</x:Column></x:ClientData></v:shape>"""
_LARGEUR, _HAUTEUR, _LETTRES_PAR_LIGNE, _INTERLIGNE = 320, 80, 48, 17  # pixels, but the letters
_PREMIER = 1025  # where spreadsheets start to number their boxes
# what stands after the drawing of the comments in a sheet
_SUIVANTS = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"}
    | {"extLst"}
)


class Commentaires:
    """The comments of the sheet held by the part `partie`; their parts are made when the first one comes."""

    def __init__(self, paquet: Paquet, partie: str) -> None:
        self._paquet, self._partie = paquet, partie
        self._textes = next(iter(paquet.relies(partie, "/comments").values()), None)
        fils = paquet.relies(partie, "/threadedComment").values()
        self._fils = {fil.get("ref") for nom in fils for fil in paquet.xml(nom)}

    def ecrire(self, adresse: str, texte: str) -> None:
        """Comment a cell, after what somebody else may have written there.

        A conversation of theirs is left as it is: the list says what we would have added.
        """
        if adresse in self._fils:
            return
        textes, dessins = self._parties()
        present = next((c for c in self._liste(textes) if c.get("ref") == adresse), None)
        if present is None:
            present = etree.SubElement(self._liste(textes), balise("comment"), ref=adresse)
            present.set("authorId", self._auteur(textes))
            etree.SubElement(present, balise("text"))
            self._encadrer(dessins, adresse, texte)
        elif present.find(balise("text")) is not None:
            texte = f"\n{texte}"
        passage = etree.SubElement(present.find(balise("text")), balise("r"))
        mots = etree.SubElement(passage, balise("t"))
        mots.text = texte_sur(texte)
        mots.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def retirer_les_notres(self) -> None:
        """Take away what a former copy said: who sent it back has answered."""
        if self._textes is None:
            return
        textes = self._paquet.xml(self._textes)
        notre = next((str(r) for r, a in enumerate(self._auteurs(textes)) if a.text == AUTEUR), None)
        notres = [c for c in self._liste(textes) if c.get("authorId") == notre]
        places = {place(commentaire.get("ref")) for commentaire in notres}
        for commentaire in notres:
            self._liste(textes).remove(commentaire)
        for nom in self._paquet.relies(self._partie, "/vmlDrawing").values():
            dessins = self._paquet.xml(nom, tolerant=True)
            for boite in dessins.findall(f"{{{_V}}}shape"):
                ligne, colonne = (boite.findtext(f".//{{{_X}}}{nom}") for nom in ("Row", "Column"))
                if ligne and colonne and (int(ligne) + 1, int(colonne)) in places:
                    dessins.remove(boite)

    def _parties(self) -> tuple[etree._Element, etree._Element]:
        if self._textes is None:
            self._textes = self._paquet.libre("xl/comments{}.xml")
            racine = etree.Element(balise("comments"), nsmap={None: ESPACE})
            etree.SubElement(racine, balise("authors"))
            etree.SubElement(racine, balise("commentList"))
            self._paquet.ajouter(self._textes, racine, _TYPE_TEXTES)
            self._paquet.relier(self._partie, "/comments", self._textes)
        return self._paquet.xml(self._textes), self._dessins()

    def _dessins(self) -> etree._Element:
        feuille = self._paquet.xml(self._partie)
        lien = feuille.find(balise("legacyDrawing"))
        if lien is not None:
            cle = lien.get(f"{{{RELATIONS}}}id")
            return self._paquet.xml(self._paquet.relies(self._partie, "/vmlDrawing")[cle], tolerant=True)
        nom = self._paquet.libre("xl/drawings/vmlDrawing{}.vml")
        self._paquet.ajouter(nom, etree.fromstring(_DESSIN_VIDE), _TYPE_DESSINS)
        lien = etree.Element(balise("legacyDrawing"), nsmap={"r": RELATIONS})
        lien.set(f"{{{RELATIONS}}}id", self._paquet.relier(self._partie, "/vmlDrawing", nom))
        suivant = next((e for e in feuille if etree.QName(e).localname in _SUIVANTS), None)
        feuille.insert(len(feuille) if suivant is None else feuille.index(suivant), lien)
        return self._paquet.xml(nom)

    def _encadrer(self, dessins: etree._Element, adresse: str, texte: str) -> None:
        ligne, colonne = place(adresse)
        numeros = [b.get("id", "").rpartition("_s")[2] for b in dessins]
        numero = max((int(n) for n in numeros if n.isdecimal()), default=_PREMIER) + 1
        lignes = sum(-(-max(len(mots), 1) // _LETTRES_PAR_LIGNE) for mots in texte.split("\n"))
        hauteur = max(_HAUTEUR, _INTERLIGNE * (lignes + 1))
        details = {"numero": numero, "ligne": ligne - 1, "colonne": colonne}
        boite = _BOITE.format(v=_V, o=_O, x=_X, largeur=_LARGEUR, hauteur=hauteur, **details)
        dessins.append(etree.fromstring(boite))

    def _auteur(self, textes: etree._Element) -> str:
        auteurs = self._auteurs(textes)
        connu = next((rang for rang, auteur in enumerate(auteurs) if auteur.text == AUTEUR), None)
        if connu is None:
            etree.SubElement(auteurs, balise("author")).text = AUTEUR
            connu = len(auteurs) - 1
        return str(connu)

    @staticmethod
    def _auteurs(textes: etree._Element) -> etree._Element:
        return textes.find(balise("authors"))

    @staticmethod
    def _liste(textes: etree._Element) -> etree._Element:
        return textes.find(balise("commentList"))
