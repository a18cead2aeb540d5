"""YAML that costs no more than its length: ten lines that name one another ten times would fill the memory of
a machine, and a hundred thousand brackets one inside the other would stop the library in its tracks."""

import yaml

_Chargeur = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, six times sooner, where it is
_PROFONDEUR = 50  # a declaration needs six
_OUVRANTS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_FERMANTS = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class ChargeurSansRenvoi(_Chargeur):
    """Takes the text itself, and refuses `*alias` as a fault of writing, at its line: no file needs one.

    Raises yaml.composer.ComposerError for an alias, RecursionError for what is nested without end.
    """

    def __init__(self, texte: str):
        profondeur = 0
        for jeton in yaml.scan(texte, _Chargeur):  # before anything is built of it
            profondeur += isinstance(jeton, _OUVRANTS) - isinstance(jeton, _FERMANTS)
            if isinstance(jeton, yaml.AliasToken):
                raise yaml.composer.ComposerError(None, None, f"*{jeton.value}", jeton.start_mark)
            if profondeur > _PROFONDEUR:
                raise RecursionError(texte[:20])
        super().__init__(texte)
