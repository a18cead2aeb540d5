"""One sheet read as one form: where its columns stand, who it speaks for, what each row is, its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ctg.formats import compter
from ctg.referentiel import Referentiel
from etl.adresse import adresse
from etl.canevas.grammaire import BANDEAU_FICTIF, CLE_DECOR, REPONSES, normaliser, porte_une_cle
from etl.canevas.impression import bandeaux, feuillet, legendes
from etl.canevas.lecture.identite import Identite, cles_imprimees, identite_annoncee, lire_identite
from etl.canevas.lecture.intitules_lus import intitule_decale
from etl.canevas.lecture.journal import Journal
from etl.canevas.lecture.libelles_lus import Confrontation, Confronteur, suspectes
from etl.canevas.lecture.lignes import Demande, LecteurDeLignes
from etl.canevas.lecture.lignes_glissees import dire_glissees
from etl.canevas.lecture.masquees import dire_masquees
from etl.canevas.lecture.ressemblance import memes_mots
from etl.canevas.lecture.retrouver import Rangee, Retrouvees, retrouver
from etl.canevas.modeles import Cellule, Formulaire, Rapprochement
from etl.canevas.plan import Ligne, lignes
from etl.canevas.reperes import Manifeste, Reperes
from etl.canevas.reponse.petits_nombres import a_montrer
from etl.canevas.reponse.valeurs import texte_de
from etl.canevas.versions import colonnes_par_version
from etl.classeurs import Feuille
from etl.classeurs.commentaires import AUTEUR


def lire_feuille(
    feuille: Feuille,
    reperes: Reperes,
    manifeste: Manifeste | None,
    referentiel: Referentiel,
    libelles: Mapping[str, str],
    textes: bool = False,
) -> Formulaire:
    """Read a sheet that bears the marks of a form, or its printed headings.

    `libelles` maps to the key of a row the wordings a person confirmed for it. `textes`: every cell is a text
    (.csv). Never raises for what a sender may have written: a refused form bears its reasons and no cell.
    """
    journal = Journal(feuille.nom)
    if places := [place for place, auteur in sorted(feuille.commentaires.items()) if auteur != AUTEUR]:
        journal.noter("commentaires_non_lus", places[0], adresses=", ".join(adresse(*p) for p in places))
    feuille = _elargie(feuille, reperes)
    identite = identite_annoncee(feuille.nom, manifeste)
    _verifier_reperes(reperes, journal)
    cellules: list[Cellule] = []
    rapprochements: tuple[Rapprochement, ...] = ()
    if "v1" in reperes.colonnes and not (reperes.sans_cles and journal.fatal):
        cles = _cles(feuille, reperes)
        identite = lire_identite(feuille.rangees, cles, reperes, manifeste, referentiel, journal)
        if not journal.fatal:
            demande, rapprochements = _demande(
                feuille, reperes, identite, cles, referentiel, libelles, journal
            )
            demande = replace(demande, textes=textes)
            if manifeste:
                demande.imprime.rappels = manifeste.rappels.get(identite.repondant_id)
        if not journal.fatal:
            cellules = LecteurDeLignes(feuille, reperes, demande, referentiel, journal).lire()
            dire_glissees(
                demande.cles,
                cellules,
                demande.attendues,
                _rappels(feuille, reperes, demande),
                reperes.colonnes["v1"],
                journal,
            )
    dire_masquees(feuille, () if journal.fatal else cellules, journal)
    journal.clore()
    return Formulaire(
        reperes.genre,
        identite.repondant_id,
        identite.annee,
        identite.fictif,
        identite.rempli_le,
        feuille.nom,
        journal.statut,
        () if journal.fatal else tuple(cellules),
        tuple(journal.anomalies),
        rapprochements=() if journal.fatal else rapprochements,
    )


def _rappels(feuille: Feuille, reperes: Reperes, demande: Demande) -> Mapping[str, str]:
    """Last year's answers by key: as they were printed, else as they stand in their column."""
    colonne = reperes.colonnes.get("precedent")
    if demande.imprime.rappels is not None or colonne is None:
        return demande.imprime.rappels or {}
    lus = zip(demande.cles, feuille.rangees, strict=True)
    return {str(cle): texte_de(rangee[colonne]) for cle, rangee in lus if rangee[colonne] != ""}


