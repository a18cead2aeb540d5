"""Reading a returned form: recognised, found again whatever moved, each answer held against its question."""
