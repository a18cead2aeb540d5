"""Building: from everything read and decided to a new warehouse, put in place in one move."""
