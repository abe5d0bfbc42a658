"""Setting up a new desk: a walk of a few steps, begun by a link that works once, before anybody may sign in.

A desk is open from its first policy on. Until then every page says that it is being set up; the walk keeps what was
typed in the database, and its end makes the first manager and publishes the policy in one transaction.
"""
