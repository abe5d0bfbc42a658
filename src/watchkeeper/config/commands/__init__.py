"""One module for each command; each offers ``add_arguments(parser)`` and ``run(arguments) -> exit code``."""
