"""The SLA over an agreement's level: written as YAML or in a form, checked while it is typed, kept when it is sound."""
