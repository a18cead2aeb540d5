"""The workbook itself: the parts of its sheets, the list put in front of them, what is marked on each."""

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from etl.marquage.cellules import ESPACE, Cellules, balise
from etl.marquage.commentaires import Commentaires
from etl.marquage.liste import rediger
from etl.marquage.modele import Liste, Marque
from etl.marquage.paquet import RELATIONS, Paquet, PaquetInattendu
from etl.marquage.styles import Styles

_CLASSEUR = "xl/workbook.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# an element, an attribute or a part that every spreadsheet writes is not there, or is not what it should be
_ABSENT = (KeyError, ValueError, IndexError, AttributeError, TypeError, etree.LxmlError)
_ID = f"{{{RELATIONS}}}id"


def marquer(octets: bytes, marques: Sequence[Marque], liste: Liste) -> bytes:
    """The same workbook, with its cells marked and the list as its first sheet.

    A copy marked before keeps nothing of its former marks nor list. Raises PaquetInattendu when the package
    has not the shape spreadsheets write.
    """
    try:
        paquet = Paquet(octets)
        classeur = paquet.xml(_CLASSEUR)
        if classeur.tag != balise("workbook"):  # the « strict » variant: other names for everything
            raise PaquetInattendu(_CLASSEUR)
        styles = Styles(paquet)
        feuilles = _feuilles(paquet, classeur)
        ancienne = _liste_d_avant(paquet, feuilles, liste.signe)
        if ancienne:
            _demarquer(paquet, [p for nom, p in feuilles.items() if nom != ancienne], styles)
        _marquer(paquet, classeur, feuilles, marques, styles)
        # the order of the computations names sheets: a spreadsheet makes it anew when it is not there
        paquet.retirer(_CLASSEUR, "/calcChain")
        _poser_la_liste(paquet, classeur, rediger(liste, styles), liste.nom, ancienne and feuilles[ancienne])
        return paquet.octets()
    except _ABSENT as erreur:
        raise PaquetInattendu(_CLASSEUR) from erreur


def _feuilles(paquet: Paquet, classeur: etree._Element) -> dict[str, str]:
    """Name → part, for the sheets that hold cells."""
    parties = paquet.relies(_CLASSEUR, "/worksheet")
    return {
        feuille.get("name"): parties[feuille.get(_ID)]
        for feuille in classeur.iterfind(f"{balise('sheets')}/{balise('sheet')}")
        if parties.get(feuille.get(_ID)) in paquet.parties
    }


def _liste_d_avant(paquet: Paquet, feuilles: dict[str, str], signe: str) -> str | None:
    """The sheet of a former list of ours: a spreadsheet may have moved its texts to the shared ones."""
    partages = paquet.parties.get("xl/sharedStrings.xml", b"")
    ecrit = signe.encode()
    for nom, partie in feuilles.items():
        if ecrit in paquet.parties[partie]:
            return nom
    if ecrit not in partages:
        return None
    rangs = {
        str(rang)
        for rang, texte in enumerate(paquet.xml("xl/sharedStrings.xml").iterfind(balise("si")))
        if signe in "".join(texte.itertext())
    }
    for nom, partie in feuilles.items():
        lues = paquet.xml(partie).iterfind(f".//{balise('c')}[@t='s']/{balise('v')}")
        if any(lue.text in rangs for lue in lues):
            return nom
    return None


def _demarquer(paquet: Paquet, parties: Sequence[str], styles: Styles) -> None:
    for partie in parties:
        Commentaires(paquet, partie).retirer_les_notres()
        for cellule in paquet.xml(partie).iter(balise("c")):
            if styles.est_a_nous(cellule.get("s")):
                cellule.set("s", styles.colorer(cellule.get("s"), None))


def _marquer(
    paquet: Paquet,
    classeur: etree._Element,
    feuilles: dict[str, str],
    marques: Sequence[Marque],
    styles: Styles,
) -> None:
    par_feuille: dict[str, list[Marque]] = defaultdict(list)
    for marque in marques:
        if marque.feuille in feuilles:
            par_feuille[marque.feuille].append(marque)
    for feuille in classeur.iterfind(f"{balise('sheets')}/{balise('sheet')}"):
        if feuille.get("name") in par_feuille:
            feuille.attrib.pop("state", None)  # what is to correct must be seen
    for nom, siennes in par_feuille.items():
        _marquer_une(paquet, feuilles[nom], siennes, styles)


