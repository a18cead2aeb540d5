"""The way back: what a sender should look at again, marked in its own file, and the mail that goes along."""
