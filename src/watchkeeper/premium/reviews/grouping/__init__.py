"""Repeated causes: incidents of one component that say nearly the same, found by a worker in a process of its own."""
