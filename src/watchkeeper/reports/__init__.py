"""Reports: they read what happened and change nothing."""
