"""The addresses of recommendations: an act is a resource of its proposal or recommendation to post to."""

from django.urls import path

from watchkeeper.premium.guidance import desk, portal, writing

ONE = "recommendations/<slug:key>"

desk_pages = [
    path("recommendations", desk.recommendations, name="desk-recommendations"),
    path("recommendations/new", writing.new_recommendation, name="desk-new-recommendation"),
    path(ONE, desk.recommendation, name="desk-recommendation"),
    path(f"{ONE}/words", writing.words, name="desk-recommendation-words"),
    path(f"{ONE}/arrangement", writing.arrangement, name="desk-recommendation-arrangement"),
    path(f"{ONE}/sending", desk.sending, name="desk-recommendation-sending"),
    path(f"{ONE}/discarding", desk.discarding, name="desk-recommendation-discarding"),
    path(f"{ONE}/completion", desk.completion, name="desk-recommendation-completion"),
    path("proposals/look", desk.look, name="desk-proposals-look"),
    path("proposals/<int:key>/acceptance", desk.proposal_acceptance, name="desk-proposal-acceptance"),
    path("proposals/<int:key>/dropping", desk.proposal_dropping, name="desk-proposal-dropping"),
]

portal_pages = [
    path("recommendations", portal.recommendations, name="portal-recommendations"),
    path(ONE, portal.recommendation, name="portal-recommendation"),
    path(f"{ONE}/decision", portal.decision, name="portal-recommendation-decision"),
    path(f"{ONE}/completion", portal.completion, name="portal-recommendation-completion"),
]
