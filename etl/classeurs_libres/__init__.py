"""Workbooks that are not our canevas: a structure's own report, or the extract of a producer, each read
through a declaration written once for its model (docs/classeurs_libres.md)."""
