"""A decision that cannot be taken as it is written."""


class SaisieRefusee(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """The message is the French sentence for the person who wrote it: what was read, what is expected."""
