"""Complementary masking: what is shown never gives back, by additions and subtractions, what is not."""
