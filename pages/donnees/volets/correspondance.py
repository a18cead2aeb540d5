"""« Décrire un classeur »: from a workbook of their own to the declaration that reads it."""

import hashlib
import tempfile
from pathlib import Path

import streamlit as st

from ctg.referentiel import Referentiel, ReferentielInvalide, charger, dossier_par_defaut
from etl import erreurs_du_systeme, inventaire
from etl.classeurs import Classeur, ClasseurRefuse, Feuille, ouvrir
from etl.classeurs_libres import ebauche, redaction
from etl.classeurs_libres.chargement import declaration, declarations
from etl.classeurs_libres.lecture import lire_selon
from etl.classeurs_libres.word import ouvrir_word
from pages.commun import donnees, figure
from pages.commun.textes import echapper, vide
from pages.donnees import description as d

_INCONNU = "classeur_inconnu"
_UNE, _FEUILLE = "Tout le classeur parle d’une seule structure", "Une feuille par structure"
_ANNEE_FIXE, _ANNEE_FEUILLE, _ANNEE_FICHIER = (
    "Une seule année",
    "Dans le nom de la feuille",
    "Dans le nom du fichier",
)
_MOTIF_ANNEE = "20[0-9]{2}"
_NATURES = {
    "rapport": "Le rapport d’une structure ou d’un gestionnaire",
    "extrait": "L’extrait d’un logiciel ou d’une administration (Caf, ISAJE…)",
}


def afficher(annee: int, fictif: bool) -> None:
    """Pick a workbook, correct what is guessed, see what would be loaded, save the declaration."""
    try:
        referentiel = charger(dossier_par_defaut())
        connues = declarations(referentiel)
    except ReferentielInvalide as erreur:
        st.error(echapper(str(erreur)), icon=":material/error:")
        return
    nom, octets = _choisir(annee)
    if octets is None:
        vide(
            "Un classeur qui n’est pas le canevas se décrit une fois ; ensuite, il est lu comme le canevas.",
            "Déposez-le ci-dessus : ses colonnes vous seront proposées, vous les corrigez.",
        )
        lignes = [{"Classeur": c.titre, "Correspondance": f"{c.id}.yml"} for c in connues]
        if lignes:
            figure.tableau(lignes, "Classeurs déjà décrits")
        return
    classeur = _ouvrir(nom, octets)
    if classeur is not None:
        _decrire(nom, octets, classeur, referentiel, annee)


def _choisir(annee: int) -> tuple[str, bytes | None]:
    """The workbook dropped here, else one of those received that nothing recognises."""
    depose = st.file_uploader("1. Le classeur à décrire (.xlsx, .xls, .ods, .csv, .docx)", key="modele_depot")
    if depose is not None:
        return depose.name, depose.getvalue()
    anomalies = donnees.lire("collecte_anomalies", annee=annee)
    inconnus = sorted(set(anomalies.loc[anomalies["regle"] == _INCONNU, "fichier"]))
    racine = inventaire.dossiers_lus()[0]
    recus = [fichier for fichier in inconnus if (racine / fichier).is_file()]
    if not recus:
        return "", None
    choisi = st.selectbox("ou un classeur reçu que rien ne reconnaît", [None, *recus], format_func=_nommer)
    return (choisi, (racine / choisi).read_bytes()) if choisi else ("", None)


def _nommer(fichier: str | None) -> str:
    return fichier or "—"


def _ouvrir(nom: str, octets: bytes) -> Classeur | None:
    """The workbook; None, and its sentence on the page, when it may not be opened."""
    with tempfile.TemporaryDirectory() as atelier:
        chemin = Path(atelier) / f"classeur{Path(nom).suffix}"
        chemin.write_bytes(octets)
        try:
            return ouvrir_word(chemin) or ouvrir(chemin)
        except ClasseurRefuse as refus:
            st.error(echapper(refus.anomalie.message), icon=":material/error:")
            return None


