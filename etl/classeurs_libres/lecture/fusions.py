"""Merged cells over several answers: one value for several structures, accounts or axes, which nobody may
share out. The canevas refuses them too, in the same words (etl/canevas/lecture/fusions.py)."""

from collections import defaultdict

from etl.adresse import adresse
from etl.canevas.phrases.messages import anomalie
from etl.canevas.reponse.petits_nombres import a_montrer
from etl.classeurs import Classeur, Feuille
from etl.classeurs.modele import Plage
from etl.classeurs_libres.lecture.releve import Place, Prise, Releve, contenu, est_vide, repond, texte_lu
from etl.classeurs_libres.mesures import nom_de_mesure
from etl.classeurs_libres.word.lieux import PageWord, lieu

_NOMMEES = 4  # answers named in a sentence


def refuser_fondues(classeur: Classeur, releve: Releve) -> None:
    """Refuse every value that a merged range gives to several answers at once, and say so."""
    for feuille in classeur.feuilles:
        ou = _plage_de(feuille)
        groupes: dict[Plage, list[int]] = defaultdict(list)
        voisines: dict[Plage, set[Place]] = defaultdict(set)
        for nom, *place in releve.voisines if ou else ():
            if nom == feuille.nom and tuple(place) in ou:
                voisines[ou[tuple(place)]].add(tuple(place))
        for rang, prise in enumerate(releve.prises):
            if prise.feuille == feuille.nom and prise.place in ou:
                groupes[ou[prise.place]].append(rang)
        for plage, rangs in groupes.items():
            prises = [releve.prises[rang] for rang in rangs]
            nommee = (feuille.nom, *plage[:2]) in releve.etiquettes
            lu = _lu(feuille, plage, prises, voisines[plage], nommee)
            if lu is None:
                continue
            for rang in rangs:
                releve.prises[rang] = releve.prises[rang]._replace(refusee=True)
            _dire(feuille, plage, prises, lu, releve)


def _plage_de(feuille: Feuille) -> dict[Place, Plage]:
    return {
        (rang, colonne): (r0, c0, r1, c1)
        for r0, c0, r1, c1 in feuille.fusions
        if (r0, c0) != (r1, c1)
        for rang in range(r0, min(r1 + 1, len(feuille.rangees)))
        for colonne in range(c0, c1 + 1)
    }


def _lu(feuille: Feuille, plage: Plage, prises: list[Prise], voisines: set[Place], nommee: bool) -> object:
    """What a merged range shows in place of several answers; None when it answers one question, or none.

    `nommee`: it shows the label of a row (« 2024 »).
    """
    coin = plage[:2]
    places = {prise.place for prise in prises}
    # words printed over blank answers answer nothing; a number over them is one of theirs
    if coin not in places and not nommee and repond(contenu(feuille, coin)):
        return contenu(feuille, coin)
    montres = [prise.lu for prise in prises if not est_vide(prise.lu)]
    questions = {tuple(sorted(prise.facettes.items())) for prise in prises}
    return montres[0] if montres and (len(questions) > 1 or voisines - places) else None


def _dire(feuille: Feuille, plage: Plage, prises: list[Prise], lu: object, releve: Releve) -> None:
    r0, c0, r1, c1 = plage
    ou = lieu(feuille, (r0, c0), (r1, c1))
    seuil = releve.referentiel.parametres.confidentialite.seuil_personnes
    montre = a_montrer(lu if isinstance(lu, (str, int, float)) else texte_lu(lu), seuil)
    noms = list(dict.fromkeys(_nom(p, prises, releve) for p in prises))
    reste = f" et {len(noms) - _NOMMEES} de plus" if len(noms) > _NOMMEES else ""
    releve.anomalies.append(
        anomalie(
            "cases_fusionnees",
            feuille.nom,
            adresse(r0, c0),
            montre,
            plage=f"du {ou}" if isinstance(feuille, PageWord) else ou,
            questions=" ; ".join(f"« {nom} »" for nom in noms[:_NOMMEES]) + reste,
        )
    )


def _nom(prise: Prise, prises: list[Prise], releve: Releve) -> str:
    """What tells an answer from the others under the same merged cell."""
    referentiel = releve.referentiel
    propres = [nom for nom in ("structure", "fiche") if len({p.facettes.get(nom) for p in prises}) > 1]
    dits = [
        referentiel.structures[prise.facettes[nom]].nom if nom == "structure" else prise.facettes[nom]
        for nom in propres
        if nom in prise.facettes
    ]
    dits.append(nom_de_mesure(prise.facettes["mesure"], referentiel))
    if modalite := prise.facettes.get("modalite"):
        dits.append(_modalite(modalite, releve))
    if len({p.facettes.get("annee") for p in prises}) > 1:
        dits.append(prise.facettes.get("annee", ""))
    if len({p.facettes.get("code") for p in prises}) > 1:
        dits.append(prise.facettes.get("code", "").upper())
    return ", ".join(filter(None, dits))


def _modalite(cle: str, releve: Releve) -> str:
    ventilation, _, modalite = cle.partition("=")
    connue = releve.referentiel.ventilations[ventilation]
    return next((m.libelle for m in connue.modalites if m.modalite_id == modalite), modalite)
