"""Who is told at a step, and the escalations that follow a breach."""
