"""The template library ``ui``: ``{% load ui %}``."""
