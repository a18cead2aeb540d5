"""The report forms: written from the convention (`redaction`), read back with addresses (`lecture`).

What one answer says is in `reponse`, what is told of it in `phrases`, the copy sent back in `retour`. Here
stands what all share: `plan` says what each form asks, `grammaire` how a cell is named, `reperes` what tells
the reader where it stands.
"""
