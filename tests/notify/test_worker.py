"""The whole way of a notice: queued with the deed, fetched by a real worker, taken by a real mail server."""

from procrastinate.contrib.django import app

from tests.notify.stage import again, saying_of
from watchkeeper.notify import outbox
from watchkeeper.people.wall import for_the_desk


def test_a_worker_delivers_what_was_queued(committed_db, settings, smtp) -> None:
    settings.WATCHKEEPER_SMTP = smtp.server
    with for_the_desk():
        notices = [outbox.queue(saying_of(step=f"warned:{number}")) for number in range(3)]

    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    with for_the_desk():
        assert {again(notice).status for notice in notices} == {"sent"}
    assert sorted(smtp.message_ids()) == sorted(f"<{notice.pk}@desk.example.com>" for notice in notices)
