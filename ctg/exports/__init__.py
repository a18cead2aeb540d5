"""Office documents made from the published views: no document reads anything else."""