def _elargie(feuille: Feuille, reperes: Reperes) -> Feuille:
    """The sheet with all the columns of the form: blank ones at the right may not be in the file."""
    manque = max(reperes.colonnes.values(), default=0) + 1 - len(feuille.rangees[0])
    if manque <= 0:
        return feuille
    return replace(feuille, rangees=[rangee + [""] * manque for rangee in feuille.rangees])


def _verifier_reperes(reperes: Reperes, journal: Journal) -> None:
    tete = (reperes.ligne, reperes.colonnes.get("id", 0))
    versions = colonnes_par_version()
    if reperes.version not in versions:
        journal.refuser("version_inconnue", tete, version=reperes.version, connue=max(versions))
    if reperes.repetes:
        journal.refuser("reperes_repetes")
    for colonne in (*REPONSES, *(("libelle",) if reperes.sans_cles else ())):
        if colonne not in reperes.colonnes:
            journal.refuser("colonne_supprimee", (reperes.ligne, 0), colonne=colonne)
    if "codes" not in reperes.colonnes and not reperes.sans_cles:
        journal.noter("colonne_codes_supprimee", (reperes.ligne, 0))
    if "remarque" not in reperes.colonnes:
        journal.noter("colonne_remarques_supprimee", (reperes.ligne, 0))


def _cles(feuille: Feuille, reperes: Reperes) -> list[object]:
    if reperes.sans_cles:
        return list(cles_imprimees(feuille.rangees, reperes))
    colonne = reperes.colonnes["id"]
    # a title or a note typed there is no id: its row is that of its words (`retrouver`)
    cles = [rangee[colonne] if porte_une_cle(rangee[colonne]) else "" for rangee in feuille.rangees]
    if reperes.marquee:
        cles[reperes.ligne] = CLE_DECOR
    return cles


def _demande(
    feuille: Feuille,
    reperes: Reperes,
    identite: Identite,
    cles: list[object],
    referentiel: Referentiel,
    libelles: Mapping[str, str],
    journal: Journal,
) -> tuple[Demande, tuple[Rapprochement, ...]]:
    """The key of each row, held against its words, or found again by them; what is only close is proposed."""
    attendues = lignes(identite.sections)
    imprime = feuillet(identite.sections, attendues, identite.annee)
    titres = bandeaux(reperes.genre, identite.repondant_id, identite.annee, referentiel)
    imprime.autres.update(titres, (BANDEAU_FICTIF,))
    demande = Demande(cles, attendues, imprime, identite.annee)
    if "libelle" not in reperes.colonnes:
        return demande, ()
    libelle = reperes.colonnes["libelle"]
    connus = referentiel.formulations_de(identite.annee) | dict(libelles)
    confrontation = Confrontation()
    if not reperes.sans_cles:
        confrontation = _confronter(feuille, reperes, identite, demande, connus, referentiel)
        _dire_desaccords(confrontation, reperes, attendues, referentiel, journal)
    rapprochements = _propositions(feuille.nom, reperes, confrontation)
    demande = replace(demande, confrontation=confrontation)
    reponses = [reperes.colonnes[nom] for nom in REPONSES]
    if place := intitule_decale(feuille.rangees, cles, libelle, reponses, demande.annee):
        journal.refuser("reponses_decalees", place, feuille.rangees[place[0]][place[1]])
    if attendues.keys() <= set(cles):
        return demande, rapprochements
    if reperes.sans_cles:
        _verifier_legendes(feuille, reperes, identite.annee, journal)
    trouve = retrouver(_rangees(feuille, reperes, cles), identite.sections, identite.annee, connus)
    for rang, cle in trouve.cles.items():
        cles[rang] = cle
    for rang in trouve.decors:
        cles[rang] = CLE_DECOR
    _dire(trouve, reperes, journal)
    dites = {*(p.rang for p in trouve.propositions), *trouve.ambigues}
    if reperes.sans_cles:
        dites |= trouve.inconnues.keys()
    for rang in dites:
        cles[rang] = None
    rapprochements += tuple(
        Rapprochement(feuille.nom, adresse(p.rang, libelle), p.designation, p.cle, p.libelle, p.score)
        for p in trouve.propositions
    )
    return replace(demande, ailleurs=frozenset(p.cle for p in trouve.propositions)), rapprochements