def _decrire(nom: str, octets: bytes, classeur: Classeur, referentiel: Referentiel, annee: int) -> None:
    empreinte = hashlib.sha256(octets).hexdigest()[:8]
    noms = [f.nom for f in classeur.feuilles if f.rangees]
    if not noms:
        vide("Ce classeur est vide.", "Demandez le fichier rempli.")
        return
    st.subheader("2. Où est le tableau", anchor=False)
    gauche, milieu, droite = st.columns([2, 1, 1])
    with gauche:
        plus_longue = max(classeur.feuilles, key=lambda f: len(f.rangees)).nom
        choisie = st.selectbox("Feuille", noms, noms.index(plus_longue), key=f"feuille_{empreinte}")
    feuille = next(f for f in classeur.feuilles if f.nom == choisie)
    rang, hauteur = ebauche.deviner_entete(feuille)
    cle = f"{empreinte}_{noms.index(choisie)}"
    with milieu:
        rang = st.number_input("Ligne d’en-tête", 1, len(feuille.rangees), rang + 1, key=f"rang_{cle}") - 1
    with droite:
        lignes = {1: "une ligne", 2: "deux lignes"}
        hauteur = st.selectbox("En-tête sur", [1, 2], hauteur - 1, format_func=lignes.get, key=f"haut_{cle}")
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    st.dataframe(d.extrait(feuille, rang, seuil), height=200)
    mesures = ebauche.mesures_connues(referentiel, annee)
    proposees = ebauche.deviner_colonnes(feuille, rang, hauteur, mesures, referentiel)
    cle = f"{cle}_{rang}_{hauteur}"
    colonnes = _colonnes(proposees, mesures, referentiel, cle)
    choix = _choix(nom, feuille, colonnes, hauteur, referentiel, annee, cle)
    _conclure(choix, classeur, nom, referentiel, cle)


def _colonnes(
    proposees: list[ebauche.ColonneProposee],
    mesures: tuple[ebauche.MesureConnue, ...],
    referentiel: Referentiel,
    cle: str,
) -> tuple[redaction.ColonneChoisie, ...]:
    st.subheader("3. Ce que donne chaque colonne", anchor=False)
    st.markdown("Proposé d’après les mots de l’en-tête : corrigez « Ce qu’elle donne » et « Mesure ».")
    options = d.options_de_mesure(mesures)
    corrigees = st.data_editor(
        d.a_corriger(proposees, options),
        hide_index=True,
        disabled=[d.COLONNE, d.EXEMPLE, d.PROCHE],
        column_config={
            d.DONNE: st.column_config.SelectboxColumn(options=list(d.ROLES.values()), required=True),
            d.MESURE: st.column_config.SelectboxColumn(options=[d.AUCUNE, *options], width="medium"),
        },
        key=f"colonnes_{cle}",
    )
    noms = {}
    nommante = next(
        (p for p, role in zip(proposees, corrigees[d.DONNE], strict=True) if role == d.ROLES["structure"]),
        None,
    )
    if nommante is not None:
        noms = _noms(nommante, referentiel, cle)
    return d.choisies(corrigees, proposees, options, noms)


def _noms(colonne: ebauche.ColonneProposee, referentiel: Referentiel, cle: str) -> dict[str, str]:
    """Wording → structure, for those that are not written as in the convention."""
    propositions = ebauche.proposer_structures(colonne.libelles, referentiel)
    if not propositions:
        return {}
    st.markdown("**Noms à rattacher.** Ce qui est proche est proposé, jamais pris sans vous.")
    retenir = st.checkbox("Retenir les structures proches", key=f"retenir_{cle}")
    lignes = st.data_editor(
        d.noms_a_confirmer(propositions, retenir),
        hide_index=True,
        disabled=[d.LIBELLE, d.PROPOSITION],
        column_config={
            d.RETENUE: st.column_config.SelectboxColumn(options=[d.AUCUNE, *referentiel.structures])
        },
        key=f"noms_{cle}_{retenir}",
    )
    retenues = zip(lignes[d.LIBELLE], lignes[d.RETENUE], strict=True)
    return {libelle: retenue for libelle, retenue in retenues if retenue in referentiel.structures}


