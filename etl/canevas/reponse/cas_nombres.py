"""The published table of cases: what each way of writing an answer becomes (docs/nombres.md).

A new habit of the senders is a new row here, then a rule. Every row is read by `valeurs.lire_valeur`.
"""

import datetime as dt
from typing import NamedTuple

from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.valeurs import Valeur
from etl.classeurs.affichage import montrer
from etl.classeurs.passages import Passage, TexteBarre, barrer, composer

ISSUES = ("valeur", "valeur avec remarque", "manquant", "sans objet", "refusé")
ATTENDUS = {
    Nature.ENTIER: "nombre entier",
    Nature.DECIMAL: "nombre décimal",
    Nature.MONTANT: "montant en euros",
    Nature.POURCENTAGE: "pourcentage",
    Nature.NIVEAU: "niveau de 1 à 4",
    Nature.DATE: "date",
    Nature.TEXTE: "texte",
}

# why, in a few words
MOTIFS = {
    "nombre_illisible": "pas un nombre",
    "nombre_ambigu": "deux lectures possibles",
    "deux_nombres": "deux nombres",
    "pourcentage_ambigu": "part de 1, ou pourcentage ?",
    "nombre_borne": "une limite, pas un nombre",
    "plusieurs_nombres": "plusieurs nombres",
    "nombre_multiple": "un mot change le nombre",
    "nombre_en_lettres": "écrit en lettres",
    "unite_inattendue": "unité d’une autre question",
    "numero_dans_nombre": "téléphone ou SIRET",
    "nombre_negatif": "négatif",
    "nombre_non_entier": "pas un nombre entier",
    "hors_bornes": "hors des bornes",
    "nombre_demesure": "trop grand pour être vrai",
    "date_dans_nombre": "une date",
    "duree_dans_nombre": "une durée ou une heure",
    "cellule_en_erreur": "erreur d’un calcul",
    "nombre_avec_mots": "des mots à côté du nombre",
    "nombre_a_l_anglaise": "notation anglaise",
    "aucun_lu_zero": "« aucun » est lu 0",
    "neant": "zéro, ou non concerné ?",
    "passage_barre": "un passage barré",
    "reponse_barree": "tout est barré",
    "texte_barre": "un passage barré",
    "part_sans_pourcent": "1 % ou 100 % ?",
    "nombre_a_l_echelle": "affiché en milliers",
    "nombre_en_texte": "nombre saisi comme du texte",
    "nombre_en_milliers": "multiplié",
    "nombre_annote": "une note à côté du nombre",
    "nombre_estime": "estimation",
    "sans_reponse": "dit qu’il n’y a pas de réponse",
}


class Cas(NamedTuple):
    """One way of writing: what was typed in a cell that expects `nature`, and what it becomes."""

    lu: object
    nature: Nature
    valeur: float | None = None
    regle: str | None = None
    remarque: str | None = None
    estime: bool = False
    etat: str = "valeur"

    @property
    def attendu(self) -> Valeur:
        """What reading the cell must give."""
        return Valeur(self.valeur, None, self.etat, self.regle, (), self.remarque, self.estime)

    @property
    def issue(self) -> str:
        """One of `ISSUES`."""
        if self.etat == "valeur":
            return "valeur avec remarque" if self.remarque else "valeur"
        return {"manquant": "manquant", "sans_objet": "sans objet", "refuse": "refusé"}[self.etat]


E, D, M, P, N = Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT, Nature.POURCENTAGE, Nature.NIVEAU


def _refus(nature: Nature, regle: str, *lus: object) -> tuple[Cas, ...]:
    return tuple(Cas(lu, nature, None, regle, etat="refuse") for lu in lus)


def _absences(nature: Nature, regle: str, *lus: object) -> tuple[Cas, ...]:
    return tuple(Cas(lu, nature, None, regle, etat="manquant") for lu in lus)


