"""The parts of a .xlsx as bytes, its relations and its types: read once checked, written as they came.

`etl.classeurs.ouvrir` has refused what is dangerous (bombs, entities, macros) before anything comes here.
"""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from etl.classeurs.paquet import lire_partie

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SOMMAIRE = "[Content_Types].xml"
# what a damaged part may make the standard library raise
_ABIMEE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class PaquetInattendu(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """A package of a shape we do not mark: its values are to be copied in a new one."""


class Paquet:
    """Parts by name, in the order of the archive; an XML part changed here is written anew when saved."""

    def __init__(self, octets: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(octets)) as archive:
                self.parties = {
                    entree.filename: lire_partie(archive, entree)
                    for entree in archive.infolist()
                    if not entree.is_dir()
                }
        except _ABIMEE as erreur:  # a picture, that reading the cells does not open
            raise PaquetInattendu(_SOMMAIRE) from erreur
        self._arbres: dict[str, etree._Element] = {}
        self._lus: dict[str, bytes] = {}  # as they were read, to tell those that changed

    def xml(self, nom: str, tolerant: bool = False) -> etree._Element:
        """The root of a part, to be changed in place; `tolerant` repairs what is not quite XML (drawings of
        comments). Raises PaquetInattendu."""
        if nom not in self._arbres:
            analyseur = etree.XMLParser(resolve_entities=False, no_network=True, recover=tolerant)
            try:
                racine = etree.fromstring(self.parties[nom], analyseur)
            except (KeyError, etree.LxmlError) as erreur:
                raise PaquetInattendu(nom) from erreur
            if racine is None:
                raise PaquetInattendu(nom)
            self._arbres[nom], self._lus[nom] = racine, _ecrire(racine)
        return self._arbres[nom]

    def ajouter(self, nom: str, racine: etree._Element, type_mime: str) -> None:
        """A new part, or a new content of one."""
        self.parties.setdefault(nom, b"")
        self._arbres[nom] = racine
        types = self.xml(_SOMMAIRE)
        if nom.endswith(".vml"):
            if not any(t.get("Extension", "").casefold() == "vml" for t in types):
                defaut = etree.Element(f"{{{_TYPES}}}Default", Extension="vml", ContentType=type_mime)
                types.insert(0, defaut)
        elif not any(t.get("PartName") == f"/{nom}" for t in types):
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{nom}", ContentType=type_mime)

    def libre(self, modele: str) -> str:
        """A name of part nobody has yet: `modele` holds {}."""
        return next(nom for rang in range(1, 10_000) if (nom := modele.format(rang)) not in self.parties)

    def relies(self, partie: str, genre: str) -> dict[str, str]:
        """Id → part, for the relations of `partie` whose type ends with `genre` (« /comments »)."""
        if _rels(partie) not in self.parties:
            return {}
        dossier = f"/{posixpath.dirname(partie)}"
        return {
            lien.get("Id"): posixpath.normpath(posixpath.join(dossier, lien.get("Target", ""))).lstrip("/")
            for lien in self.xml(_rels(partie))
            if lien.get("Type", "").endswith(genre) and lien.get("TargetMode") != "External"
        }

    def relier(self, partie: str, genre: str, cible: str) -> str:
        """A new relation of `partie` to the part `cible`; returns its id."""
        nom = _rels(partie)
        if nom not in self.parties:
            self.parties[nom] = b""
            self._arbres[nom] = etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
        liens = self.xml(nom)
        pris = {lien.get("Id") for lien in liens}
        cle = next(f"rId{rang}" for rang in range(1, len(pris) + 2) if f"rId{rang}" not in pris)
        etree.SubElement(
            liens, f"{{{_RELS}}}Relationship", Id=cle, Type=f"{RELATIONS}{genre}", Target=f"/{cible}"
        )
        return cle

    def retirer(self, partie: str, genre: str) -> None:
        """Take away the parts of a kind that `partie` is tied to, with all that names them."""
        for cle, cible in self.relies(partie, genre).items():
            self.parties.pop(cible, None)
            for lien in [lien for lien in self.xml(_rels(partie)) if lien.get("Id") == cle]:
                lien.getparent().remove(lien)
            for declare in [t for t in self.xml(_SOMMAIRE) if t.get("PartName") == f"/{cible}"]:
                declare.getparent().remove(declare)

    def oublier_relations(self, partie: str) -> None:
        """Forget what a part was tied to: its content is another one."""
        self.parties.pop(_rels(partie), None)
        self._arbres.pop(_rels(partie), None)

    def octets(self) -> bytes:
        """The package, its changed parts written."""
        sortie = io.BytesIO()
        with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
            for nom, contenu in self.parties.items():
                ecrit = _ecrire(self._arbres[nom]) if nom in self._arbres else None
                change = ecrit is not None and ecrit != self._lus.get(nom)
                archive.writestr(nom, ecrit if change else contenu)
        return sortie.getvalue()


def _rels(partie: str) -> str:
    dossier, nom = posixpath.split(partie)
    return f"{dossier}/_rels/{nom}.rels"


def _ecrire(arbre: etree._Element) -> bytes:
    return etree.tostring(arbre, encoding="UTF-8", xml_declaration=True, standalone=True)