def _choix(
    nom: str,
    feuille: Feuille,
    colonnes: tuple[redaction.ColonneChoisie, ...],
    hauteur: int,
    referentiel: Referentiel,
    annee: int,
    cle: str,
) -> redaction.Choix:
    st.subheader("4. De qui, de quand, et d’où", anchor=False)
    roles = {colonne.donne for colonne in colonnes}
    gauche, droite = st.columns(2)
    with gauche:
        structure = None if "structure" in roles else _structure(referentiel, cle)
        nature = st.radio("Ce classeur est", list(_NATURES), format_func=_NATURES.get, key=f"nature_{cle}")
    with droite:
        quand = None if "annee" in roles else _annee(annee, cle)
        source = None
        if nature == "extrait":
            source = st.text_input("Source, en un mot sans accent", "isaje", key=f"source_{cle}")
        additionner = st.checkbox("Additionner les lignes d’une même structure", key=f"somme_{cle}")
        fin = st.checkbox("S’arrêter à la première ligne vide", value=True, key=f"fin_{cle}")
    titre = st.text_input("Titre du modèle", Path(nom).stem.replace("_", " "), key=f"titre_{cle}")
    return redaction.Choix(
        titre=titre,
        nature=nature,
        feuilles=() if structure and "nom_de_feuille" in structure else (feuille.nom,),
        lignes_entete=hauteur,
        colonnes=colonnes,
        structure=structure,
        annee=quand,
        source=source,
        additionner=additionner,
        jusqu_a_une_ligne_vide=fin,
    )


def _structure(referentiel: Referentiel, cle: str) -> dict[str, object]:
    comment = st.radio("Les structures", [_UNE, _FEUILLE], key=f"qui_{cle}")
    if comment == _FEUILLE:
        return {"nom_de_feuille": True}
    noms = {s.structure_id: s.nom for s in referentiel.structures.values()}
    choisie = st.selectbox("Structure", list(noms), format_func=noms.get, key=f"structure_{cle}")
    return {"valeur": choisie}


def _annee(annee: int, cle: str) -> dict[str, object]:
    comment = st.radio("L’année", [_ANNEE_FIXE, _ANNEE_FEUILLE, _ANNEE_FICHIER], key=f"quand_{cle}")
    if comment == _ANNEE_FIXE:
        return {"valeur": int(st.number_input("Année", 2000, 2100, annee, key=f"annee_{cle}"))}
    ou = "nom_de_feuille" if comment == _ANNEE_FEUILLE else "nom_de_fichier"
    return {ou: True, "motif": _MOTIF_ANNEE}


def _conclure(
    choix: redaction.Choix, classeur: Classeur, nom: str, referentiel: Referentiel, cle: str
) -> None:
    """What would be loaded, what is wrong, and the file to download or to save."""
    st.subheader("5. Ce qui serait lu", anchor=False)
    texte, identifiant = redaction.rediger(choix), redaction.identifiant(choix.titre)
    try:
        modele = declaration(texte, identifiant, referentiel)
    except ReferentielInvalide as erreur:
        st.warning(echapper("\n".join(e.message for e in erreur.erreurs)), icon=":material/edit:")
        st.code(texte, language="yaml")
        return
    lecture = lire_selon(modele, classeur, nom, referentiel)
    valeurs = d.valeurs_lues(lecture, referentiel)
    if valeurs:
        figure.tableau(valeurs, "Les premières valeurs qui seraient chargées, avec leur cellule")
    anomalies = [*lecture.anomalies, *(a for f in lecture.formulaires for a in f.anomalies)]
    for dite in anomalies[: d.RANGEES_MONTREES]:
        ou = ", ".join(filter(None, (dite.feuille, dite.cellule)))
        st.markdown(echapper(f"— {ou} : {dite.message}" if ou else f"— {dite.message}"))
    with st.expander("La correspondance (YAML)"):
        st.code(texte, language="yaml")
    with st.container(horizontal=True):
        if st.button("Enregistrer cette correspondance", type="primary", key=f"garder_{cle}"):
            _enregistrer(texte, identifiant, referentiel)
        st.download_button(
            "Télécharger (YAML)",
            texte,
            file_name=f"{identifiant}.yml",
            icon=":material/download:",
            on_click="ignore",
        )


def _enregistrer(texte: str, identifiant: str, referentiel: Referentiel) -> None:
    try:
        chemin = redaction.enregistrer(texte, identifiant, referentiel)
    except (redaction.DejaDecrit, ReferentielInvalide) as erreur:
        st.error(echapper(str(erreur)), icon=":material/error:")
    except OSError as erreur:
        st.error(
            echapper(f"Rien n’a été écrit. {erreurs_du_systeme.phrase(erreur)}"), icon=":material/error:"
        )
    else:
        st.success(
            echapper(
                f"Enregistrée : {chemin.name}. Les classeurs de ce modèle seront lus à la prochaine "
                "reconstruction (onglet « Déposer »)."
            ),
            icon=":material/check:",
        )
