"""The first draft of a declaration, guessed from one workbook for the officer who describes it."""
