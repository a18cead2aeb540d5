"""A first search, in free texts, of what may name or describe a person; a person decides, not this module.

The rule is the one of the project: nominative data has no place in the warehouse, and free texts are searched
for names and health details before display (docs/decisions/04-petits-nombres.md). Better one text too many
read again than a name published; what is found is only flagged.
"""

import re
import unicodedata

_CIVILITE = r"(?:M\.|Mr\.?|MM\.|Mme\.?|Mmes|Mlle|Melle|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur)"
_PETIT_NOMBRE = r"(?<![\w,.\u00a0\u202f])(?:[1-4]|une?|deux|trois|quatre)\s+(?:jeunes?\s+|petite?s?\s+)?"
_PERSONNES = (
    r"(?:enfant|jeune|famille|personne|habitante?|femme|homme|mère|père|parent|maman|papa|bébé|"
    r"ado(?:lescente?)?|mineure?|élève|fille|garçon|bénéficiaire|usag(?:er|ère)|senior)s?\b"
)
_PEU_DE_PERSONNES = re.compile(
    r"(?<![\w,.])(?:[1-4]|deux|trois|quatre|une? seule?)\s*(?:autres\s+|seule?s\s+|nouve\w+\s+)?"
    rf"{_PERSONNES}",
    re.IGNORECASE,
)
_FRAGILES = (
    r"\b(?:handicap|monoparent|isolée?s?\b|réfugi|migrant|exilé|allophone|demandeu\w+ d[’']asile|"
    r"sans[- ](?:abri|papier)|SDF\b|hébergé|placée?s?\b|ASE\b|RSA\b|victime|violen|déscolaris|malade|"
    r"surendett|détenu|incarcér|précaire|en précarité)"
)
# « 2 cours de français », « 1 place de crèche » are no address: these words want a name after them
_VOIE = (
    r"(?i:rue|allée|avenue|boulevard|bd|impasse|ruelle)\s+\w|"
    r"(?i:place|cours|square|quai|route|chemin|passage)\s+(?:(?:de la|de|du|des|la)\s+)?(?:[dl][’'])?[A-ZÀ-Ý]"
)
_MOTIFS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("une adresse électronique", re.compile(r"@\s?[\w-]+\.\w")),
    ("un numéro de téléphone", re.compile(r"(?<!\d)(?:\+33|0033|0)\s?[1-9](?:[\s.\-]?\d{2}){4}(?!\d)")),
    ("le nom d’une personne", re.compile(rf"\b{_CIVILITE}\s+[A-ZÀ-Ý][\w'’-]*")),
    (
        "un élément de santé",
        re.compile(
            r"\b(?:autis\w+|trisom\w+|épilep\w+|epilep\w+|diab[eé]t\w+|cancer\w*|leuc[eé]mi\w+|dépressi\w+|"
            r"depressi\w+|schizophr\w+|bipolaire\w*|anorexi\w+|alcooli\w+|toxicoman\w+|séropositi\w+|VIH|"
            r"TDAH|TSA|TED|MDPH|AEEH|hospitalis\w+|psychiatr\w+|suicid\w+|maltrait\w+|enceinte)\b",
            re.IGNORECASE,
        ),
    ),
    ("une adresse postale", re.compile(rf"(?<!\d)\d{{1,3}}(?:\s?(?:bis|ter|quater))?,?\s+(?:{_VOIE})")),
    (
        "un petit nombre de personnes fragiles",
        re.compile(rf"{_PETIT_NOMBRE}{_PERSONNES}[^.;!?\n]{{0,40}}?{_FRAGILES}", re.IGNORECASE),
    ),
)


def motifs_a_relire(texte: str) -> tuple[str, ...]:
    """What in `texte` calls for a reading by a person, in words; empty when nothing was found."""
    return tuple(nom for nom, motif in _MOTIFS if motif.search(texte))


def motifs_d_une_raison(raison: str) -> tuple[str, ...]:
    """The same of a reason, which every page shows: it says no small number of persons either."""
    peu = _PEU_DE_PERSONNES.search(unicodedata.normalize("NFKC", raison))
    return (*motifs_a_relire(raison), *(("un petit nombre de personnes",) if peu else ()))
