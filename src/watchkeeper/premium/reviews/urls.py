"""The addresses of service reviews: at the desk, below ``/desk/``, and in the portal."""

from django.urls import path, re_path

from watchkeeper.premium.reviews import desk, editor, portal

OWN = r"^reviews/(?P<period>\d{4}-(?:Q[1-4]|\d\d))"

desk_pages = [
    path("reviews", desk.reviews, name="desk-reviews"),
    path("reviews/drafts", desk.drafts, name="desk-review-drafts"),
    path("reviews/<int:key>", desk.review, name="desk-review"),
    path("reviews/<int:key>/pdf", desk.pdf, name="desk-review-pdf"),
    path("reviews/<int:key>/draft", editor.draft, name="desk-review-draft"),
    path("reviews/<int:key>/publication", desk.published, name="desk-review-publication"),
    path("reviews/<int:key>/date", desk.date, name="desk-review-date"),
    path("reviews/<int:key>/holding", desk.holding, name="desk-review-holding"),
    path("reviews/<int:key>/comments", desk.comments, name="desk-review-comments"),
    path("review-groups/<int:key>/name", editor.name, name="desk-review-group-name"),
    path("review-groups/<int:key>/merging", editor.merging, name="desk-review-group-merging"),
    path("review-groups/<int:key>/dropping", editor.dropping, name="desk-review-group-dropping"),
    path("review-groups/<int:key>/putting-back", editor.putting_back, name="desk-review-group-putting-back"),
]

portal_pages = [
    path("reviews", portal.reviews, name="portal-reviews"),
    re_path(rf"{OWN}$", portal.review, name="portal-review"),
    re_path(rf"{OWN}/pdf$", portal.pdf, name="portal-review-pdf"),
    re_path(rf"{OWN}/comments$", portal.comments, name="portal-review-comments"),
]
