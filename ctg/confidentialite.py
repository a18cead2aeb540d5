"""Small counts: the one place that says what may not be shown.

The rules are SQL macros, because masking happens where the publishable aggregates are computed: no page,
table, hover or file can then hold a masked number. Thresholds are settings of the convention, to be
validated by the city's data protection officer (docs/decisions/04-petits-nombres.md).

They judge each number for itself; what would give a hidden one back, by additions and subtractions, is then
hidden too (`etl/secret/`), by the same rules said again in Python: a test says that `Seuils` and the macros
agree.
"""

from dataclasses import dataclass

from ctg.referentiel.vocabulaire import UNITES_CONFIDENTIELLES


@dataclass(frozen=True)
class Seuils:
    """Counts of people under `personnes` are masked (zero is shown), as are rates over fewer than `taux`
    people and satisfaction under `satisfaction` respondents."""

    personnes: int
    taux: int
    satisfaction: int

    def effectif_secret(self, n: float) -> bool:
        """Say whether a count of people is too small to be shown."""
        return 0 < abs(n) < self.personnes

    def rapport_secret(self, numerateur: float, denominateur: float, nature: str) -> bool:
        """Say whether a ratio of people is."""
        if nature == "satisfaction" and denominateur < self.satisfaction:
            return True
        return (
            denominateur < self.taux
            or self.effectif_secret(numerateur)
            or (nature != "satisfaction" and self.effectif_secret(denominateur - numerateur))
        )


def macros(seuils: Seuils) -> str:
    """Build the SQL macros of masking, for one build connection.

    - `est_confidentielle(unite_statistique)` — does this unit count people?
    - `petit_effectif(n)` — a count that identifies: from 1 to the threshold, excluded; zero is shown.
    - `effectif_secret(n, unite_statistique)` — a count of people too small to be shown.
    - `nombre_secret(n, terme_a, terme_b, unite_statistique)` — the same, or a difference one of whose terms
      is: the other term, published elsewhere, would give it away.
    - `rapport_secret(numerateur, denominateur, unite_statistique, nature)` — a ratio over too few people, or
      whose numerator would give away a small count, or its remainder (3 children without a place out of 40);
      of the dissatisfied nothing is said: the most satisfied would be the ones hidden.
    - `raison_du_secret(nature, secret_avec)` — the same words for a small count and for what would
      give it back.
    - `terme_secret(n, code, unite_statistique, nature)` — one cell of an answer shown alone: a small count,
      or what a hidden ratio is over (its numerator, standing by, would give the ratio away).
    """
    unites = ", ".join(f"'{unite}'" for unite in UNITES_CONFIDENTIELLES)
    return f"""
        CREATE OR REPLACE TEMP MACRO est_confidentielle(unite_statistique) AS
            coalesce(unite_statistique IN ({unites}), false);
        CREATE OR REPLACE TEMP MACRO petit_effectif(n) AS
            coalesce(abs(n) > 0 AND abs(n) < {int(seuils.personnes)}, false);
        CREATE OR REPLACE TEMP MACRO effectif_secret(n, unite_statistique) AS
            est_confidentielle(unite_statistique) AND petit_effectif(n);
        CREATE OR REPLACE TEMP MACRO nombre_secret(n, terme_a, terme_b, unite_statistique) AS
            est_confidentielle(unite_statistique)
            AND (petit_effectif(n) OR petit_effectif(terme_a) OR petit_effectif(terme_b));
        CREATE OR REPLACE TEMP MACRO rapport_secret(numerateur, denominateur, unite_statistique, nature) AS
            (nature = 'satisfaction' AND denominateur < {int(seuils.satisfaction)})
            OR (est_confidentielle(unite_statistique)
                AND (denominateur < {int(seuils.taux)} OR petit_effectif(numerateur)
                     OR (nature <> 'satisfaction' AND petit_effectif(denominateur - numerateur))));
        CREATE OR REPLACE TEMP MACRO raison_du_secret(nature, secret_avec) AS
            CASE WHEN secret_avec IS NOT NULL THEN 'Ce nombre dirait un effectif trop petit pour être montré.'
                 ELSE 'Trop peu de ' || CASE nature WHEN 'satisfaction' THEN 'répondants' ELSE 'personnes' END
                      || ', ici ou dans un nombre qu’une soustraction rendrait.' END;
        CREATE OR REPLACE TEMP MACRO terme_secret(n, code, unite_statistique, nature) AS
            effectif_secret(n, unite_statistique)
            OR coalesce(n > 0 AND (
                (code = 'denominateur' AND est_confidentielle(unite_statistique) AND n < {int(seuils.taux)})
                OR (code = 'repondants' AND nature = 'satisfaction'
                    AND n < {int(seuils.satisfaction)})), false);
    """