def _marquer_une(paquet: Paquet, partie: str, marques: Sequence[Marque], styles: Styles) -> None:
    cellules, commentaires = Cellules(paquet.xml(partie)), Commentaires(paquet, partie)
    textes: dict[str, list[str]] = defaultdict(list)
    fonds: dict[str, str] = {}
    for marque in marques:
        # hidden under another one: nothing can be written there, the list says it
        if marque.cellule and not cellules.recouverte(marque.cellule):
            # our ids stand in hidden columns: what is wrong there shows on the question of its row
            montree = cellules.visible(marque.cellule)
            textes[montree].append(marque.texte)
            if marque.fond:
                fonds.setdefault(montree, marque.fond)  # the worst first
    for adresse, fond in fonds.items():
        cellule = cellules.trouver(adresse)
        cellule.set("s", styles.colorer(cellule.get("s"), fond))
    for adresse, siens in textes.items():
        commentaires.ecrire(adresse, "\n".join(dict.fromkeys(siens)))


def _poser_la_liste(
    paquet: Paquet, classeur: etree._Element, racine: etree._Element, nom: str, ancienne: str | None
) -> None:
    """Put the list in front, or in the place of the former one, and open the workbook on it."""
    feuilles = classeur.find(balise("sheets"))
    partie = ancienne or paquet.libre("xl/worksheets/sheet{}.xml")
    paquet.ajouter(partie, racine, _TYPE)
    if ancienne:
        paquet.oublier_relations(partie)
        cles = {cle for cle, lue in paquet.relies(_CLASSEUR, "/worksheet").items() if lue == partie}
        rang = next(r for r, feuille in enumerate(feuilles) if feuille.get(_ID) in cles)
        feuilles[rang].attrib.pop("state", None)
    else:
        rang = 0
        _inserer(paquet, classeur, feuilles, partie, nom)
    _ouvrir_sur(paquet, classeur, rang, partie)


def _inserer(
    paquet: Paquet, classeur: etree._Element, feuilles: etree._Element, partie: str, nom: str
) -> None:
    numeros = [int(feuille.get("sheetId")) for feuille in feuilles]
    neuve = etree.Element(
        balise("sheet"), name=_libre(nom, feuilles), sheetId=str(max(numeros) + 1), nsmap={"r": RELATIONS}
    )
    neuve.set(_ID, paquet.relier(_CLASSEUR, "/worksheet", partie))
    feuilles.insert(0, neuve)
    for defini in classeur.iterfind(f"{balise('definedNames')}/{balise('definedName')}"):
        if defini.get("localSheetId"):  # the rank of a sheet: one more stands before it
            defini.set("localSheetId", str(int(defini.get("localSheetId")) + 1))


def _libre(nom: str, feuilles: etree._Element) -> str:
    """A name no sheet of theirs bears."""
    pris = {feuille.get("name", "").casefold() for feuille in feuilles}
    essais = (nom if rang == 1 else f"{nom} ({rang})" for rang in range(1, len(pris) + 2))
    return next(essai for essai in essais if essai.casefold() not in pris)


def _ouvrir_sur(paquet: Paquet, classeur: etree._Element, rang: int, liste: str) -> None:
    for vue in classeur.iterfind(f"{balise('bookViews')}/{balise('workbookView')}"):
        vue.set("activeTab", str(rang))
        vue.set("firstSheet", "0")
    for genre in ("/worksheet", "/chartsheet"):
        for partie in paquet.relies(_CLASSEUR, genre).values():
            # two sheets selected are a group: what is typed in one would be typed in the other
            if partie != liste and b"tabSelected" in paquet.parties.get(partie, b""):
                for vue in paquet.xml(partie).iter(f"{{{ESPACE}}}sheetView"):
                    vue.attrib.pop("tabSelected", None)
