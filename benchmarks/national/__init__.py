"""Fictional files of national size, one for each declared download: `fabrique.fabriquer` writes them."""
