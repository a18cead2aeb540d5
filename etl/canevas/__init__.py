"""The report forms: written from the convention (`ecriture`), read back with addresses (`lecture`).

`grammaire` says how a cell is named, `plan` what each form asks; writer, reader and demo share both.
"""