def _confronter(
    feuille: Feuille,
    reperes: Reperes,
    identite: Identite,
    demande: Demande,
    connus: Mapping[str, str],
    referentiel: Referentiel,
) -> Confrontation:
    colonne = reperes.colonnes["libelle"]
    lignes_suspectes, titres = suspectes(
        [rangee[colonne] for rangee in feuille.rangees], demande.cles, demande.imprime
    )
    if not lignes_suspectes and not titres:
        return Confrontation()
    confronteur = Confronteur(identite.sections, demande.annee, connus, referentiel)
    rangees = _rangees(feuille, reperes, demande.cles)
    return confronteur.confronter(rangees, lignes_suspectes, titres)


def _dire_desaccords(
    confrontation: Confrontation,
    reperes: Reperes,
    attendues: Mapping[str, Ligne],
    referentiel: Referentiel,
    journal: Journal,
) -> None:
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    for d in confrontation.desaccords:
        # words known from elsewhere say no number of this form; the others may hold an answer
        compte = d.cle in attendues and attendues[d.cle].confidentielle
        ecrit = d.regle in ("reponse_a_cote", "libelle_ecrase") and compte
        journal.noter(
            d.regle,
            (d.rang, reperes.colonnes["libelle"]),
            a_montrer(d.lu, seuil) if ecrit else d.lu,
            ligne=d.rang + 1,
            question=d.question,
            etendue=_etendue(d.rangs),
            precision="" if not d.autre or memes_mots(d.lu, d.autre) else f" (« {d.autre} »)",
            case=adresse(d.rang, reperes.colonnes["v1"]),
        )


def _etendue(rangs: Sequence[int]) -> str:
    """Where stand the rows of a question that are judged together."""
    return f" Les lignes {rangs[0] + 1} à {rangs[-1] + 1} en dépendent." if len(rangs) > 1 else ""


def _propositions(nom: str, reperes: Reperes, confrontation: Confrontation) -> tuple[Rapprochement, ...]:
    libelle = reperes.colonnes["libelle"]
    return tuple(
        Rapprochement(nom, adresse(d.rang, libelle), d.designation, d.cle, d.propose, d.score)
        for d in confrontation.desaccords
        if d.designation
    )


def _verifier_legendes(feuille: Feuille, reperes: Reperes, annee: int, journal: Journal) -> None:
    """Without hidden names, a column added among the answers and another removed shift them unseen: the
    captions printed above them (« combien », « sur ») tell."""
    libelle, reponses = reperes.colonnes["libelle"], [reperes.colonnes[nom] for nom in REPONSES]
    attendues = {normaliser(legende.annonce): legende.cellules for legende in legendes(annee)}
    for rang, rangee in enumerate(feuille.rangees):
        cellules = attendues.get(normaliser(str(rangee[libelle])))
        if cellules and any(
            normaliser(str(rangee[colonne])) != normaliser(mot)
            for colonne, mot in zip(reponses, cellules, strict=False)
        ):
            journal.refuser("reponses_deplacees", (rang, reponses[0]))
            return


def _rangees(feuille: Feuille, reperes: Reperes, cles: Sequence[object]) -> list[Rangee]:
    colonne, ecrites = reperes.colonnes["libelle"], [reperes.colonnes[nom] for nom in REPONSES]
    unite = reperes.colonnes.get("unite")
    calculees = {ligne for ligne, _ in feuille.trompeuses}
    return [
        Rangee(
            rang,
            str(cle),
            texte_de(rangee[colonne]),
            "" if unite is None else str(rangee[unite]),
            rang in calculees or any(str(rangee[c]).strip() for c in ecrites),
        )
        for rang, (cle, rangee) in enumerate(zip(cles, feuille.rangees, strict=True))
    ]


def _dire(trouve: Retrouvees, reperes: Reperes, journal: Journal) -> None:
    colonne = reperes.colonnes["libelle"]
    if reperes.sans_cles:
        combien = compter(len(trouve.cles), "questions retrouvées", feminin=True)
        journal.noter("reperes_perdus", (reperes.ligne, colonne), combien=combien)
    else:
        for rang in trouve.cles:
            journal.noter("ligne_retrouvee", (rang, colonne), ligne=rang + 1)
    for p in trouve.propositions:
        journal.noter("ligne_a_rapprocher", (p.rang, colonne), p.lu, ligne=p.rang + 1, propose=p.libelle)
    for rang, libelle in trouve.ambigues.items():
        journal.noter("ligne_ambigue", (rang, colonne), libelle, ligne=rang + 1)
    if reperes.sans_cles:
        for rang, libelle in trouve.inconnues.items():
            journal.noter("ligne_non_reconnue", (rang, colonne), libelle, ligne=rang + 1)
