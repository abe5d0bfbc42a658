"""The effect of a draft as it is kept with it: replayed at once or by a worker, and stale when the draft changes."""

from __future__ import annotations

import uuid

from django.db.models import F
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from watchkeeper.office.publishing.drafts import Closed, text_at
from watchkeeper.office.publishing.effect import Effect, chunks, concerned
from watchkeeper.office.publishing.models import DraftEffect, PolicyDraft
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.publishing import candidate

REPLAY = "watchkeeper.office.replay"
QUEUE = "replays"
AT_ONCE_AT_MOST = 2_000
"""So many incidents are replayed while the asker waits; more of them by a worker, with its progress on the page."""


def ask(draft: PolicyDraft) -> DraftEffect:
    """Replay an open draft as it is now. Raises ``Closed``, and ``PolicyFileErrors`` for a text that is not sound."""
    if not draft.is_open:
        raise Closed(_("this draft is closed; its effect stays as it was seen"))
    candidate(draft.text)
    as_of = clock.now()
    run, total = uuid.uuid4(), len(concerned(as_of))
    asked = {"run": run, "revision": draft.revision, "as_of": as_of, "total": total, "done": 0}
    DraftEffect.objects.update_or_create(draft=draft, defaults={**asked, "finished_at": None, "result": {}})
    if total <= AT_ONCE_AT_MOST:
        replay(draft.pk, str(run))
    else:
        app.configure_task(REPLAY, queue=QUEUE).defer(draft_id=draft.pk, run=str(run))
    return DraftEffect.objects.select_related("draft").get(draft=draft)


@app.task(name=REPLAY, queue=QUEUE)
def replay(draft_id: int, run: str) -> None:
    """Replay what was asked for as ``run``, unless it is done or somebody asked again. Begun anew it counts anew."""
    asked = DraftEffect.objects.filter(draft=draft_id, run=run, finished_at=None)
    with for_the_desk():
        if asked.update(done=0) == 0:
            return
        kept = asked.select_related("draft").get()
        effect = Effect(candidate(text_at(kept.draft, kept.revision)), as_of=kept.as_of)
        keys = concerned(kept.as_of)
    for some in chunks(keys):
        with for_the_desk():
            effect.add(some)
            if asked.update(done=F("done") + len(some)) == 0:
                return
    with for_the_desk():
        asked.update(result=effect.result(), finished_at=clock.now())
