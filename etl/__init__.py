"""What turns received files into the warehouse: reading, checking, loading. No screen, no chart."""
