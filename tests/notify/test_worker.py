"""The whole way of a notice: queued with the deed, fetched by a real worker, taken by a real mail server."""

import threading

from django.db import connection, connections
from procrastinate.contrib.django import app

from tests.notify.scripted_smtp import HOLD
from tests.notify.stage import again, saying_of
from watchkeeper.notify import outbox
from watchkeeper.notify.jobs import deliver
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


def test_who_waits_for_a_mail_server_keeps_no_connection_from_the_others(committed_db, settings, smtp) -> None:
    settings.WATCHKEEPER_SMTP = smtp.server
    smtp.to_text = [HOLD]
    with for_the_desk():
        notice = outbox.queue(saying_of())
    delivering = threading.Thread(target=_deliver, args=(str(notice.pk),))
    delivering.start()
    smtp.wait_for(1)

    held_by_others = (
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        cursor.execute(held_by_others)
        held = cursor.fetchone()

    smtp.released.set()
    delivering.join()
    assert held == (0,)


def _deliver(notice_id: str) -> None:
    try:
        deliver(notice_id)
    finally:
        connections.close_all()
