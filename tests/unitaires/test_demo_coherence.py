"""The whole fictional campaign, property by property: what adds up, what cannot exceed, what is plausible."""

import pytest

from etl.canevas.grammaire import TRIMESTRES, analyser_cle
from etl.canevas.plan import lignes, plan_fiche, plan_structure
from tests.exemples.campagne_fictive import campagne, convention, par_rangee

SCENARIOS = ("regime-etabli", "premiere-campagne")


def rangees(scenario):
    for (qui, annee), reponses in campagne(scenario).items():
        for cle, codes in par_rangee(reponses).items():
            yield qui, annee, analyser_cle(cle), codes


def nombre(codes):
    """The count of a row, its quarters added; None when it is no number."""
    valeurs = [codes[c] for c in ("valeur", *TRIMESTRES) if c in codes]
    return sum(valeurs) if valeurs and all(isinstance(v, int) for v in valeurs) else None


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_chaque_reponse_a_sa_case_dans_le_plan_du_formulaire(scenario):
    referentiel = convention()
    for (qui, annee), reponses in campagne(scenario).items():
        if qui in referentiel.structures:
            plan = lignes(plan_structure(referentiel, referentiel.structures[qui], annee))
        else:
            plan = lignes(plan_fiche(referentiel, qui))
        inconnues = {(c, k) for c, k in reponses if k != "remarque" and k not in plan[c].codes}
        assert inconnues == set()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_une_part_ne_depasse_jamais_son_tout(scenario):
    referentiel = convention()
    for qui, annee, cle, codes in rangees(scenario):
        if isinstance(codes.get("denominateur"), int) and referentiel.indicateurs[cle.objet_id].unite == "%":
            assert 0 <= codes["numerateur"] <= codes["denominateur"], (qui, annee, str(cle))
        if "proposes" in codes:
            assert 0 <= codes["satisfaits"] <= codes["repondants"] <= codes["proposes"], (
                qui,
                annee,
                str(cle),
            )


def test_les_ventilations_exclusives_font_le_total():
    referentiel = convention()
    verifiees = 0
    for (qui, annee), reponses in campagne().items():
        totaux, parts = {}, {}
        for texte, codes in par_rangee(reponses).items():
            cle = analyser_cle(texte)
            for quoi, valeur in (
                ("nombre", nombre(codes)),
                *((c, codes.get(c)) for c in ("numerateur", "denominateur")),
            ):
                if not isinstance(valeur, int):
                    continue
                if cle.ventilation and referentiel.ventilations[cle.ventilation].exclusive:
                    rang = (cle.objet_id, cle.ventilation, quoi)
                    parts[rang] = parts.get(rang, 0) + valeur
                elif cle.rubrique == "i" and not cle.ventilation:
                    totaux[cle.objet_id, quoi] = totaux.get((cle.objet_id, quoi), 0) + valeur
        for (indicateur, _, quoi), somme in parts.items():
            assert somme == totaux[indicateur, quoi], (qui, annee, indicateur, quoi)
            verifiees += 1
    assert verifiees > 300


def test_ce_qui_est_demande_deux_fois_est_dit_pareil():
    """The days of holidays are asked for themselves (EN-4.0.p1), and over what was possible (EN-4.0.p2)."""
    comparees = 0
    for _, reponses in campagne().items():
        for (cle, code), realisees in reponses.items():
            seule = cle.replace("i:EN-4.0.p2", "i:EN-4.0.p1")
            if cle != seule and code == "numerateur" and (seule, "valeur") in reponses:
                assert realisees == reponses[seule, "valeur"], cle
                comparees += realisees != "sans objet"
    assert comparees > 30


