"""The addresses of this room: of the desk, below ``/desk/``, and of the portal."""

from watchkeeper.premium.guidance import urls as guidance

desk_pages = [*guidance.desk_pages]

portal_pages = [*guidance.portal_pages]
