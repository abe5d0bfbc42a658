"""The report after an incident: what its record says by itself, the team's draft, and how a version is read."""
