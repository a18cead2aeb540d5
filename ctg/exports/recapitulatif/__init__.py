"""The yearly table of the state of the fiches projet asked for by annexe 5 (001:1935-1938), as a workbook."""
