"""Every address of the desk; each room lists its own."""

from django.urls import URLPattern, URLResolver, include, path

from watchkeeper.office import urls as office
from watchkeeper.premium import urls as premium
from watchkeeper.ui.words_of_scripts import words_of_scripts

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("watchkeeper.api.urls")),
    path("mail/in/", include("watchkeeper.intake.mail.doors.webhooks.urls")),
    path("", include("watchkeeper.intake.urls")),
    path("words/<slug:language>.js", words_of_scripts, name="words"),
    path("", include("watchkeeper.people.sign_in.urls")),
    path("", include("watchkeeper.notify.password_links.urls")),
    path("", include("watchkeeper.policies.support_levels.urls")),
    path("", include("watchkeeper.incidents.portal.urls")),
    path("desk/", include("watchkeeper.incidents.desk.urls")),
    path("desk/", include("watchkeeper.intake.desk.urls")),
    path("desk/", include(office.desk_pages)),
    path("", include(office.portal_pages)),
    path("desk/", include(premium.desk_pages)),
    path("", include(premium.portal_pages)),
    path("", include("watchkeeper.reports.urls")),
    path("set-up/", include("watchkeeper.office.setup.urls")),
]

handler500 = "watchkeeper.config.faults.server_error"
