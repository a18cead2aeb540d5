"""Several files for one figure: the producer's wins, a contradiction is never guessed."""

import dataclasses

import pyarrow as pa

from etl.sources import LectureSource, departager
from etl.sources.modele import Observation, table_arrow


def _lecture(*figures, priorite=1):
    observations = [
        Observation(
            "caf_iris",
            "caf_allocataires",
            "iris",
            iris,
            2020,
            valeur,
            "publie" if valeur is not None else "secret",
            None,
            2,
            "A",
        )
        for iris, valeur in figures
    ]
    return LectureSource("caf_iris", "accepte", "", observations=table_arrow(observations), priorite=priorite)


def _retenues(table):
    return {o["territoire_id"]: (o["valeur"], o["etat"], o["fichier"]) for o in table.to_pylist()}


def test_le_fichier_du_producteur_l_emporte_meme_quand_il_masque():
    table, anomalies = departager(
        [
            ("a_compact.csv", _lecture(("1", 10.0), ("2", 20.0), ("3", 30.0), priorite=0)),
            ("caf.csv", _lecture(("1", 11.0), ("2", None))),
        ]
    )
    assert _retenues(table) == {
        "1": (11.0, "publie", "caf.csv"),
        "2": (None, "secret", "caf.csv"),
        "3": (30.0, "publie", "a_compact.csv"),
    }
    assert anomalies == ()


def test_deux_fichiers_d_accord():
    table, anomalies = departager([("b.csv", _lecture(("1", 10.0))), ("a.csv", _lecture(("1", 10.0)))])
    assert _retenues(table) == {"1": (10.0, "publie", "a.csv")}
    assert anomalies == ()


def test_les_derniers_bits_d_un_calcul_ne_contredisent_rien():
    lectures = [("a.csv", _lecture(("1", 159346.0))), ("b.csv", _lecture(("1", 159345.99999999997)))]
    table, anomalies = departager(lectures)
    assert (_retenues(table)["1"], anomalies) == ((159346.0, "publie", "a.csv"), ())


def test_deux_fichiers_qui_se_contredisent():
    table, anomalies = departager(
        [("a.csv", _lecture(("1", 10.0), ("2", 5.0))), ("b.csv", _lecture(("1", 12.0), ("2", 5.0)))]
    )
    assert _retenues(table)["1"][:2] == (None, "manquant")
    assert _retenues(table)["2"][:2] == (5.0, "publie")
    assert [(fichier, a.regle, a.gravite) for fichier, a in anomalies] == [
        ("a.csv", "fichiers_contradictoires", "a_confirmer"),
        ("b.csv", "fichiers_contradictoires", "a_confirmer"),
    ]
    assert anomalies[0][1].message.startswith("« b.csv » donne autrement 1 valeur des")


def test_une_ligne_absente_n_est_pas_une_reponse():
    # the file of highest priority does not hold place 2: what another file prints of it counts
    partielle = _lecture(("1", 11.0), priorite=2)
    absente = Observation(
        "caf_iris", "caf_allocataires", "iris", "2", 2020, None, "manquant", "IRIS absent", None, "A"
    )
    table = pa.concat_tables([partielle.observations, table_arrow([absente])])
    partielle = dataclasses.replace(partielle, observations=table)
    entiere = _lecture(("1", 10.0), ("2", 20.0))
    for ordre in ([("a.csv", partielle), ("b.csv", entiere)], [("b.csv", entiere), ("a.csv", partielle)]):
        table, anomalies = departager(ordre)
        assert _retenues(table) == {"1": (11.0, "publie", "a.csv"), "2": (20.0, "publie", "b.csv")}
        assert anomalies == ()


def test_aucun_fichier():
    table, anomalies = departager([])
    assert (table.num_rows, anomalies) == (0, ())
    assert "fichier" in table.schema.names


def _de(annee, valeurs):
    lecture = _lecture(*((str(rang), valeur) for rang, valeur in enumerate(valeurs)))
    observations = lecture.observations
    place = observations.schema.get_field_index("annee")
    annees = pa.array([annee] * len(observations), pa.int32())
    return dataclasses.replace(lecture, observations=observations.set_column(place, "annee", annees))


def test_les_memes_chiffres_pour_deux_annees_se_disent_des_deux_cotes():
    chiffres = [float(n) for n in range(30)]
    lectures = [("caf_2019.csv", _de(2019, chiffres)), ("caf_2020.csv", _de(2020, chiffres))]
    table, anomalies = departager(lectures)
    assert len(table) == 60  # they are kept: somebody has to look
    assert [(fichier, a.gravite, a.regle) for fichier, a in anomalies] == [
        ("caf_2019.csv", "a_confirmer", "memes_chiffres"),
        ("caf_2020.csv", "a_confirmer", "memes_chiffres"),
    ]
    assert "Les 30 valeurs de 2019 sont exactement celles que « caf_2020.csv » donne pour 2020" in (
        anomalies[0][1].message
    )


def test_un_chiffre_d_ecart_ou_trop_peu_de_chiffres_ne_disent_rien():
    chiffres = [float(n) for n in range(30)]
    for une, autre in ((chiffres, [*chiffres[:-1], 7.5]), (chiffres[:19], chiffres[:19])):
        assert departager([("a.csv", _de(2019, une)), ("b.csv", _de(2020, autre))])[1] == ()
