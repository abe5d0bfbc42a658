"""The demo: four invented customers of an invented vendor, and some forty incidents with a past, on an empty desk.

The past is honest about itself: every event of it counts when the story says, is recorded when the desk was filled,
and names ``demo`` as its source. Nobody is mailed about it.
"""

from watchkeeper.config.demo.filling import fill
from watchkeeper.config.demo.sign_ins import SignIn

__all__ = ["SignIn", "fill"]
