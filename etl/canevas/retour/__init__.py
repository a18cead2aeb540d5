"""The copy sent back: what is wrong marked in the workbook of its sender."""