def test_les_comptes_tombent_juste_a_l_euro():
    referentiel = convention()
    postes = referentiel.chiffres_clefs
    for (qui, annee), reponses in campagne().items():
        comptes = {c.removeprefix("c:"): v for c, v in par_rangee(reponses).items() if c.startswith("c:")}
        for poste_id, montants in comptes.items():
            for code, montant in montants.items():
                if postes[poste_id].somme_de:
                    assert montant == sum(comptes[p][code] for p in postes[poste_id].somme_de)
                if postes[poste_id].difference_de:
                    plus, moins = postes[poste_id].difference_de
                    assert montant == comptes[plus][code] - comptes[moins][code]
        if comptes:
            assert 300_000 <= comptes["total-produits"]["n-1"] <= 1_500_000, (qui, annee)
            assert comptes["subvention-ville"]["n"] <= comptes["subventions"]["n"]
            fonds, net = comptes["fonds-associatifs"], comptes["resultat-net"]
            assert fonds["n"] - fonds["n-1"] == net["n"]


def test_le_resultat_definitif_d_un_exercice_suit_celui_qui_etait_attendu():
    for structure_id in ("archipel", "essentiel-le"):
        attendu = campagne()[structure_id, 2024]["c:total-produits", "n"]
        definitif = campagne()[structure_id, 2025]["c:total-produits", "n-1"]
        assert attendu != definitif
        assert abs(attendu - definitif) < 0.03 * definitif


def test_les_parts_d_adherents_font_cent():
    for (_, _), reponses in campagne().items():
        for prefixe in (("territoire", "autres-quartiers", "hors-ville"), ("qf-800", "qf-3000", "qf-plus")):
            parts = [reponses.get((f"v:adherents-{p}", "valeur")) for p in prefixe]
            assert parts == [None] * 3 or sum(parts) == 100


def test_les_ordres_de_grandeur_sont_ceux_d_une_ville_comme_dijon():
    referentiel = convention()
    for (qui, annee), reponses in campagne().items():
        type_id = referentiel.structures[qui].type_id if qui in referentiel.structures else None
        admis = reponses.get(("i:PE-2.0.2-b", "valeur"))
        if type_id == "eaje" and admis is not None:
            places = reponses["v:places", "valeur"]
            assert 10 <= places <= 60
            if places >= 30:
                assert 13 <= admis <= 55, (qui, annee)
        usagers = reponses.get(("i:AVS-1.0.1-b", "valeur"))
        if usagers is not None:
            assert 150 <= usagers <= 1000, (qui, annee)


def test_on_y_trouve_des_petits_effectifs_des_blancs_et_des_sans_objet():
    petits = [nombre(c) for _, _, cle, c in rangees("regime-etabli") if cle.objet_id == "EN-1.0.p3"]
    assert any(valeur in (1, 2, 3, 4) for valeur in petits)
    assert campagne()["periscolaire-dijon", 2025]["i:EN-4.0.p1@gresilles", "valeur"] == "sans objet"
    assert campagne()["mediatheques", 2025]["i:JE-1.2.2-a@montchapet", "valeur"] == "sans objet"
    donnees = {
        annee: sum("proposes" in codes for qui, an, _, codes in rangees("regime-etabli") if an == annee)
        for annee in (2023, 2025)
    }
    assert donnees[2023] < donnees[2025]  # satisfaction is filled better every year


def test_aucune_mesure_d_une_premiere_campagne_n_est_ventilee_et_la_satisfaction_est_rare():
    referentiel = convention()
    donnees = {cle.objet_id for _, _, cle, _ in rangees("premiere-campagne") if cle.rubrique == "i"}
    chiffrees = [
        i for i in referentiel.indicateurs.values() if i.demande and i.saisie in ("nombre", "rapport")
    ]
    part = len([i for i in chiffrees if i.indicateur_id in donnees]) / len(chiffrees)
    assert 0.33 <= part <= 0.5
    assert not any(cle.ventilation for _, _, cle, _ in rangees("premiere-campagne"))
    satisfactions = [codes for _, _, _, codes in rangees("premiere-campagne") if "proposes" in codes]
    assert 0 < len(satisfactions) < 10
    jalons = {i.indicateur_id for i in referentiel.indicateurs.values() if i.saisie == "jalon"}
    assert jalons <= donnees
