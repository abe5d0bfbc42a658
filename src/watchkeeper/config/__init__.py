"""The composition root: settings, servers, the embedded PostgreSQL and the command line."""
