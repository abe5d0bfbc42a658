"""The addresses of this room: of the desk, below ``/desk/``, and of the portal."""

from watchkeeper.premium.guidance import urls as guidance
from watchkeeper.premium.places import urls as places
from watchkeeper.premium.reviews import urls as reviews

desk_pages = [*reviews.desk_pages, *guidance.desk_pages, *places.desk_pages]

portal_pages = [*reviews.portal_pages, *guidance.portal_pages, *places.portal_pages]
