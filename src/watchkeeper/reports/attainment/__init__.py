"""Attainment: how the promises of a period came out, counted from the commitment rows by core's one formula."""
