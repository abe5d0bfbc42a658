"""What a person reads when the desk cannot answer."""

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from watchkeeper.config.faults import server_error


def answer_after(error: Exception) -> HttpResponse:
    try:
        raise error
    except type(error):
        return server_error(RequestFactory().get("/desk/"))


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_is_away_is_said_with_when_to_come_again(error: Exception) -> None:
    answer = answer_after(error)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The desk is not ready" in answer.content.decode()


def test_anything_else_is_a_mistake_of_the_desk_and_says_nothing_about_it() -> None:
    answer = answer_after(KeyError("s3cret"))
    assert answer.status_code == 500
    assert "s3cret" not in answer.content.decode()
