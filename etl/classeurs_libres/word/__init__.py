"""A Word form read as a sheet of cells, and sent back with comments in it."""
