"""Links by mail to set a password: asked for by whoever has forgotten theirs, or sent with an invitation.

Who asks learns nothing about who is known here: the page asks the worker to look, whatever the address.
"""
