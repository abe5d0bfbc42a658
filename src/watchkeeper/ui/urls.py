"""The gallery's address, for ``config`` to include where the desk runs as a demo or for development."""

from django.urls import path

from watchkeeper.ui.gallery import gallery

urlpatterns = [path("gallery/", gallery, name="gallery")]
