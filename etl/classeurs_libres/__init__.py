"""Workbooks that are not our canevas: a structure's own report, or the extract of a producer, each read
through a declaration written once for its model (docs/classeurs_libres.md).

`declaration` is that YAML, `lecture` reads through it, `description` drafts one for the officer; `fiche`
writes the « fiche de travail et d’analyse », `word` reads it back when it comes as a document.
"""
