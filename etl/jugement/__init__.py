"""Judging: which submission counts, then measure by measure which source, with what people corrected."""
