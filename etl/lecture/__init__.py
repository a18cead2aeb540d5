"""Reading: what one file says, whatever it is, and the memory of it: nothing is judged here."""
