"""Each value is drawn for itself: what surrounds it in the referential does not change it."""

from dataclasses import replace

from tests.exemples.campagne_fictive import campagne, convention, repondre


def test_ajouter_une_mesure_n_en_change_aucune_autre():
    referentiel = convention()
    modele = referentiel.indicateurs["AVS-1.0.2-d"]
    nouvelle = replace(modele, indicateur_id="AVS-1.0.9-a", ordre=0)
    lien = replace(referentiel.liens[-1], indicateur_id="AVS-1.0.9-a", ligne_id=None, fiche_id="AVS-1")
    augmente = replace(
        referentiel,
        indicateurs={"AVS-1.0.9-a": nouvelle, **referentiel.indicateurs},
        liens=(*referentiel.liens, lien),
    )
    reponses = repondre(augmente, "regime-etabli")
    ajoutees = 0
    for qui, anciennes in campagne().items():
        restantes = {cle: v for cle, v in reponses[qui].items() if cle[0] != "i:AVS-1.0.9-a"}
        assert restantes == anciennes
        ajoutees += len(reponses[qui]) - len(anciennes)
    assert ajoutees > 20


def test_l_ordre_des_structures_et_des_mesures_ne_compte_pas():
    referentiel = convention()
    renverse = replace(
        referentiel,
        indicateurs=dict(reversed(referentiel.indicateurs.items())),
        structures=dict(reversed(referentiel.structures.items())),
    )
    assert repondre(renverse, "regime-etabli") == campagne()


def test_les_deux_scenarios_comptent_les_memes_choses():
    # The same convention, seen with more or less diligence: a figure given in both is the same figure.
    etabli, premiere = campagne()["archipel", 2024], campagne("premiere-campagne")["archipel", 2024]
    communes = {cle for cle in etabli.keys() & premiere.keys() if cle[0].startswith("i:")}
    assert len(communes) > 5
    assert all(etabli[cle] == premiere[cle] for cle in communes)
