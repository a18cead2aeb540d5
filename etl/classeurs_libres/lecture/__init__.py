"""Reading a workbook through its declaration: rows, titles, constants, and what drifts from year to year."""
