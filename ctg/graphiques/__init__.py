"""Charts as plain plotly dicts: one file per kind, colours named by meaning, no import of plotly."""