CAS: tuple[Cas, ...] = (
    # a true number of the spreadsheet
    Cas(12, E, 12),
    Cas(12.0, E, 12),
    Cas(0, E, 0),
    Cas(2.9999999999999996, E, 3),
    Cas(1_000_000, E, 1e6),
    Cas(1234.5, D, 1234.5),
    Cas(1e9, D, 1e9),
    Cas(-1500, M, -1500),
    Cas(montrer(0.85, "0%"), P, 85),
    Cas(montrer(1, "0%"), P, 100),
    Cas(montrer(0.005, "0.0%"), P, 0.5),
    Cas(85, P, 85),
    Cas(0.85, P, 85),
    Cas(1, P, 100, "part_sans_pourcent"),
    Cas(3, N, 3),
    *_refus(E, "nombre_non_entier", 12.5, "12.5", "1,5"),
    *_refus(E, "nombre_negatif", -3, "-3", "- 12"),
    *_refus(D, "nombre_negatif", -0.5),
    *_refus(E, "nombre_demesure", 380_456_789_012, 1e308, "1 000 001"),
    *_refus(D, "nombre_demesure", 1e308),
    *_refus(M, "nombre_demesure", -1e10),
    *_refus(P, "hors_bornes", 120, 1e308, "120 %", "-5 %", montrer(1.2, "0%")),
    *_refus(N, "hors_bornes", 5, 2.5),
    # a true number that the format of its cell shows with words: read as the text one sees
    Cas(montrer(412.5, '#,##0.0" k€"'), M, 412500, "nombre_en_milliers"),
    Cas(montrer(1.234, '0.0" M€"'), M, 1234000, "nombre_en_milliers"),
    Cas(montrer(412537, '#,##0.0," k€"'), M, 412537, "nombre_en_milliers"),
    Cas(montrer(412537, "#,##0,"), M, 412537, "nombre_a_l_echelle"),
    Cas(montrer(3000, '0.0," milliers"'), E, 3000, "nombre_a_l_echelle"),
    Cas(montrer(-1500, '#,##0.00 "€";(#,##0.00 "€")'), M, -1500),
    Cas(montrer(0, '#,##0 "€";-#,##0 "€";"- €"'), M, 0),
    Cas(montrer(85, r"0.0\ \%"), P, 85),
    Cas(montrer(0.5, '0.0" %"'), P, 0.5),
    Cas(montrer(12, '0" salariés"'), E, 12, "nombre_avec_mots", "salariés"),
    Cas(montrer(120, '"environ "0'), E, 120, "nombre_estime", "environ", True),
    *_refus(E, "unite_inattendue", montrer(12, '0.00 "€"'), montrer(1, "0%")),
    *_refus(M, "unite_inattendue", montrer(412.5, "#,##0.00 [$$-409]")),
    *_refus(P, "unite_inattendue", montrer(12, '0.00 "€"')),
    *_refus(M, "nombre_multiple", montrer(412.5, '0.0" milliers"')),
    *_refus(E, "nombre_multiple", montrer(412, '0" k"')),
    *_refus(M, "nombre_ambigu", montrer(412000, '0," M€"')),
    # a number stored as text, in French
    Cas("12", E, 12, "nombre_en_texte"),
    Cas("'12", E, 12, "nombre_en_texte"),
    Cas("12.", E, 12, "nombre_en_texte"),
    Cas(" 1 234 ", E, 1234, "nombre_en_texte"),
    Cas("1\u00a0234", E, 1234, "nombre_en_texte"),
    Cas("1\u202f234\u202f567", D, 1234567, "nombre_en_texte"),
    Cas("1'234", E, 1234, "nombre_en_texte"),
    Cas("1 234,5", D, 1234.5, "nombre_en_texte"),
    Cas("1\u202f234,50", D, 1234.5, "nombre_en_texte"),
    Cas("1.234,50", D, 1234.5, "nombre_en_texte"),
    Cas("1.234,50 €", M, 1234.5, "nombre_en_texte"),
    Cas("1.234.567", D, 1234567, "nombre_en_texte"),
    Cas("0,75", D, 0.75, "nombre_en_texte"),
    Cas("1,234", D, 1.234, "nombre_en_texte"),
    Cas("12.5", D, 12.5, "nombre_en_texte"),
    Cas("0.125", D, 0.125, "nombre_en_texte"),
    Cas("1500.50", M, 1500.5, "nombre_en_texte"),
    Cas("96.5", P, 96.5, "nombre_en_texte"),
    Cas("\u2212 1 500,20", M, -1500.2, "nombre_en_texte"),
    Cas("1 500 €", M, 1500, "nombre_en_texte"),
    Cas("1 500 euros", M, 1500, "nombre_en_texte"),
    Cas("12 k€", M, 12000, "nombre_en_milliers"),
    Cas("1,5 M€", M, 1.5e6, "nombre_en_milliers"),
    Cas("85 %", P, 85, "nombre_en_texte"),
    Cas("85,5\u00a0%", P, 85.5, "nombre_en_texte"),
    Cas("0,5 %", P, 0.5, "nombre_en_texte"),
    Cas("85", P, 85, "nombre_en_texte"),
    Cas("0", P, 0, "nombre_en_texte"),
    Cas("3", N, 3, "nombre_en_texte"),
    Cas("zéro", E, 0, "nombre_en_texte"),
    # in English: clear, and to be confirmed
    Cas("1,234.5", D, 1234.5, "nombre_a_l_anglaise"),
    Cas("1,234,567", D, 1234567, "nombre_a_l_anglaise"),
    # two readings: refused
    *_refus(E, "nombre_ambigu", "1.234", "1,234", "(12)", "10³"),
    *_refus(D, "nombre_ambigu", "1.234"),
    *_refus(M, "nombre_ambigu", "1,234", "(1 500)"),
    *_refus(P, "pourcentage_ambigu", "0,85", "0.85", "1"),
    *_refus(E, "deux_nombres", "12/15", "4/15", "504 sur 1015"),
    *_refus(D, "deux_nombres", "3 1/2"),
    *_refus(P, "deux_nombres", "17/20"),
    *_refus(N, "deux_nombres", "3/4"),
    # words beside a number
    Cas("12 (dont 5 filles)", E, 12, "nombre_annote", "dont 5 filles"),
    Cas("12, dont 5 filles", E, 12, "nombre_annote", "dont 5 filles"),
    Cas("85 % (102 sur 120)", P, 85, "nombre_annote", "102 sur 120"),
    Cas("12*", E, 12, "nombre_annote", "*"),
    Cas("12 (1)", E, 12, "nombre_annote", "1"),
    Cas("12¹", E, 12, "nombre_annote", "¹"),
    Cas("12 [a]", E, 12, "nombre_annote", "a"),
    Cas("15 (12 en 2024)", E, 15, "nombre_annote", "12 en 2024"),
    Cas("12 dont 15 filles", E, 12, "nombre_avec_mots", "dont 15 filles"),
    Cas("12 (2024)", E, 12, "nombre_avec_mots", "2024"),
    Cas("12 (en 2024)", E, 12, "nombre_avec_mots", "en 2024"),
    Cas("12 (+3)", E, 12, "nombre_avec_mots", "+3"),
    Cas("12 (-3)", E, 12, "nombre_avec_mots", "-3"),
    Cas("12 (15)", E, 12, "nombre_avec_mots", "15"),
    Cas("30 enfants", E, 30, "nombre_avec_mots", "enfants"),
    Cas("30 enfants (dont 12 filles)", E, 30, "nombre_avec_mots", "enfants ; dont 12 filles"),
    Cas("1 proposée", E, 1, "nombre_avec_mots", "proposée"),
    Cas("12 ?", E, 12, "nombre_avec_mots", "?"),
    Cas("12,5 ETP", D, 12.5, "nombre_avec_mots", "ETP"),
    Cas("250 m²", D, 250, "nombre_avec_mots", "m²"),
    Cas("85 % des familles", P, 85, "nombre_avec_mots", "des familles"),
    Cas("12 500 € TTC", M, 12500, "nombre_avec_mots", "TTC"),
    # raised above the line, or struck through
    Cas(composer((Passage("12"), Passage("5", decale=True))), E, 12, "nombre_annote", "⁵"),
    Cas(TexteBarre("27", "30"), E, 27, "passage_barre", "barré : 30"),
    Cas(TexteBarre("27 (dont 11 filles)", "30"), E, 27, "passage_barre", "dont 11 filles ; barré : 30"),
    *_refus(E, "nombre_illisible", TexteBarre("voir annexe", "30")),
    *_absences(E, "reponse_barree", barrer("30")),
    # not exact
    Cas("environ 120", E, 120, "nombre_estime", "environ", True),
    Cas("≈ 120", E, 120, "nombre_estime", "≈", True),
    Cas("~120", E, 120, "nombre_estime", "~", True),
    Cas("+/- 120", E, 120, "nombre_estime", "+/-", True),
    Cas("120 env.", E, 120, "nombre_estime", "env.", True),
    Cas("120 (estimation)", E, 120, "nombre_estime", "estimation", True),
    Cas("environ 60 %", P, 60, "nombre_estime", "environ", True),
    Cas("environ 30 enfants", E, 30, "nombre_avec_mots", "environ ; enfants", True),
    # no number, or one that nobody can name
    *_refus(E, "nombre_borne", "> 100", "< 5", "plus de 100", "moins de 5", "au moins 30", "12 à 15", "12-15",
            "10 ou 12", "entre 12 et 15", "120 et plus", "120+", "jusqu’à 30", "12…15"),
    *_refus(P, "nombre_borne", "> 80 %"),
    *_refus(E, "plusieurs_nombres", "12 + 3", "12 et 5", "12 filles 8 garçons", "12 = 7 + 5",
            "30 enfants de 3 ans"),
    *_refus(D, "plusieurs_nombres", "12 h 30"),
    *_refus(E, "nombre_multiple", "12 mille", "3 centaines", "12 k", "12 ans", "3 fois", "12 par mois"),
    *_refus(D, "nombre_multiple", "12 MWh"),
    *_refus(M, "nombre_multiple", "12 (en milliers)"),
    *_refus(E, "nombre_en_lettres", "douze", "une centaine", "vingt-cinq"),
    *_refus(E, "unite_inattendue", "85 %", "12 €"),
    *_refus(D, "unite_inattendue", "12 %"),
    *_refus(P, "unite_inattendue", "12 €"),
    *_refus(E, "numero_dans_nombre", "03 80 45 67 89", "0380456789", "123 456 789 00012"),
    *_refus(M, "numero_dans_nombre", "0380456789"),
    *_refus(E, "nombre_illisible", "12 5", "1 23", "enfants : 30", "voir annexe", "oui",
            "plus de trois cents", True),
    # the spreadsheet made a date of it
    *_refus(E, "date_dans_nombre", dt.date(2025, 3, 12), dt.datetime(1900, 1, 12), "12/03/2025", "12 mars"),
    *_refus(D, "duree_dans_nombre", dt.time(12, 30), dt.timedelta(days=12), dt.timedelta(hours=40)),
    # nothing was answered, nothing was asked, nothing was computed
    *_absences(E, "sans_reponse", "n.c.", "NC", "nd", "N/A", "?", "-", "—", "…", "non communiqué",
               "en attente"),
    *_absences(P, "sans_reponse", "n.c.", "-"),
    *_absences(Nature.DATE, "sans_reponse", "n.c."),
    *_absences(Nature.TEXTE, "sans_reponse", "-", "nc"),
    *_absences(E, "neant", "néant", "rien"),
    Cas("aucun", E, 0, "aucun_lu_zero"),
    Cas("Aucune", E, 0, "aucun_lu_zero"),
    *(Cas(lu, E, etat="sans_objet") for lu in ("sans objet", "S.O.", "non concerné")),
    Cas("", E, etat="manquant"),
    Cas("   ", E, etat="manquant"),
    Cas("\u00a0\u200b", E, etat="manquant"),
    *_refus(E, "cellule_en_erreur", "#DIV/0!", "#N/A", "#REF!", "#VALEUR!", "Err:502", "####"),
    *_refus(Nature.TEXTE, "cellule_en_erreur", "#REF!"),
)  # fmt: skip
