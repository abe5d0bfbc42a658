"""The months ahead of a policy, as a page: a calendar of its odd days, and how long its windows take then."""
