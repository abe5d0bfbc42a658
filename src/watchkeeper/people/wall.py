"""The second wall between accounts: PostgreSQL's row-level security.

Every row of an account carries ``account_id``. A transaction first says for whom it stands; until it does, it
sees nothing. What a person may do is decided by ``access``; this wall holds when a query forgets to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from watchkeeper.people.models import Account, Person

APPLICATION_ROLE = "watchkeeper_app"


def stand_for_the_desk() -> None:
    """Let the rest of this transaction see every account: the watcher, the worker, people of the vendor."""
    _stand(desk="on", account="")


def stand_for(account: Account | None) -> None:
    """Let the rest of this transaction see one account's rows, or none at all."""
    _stand(desk="off", account=str(account.pk) if account else "")


def stand_as(person: object) -> None:
    """Let the rest of this transaction see what a person's side may see; a stranger sees nothing."""
    if not isinstance(person, Person) or not person.is_active:
        stand_for(None)
    elif person.is_customer:
        stand_for(person.account)
    else:
        stand_for_the_desk()


@contextmanager
def for_the_desk() -> Iterator[None]:
    """A transaction that stands for the desk."""
    with transaction.atomic():
        stand_for_the_desk()
        yield


View = Callable[..., HttpResponse]


def stands_for_itself(view: View) -> View:
    """A view that begins its own transactions and says for whom each stands; until it does it sees nothing."""
    vars(view)["stands_for_itself"] = True
    return view


class Wall:
    """Middleware: each view is one transaction that stands for the person who asks. It must be the last one.

    A view that ``stands_for_itself`` is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "stands_for_itself", False):
            return None
        with transaction.atomic():
            stand_as(getattr(request, "user", None))
            response = view(request, *args, **kwargs)
            render = getattr(response, "render", None)
            return render() if callable(render) else response


def walled(table: str) -> str:
    """SQL that puts ``table``, which has an ``account_id``, behind the wall."""
    return f"""
        alter table {table} enable row level security;
        create policy {table}_of_the_account on {table} to {APPLICATION_ROLE}
            using ((select current_setting('app.desk', true)) = 'on'
                   or account_id = (select nullif(current_setting('app.account', true), '')::bigint));
    """


def for_the_desk_alone(table: str) -> str:
    """SQL that lets nobody see the rows of ``table`` but who stands for the desk."""
    return f"""
        alter table {table} enable row level security;
        create policy {table}_of_the_account on {table} to {APPLICATION_ROLE}
            using ((select current_setting('app.desk', true)) = 'on');
    """


def unwalled(table: str) -> str:
    """SQL that takes ``table`` from behind the wall."""
    return f"""
        drop policy {table}_of_the_account on {table};
        alter table {table} disable row level security;
    """


def _stand(*, desk: str, account: str) -> None:
    if not connection.in_atomic_block:
        raise NoTransaction("say for whom a transaction stands after it has begun, inside transaction.atomic()")
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.desk', %s, true), set_config('app.account', %s, true)", [desk, account])


class NoTransaction(RuntimeError):
    """The wall was asked to stand outside a transaction, where it would fall at once."""
