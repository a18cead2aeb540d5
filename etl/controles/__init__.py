"""Controls: what a person would notice in the figures, one query each; what was accepted with a reason."""
