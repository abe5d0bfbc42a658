"""The office's pages, below ``/desk/``."""

from django.urls import path

from watchkeeper.office.importing import pages as importing

urlpatterns = [
    path("import", importing.tables, name="desk-import"),
    path("import/<uuid:key>", importing.table, name="desk-imported"),
    path("import/<uuid:key>/doing", importing.doing, name="desk-import-doing"),
]
