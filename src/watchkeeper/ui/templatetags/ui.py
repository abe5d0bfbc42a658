"""The components as template tags: ``{% load ui %}``. Each docstring documents the tag's parameters.

Tags that end in ``%}…{% end<name> %}`` wrap what stands between. Further keyword arguments of ``button``,
``button_link`` and ``dialog_button`` become HTML attributes, underscores as hyphens: ``hx_post="/x"``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Widget
from django.forms.utils import flatatt
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from watchkeeper.core.explanation import Stretch
from watchkeeper.ui import faces, moments
from watchkeeper.ui.attributes import html_attributes
from watchkeeper.ui.explanation import WIDTH, bars
from watchkeeper.ui.moments import UTC_ZONE, DeskZone
from watchkeeper.ui.severity_cards import SeverityCard
from watchkeeper.ui.time_left import TimeLeft, Words
from watchkeeper.ui.timeline import TimelineEntry

register = template.Library()

STATES = {
    "new": gettext_lazy("New"),
    "dispatched": gettext_lazy("Dispatched"),
    "acknowledged": gettext_lazy("Acknowledged"),
    "waiting": gettext_lazy("Waiting"),
    "resolved": gettext_lazy("Resolved"),
    "closed": gettext_lazy("Closed"),
}
OUTCOMES = {
    "running": (gettext_lazy("Running"), "clock", "info"),
    "met": (gettext_lazy("Met"), "check", "ok"),
    "breached": (gettext_lazy("Breached"), "breach", "breach"),
    "cancelled": (gettext_lazy("Cancelled"), "cross", "quiet"),
}
CALLOUT_ICONS = {"info": "info", "ok": "check", "warn": "warning", "breach": "breach", "note": "lock"}
BUTTON_KINDS = ("plain", "primary", "quiet", "danger")


# Small marks


def _drawn_once(tag: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """A tag that draws the same for the same arguments in one language, and so draws it once: a page of rows has
    hundreds of marks.

    Typed: a text that is safe and the same text that is not are drawn differently.
    """

    @lru_cache(maxsize=4096, typed=True)
    def drawn(_language: str | None, *args: Any, **named: Any) -> SafeString:
        return tag(*args, **named)

    @wraps(tag)
    def once(*args: Any, **named: Any) -> SafeString:
        return drawn(get_language(), *args, **named)

    return register.simple_tag(once)


@_drawn_once
def icon(name: str, label: str = "", size: str = "m") -> SafeString:
    """A symbol of ``icons.svg``. ``label`` names it to a screen reader (without: decoration). ``size``: s, m, l."""
    naming = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    drawn = '<svg class="icon" data-size="{}"{}><use href="{}#{}"></use></svg>'
    return format_html(drawn, size, flatatt(naming), static("ui/icons.svg"), name)


@_drawn_once
def severity_badge(number: int, name: str) -> SafeString:
    """A severity: its number and its name, told apart by shape too. ``number`` 1 is the most severe."""
    return _component("severity_badge", number=number, name=name)


@_drawn_once
def state_badge(state: str) -> SafeString:
    """An incident's state (new, dispatched, acknowledged, waiting, resolved, closed); another is a ``KeyError``."""
    return _component("state_badge", state=state, name=STATES[state])


@_drawn_once
def outcome_badge(outcome: str) -> SafeString:
    """A commitment's outcome: running, met, breached, cancelled; another is a ``KeyError``."""
    name, symbol, tone = OUTCOMES[outcome]
    return _component("badge", name=name, icon=symbol, tone=tone)


@_drawn_once
def badge(name: str, tone: str = "quiet", icon: str = "") -> SafeString:
    """Any short label. ``tone``: quiet, info, ok, warn, breach, note."""
    return _component("badge", name=name, icon=icon, tone=tone)


@_drawn_once
def level_badge(name: str, rank: int = 1) -> SafeString:
    """A support level. ``rank`` is its place in the policy, the lowest 1; it fills as many pips, up to three."""
    return _component("level_badge", name=name, pips=[place <= rank for place in (1, 2, 3)])


@_drawn_once
def face(name: str, size: str = "m") -> SafeString:
    """The round initials of a person. Decoration: the name stands beside it. ``size``: s, m, l."""
    return _component("face", initials=faces.initials(name), colour=faces.colour(name), size=size)


# Times


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None, style: str = "short") -> SafeString:
    """An instant in the desk's zone, which the page's script turns to the reader's. ``None`` is written –.

    ``style``: short, zoned, full, day, clock (see ``moments.written``). The zone comes from the context:
    ``desk_zone`` (an IANA name) and ``desk_zone_label``; UTC without. What is far from ``server_now`` has its year.
    """
    if at is None:
        return format_html('<span class="muted">{}</span>', "–")
    style = moments.style_at(style, at, context.get("server_now"))
    return _moment(at, style, _desk_zone(context), get_language())


@lru_cache(maxsize=4096)
def _moment(at: datetime, style: str, zone: DeskZone, _language: str | None) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}" data-moment="{}">{}</time>',
        moments.iso(at),
        moments.written(at, "full", zone),
        style,
        moments.written(at, style, zone),
    )


@register.filter
def duration(span: timedelta) -> str:
    """A length of time: ``6 h 40 min``."""
    return moments.duration(span)


@register.filter
def iso(at: datetime) -> str:
    """An instant as ISO 8601 in UTC, for attributes."""
    return moments.iso(at)


@register.inclusion_tag("ui/components/time_left.html", takes_context=True)
def time_left(context: Context, left: TimeLeft, size: str = "row") -> dict[str, object]:
    """The time left of a commitment. ``size``: row (small ring and a line, for tables) or ring (for an incident)."""
    return {"left": left, "size": size, "words": _words_beside(left.said, size, _desk_zone(context), get_language())}


@lru_cache(maxsize=4096)
def _words_beside(said: Words, size: str, zone: DeskZone, _language: str | None) -> SafeString:
    known = {"desk_zone": zone.name, "desk_zone_label": zone.label}
    return _component("time_left_words", said=said, size=size, **known)


@register.inclusion_tag("ui/components/explanation.html", takes_context=True)
def explanation(context: Context, stretches: Iterable[Stretch], due_at: datetime) -> dict[str, object]:
    """Why this time? The core's stretches drawn to scale and listed, ending in the due instant."""
    drawn = list(bars(stretches))
    counted = sum((bar.stretch.counted for bar in drawn), timedelta(0))
    return {"bars": drawn, "width": WIDTH, "counted": counted, "due_at": due_at, **_zone_in(context)}


@register.inclusion_tag("ui/components/zone_switch.html", takes_context=True)
def zone_switch(context: Context) -> dict[str, object]:
    """The choice between the reader's zone and the desk's, for all moments of the page; unseen without script."""
    return {"desk_zone": _desk_zone(context)}


@register.inclusion_tag("ui/components/theme_switch.html")
def theme_switch() -> dict[str, object]:
    """The choice between the system's theme, light and dark; unseen without script."""
    return {}


@register.inclusion_tag("ui/components/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, object]:
    """The choice of the language that pages and mails speak."""
    return {"request": context.get("request")}


# Acts


@register.inclusion_tag("ui/components/button.html")
def button(
    label: str, kind: str = "plain", icon: str = "", type: str = "submit", **attributes: object
) -> dict[str, Any]:
    """A button of a form. ``kind``: plain, primary (one a page), quiet, danger. ``type``: submit, button."""
    return _act(label, kind, icon) | {"attributes": html_attributes({"type": type} | attributes)}


@register.inclusion_tag("ui/components/button.html")
def button_link(label: str, href: str, kind: str = "plain", icon: str = "", **attributes: object) -> dict[str, Any]:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    return _act(label, kind, icon) | {"attributes": html_attributes({"href": href} | attributes), "is_link": True}


@register.inclusion_tag("ui/components/button.html")
def dialog_button(label: str, opens: str, kind: str = "plain", icon: str = "", **attributes: object) -> dict[str, Any]:
    """A button that opens the dialog whose id is ``opens``; without script it leads to the dialog in the page."""
    given = {"href": f"#{opens}", "data_opens": opens} | attributes
    return _act(label, kind, icon) | {"attributes": html_attributes(given), "is_link": True}


def _act(label: str, kind: str, icon: str) -> dict[str, Any]:
    if kind not in BUTTON_KINDS:
        raise ValueError(f'"{kind}" is no kind of button; write one of {", ".join(BUTTON_KINDS)}')
    return {"label": label, "kind": kind, "icon": icon}


# Forms


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, hint: str = "", optional: bool = False) -> dict[str, object]:
    """A form's field with label, hint (else its help text) and errors, tied together for screen readers.

    ``optional`` says so beside the label. Radio buttons and several checkboxes become a fieldset.
    """
    hint = hint or bound.help_text
    ids = {f"{bound.auto_id}-hint": hint, f"{bound.auto_id}-errors": bound.errors}
    described = " ".join(name for name, shown in ids.items() if shown)
    attrs = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "field": bound,
        "kind": _kind(bound.field.widget),
        "widget": bound.as_widget(attrs=attrs),
        "hint": hint,
        "optional": optional,
        "described": described,
    }


def _kind(widget: Widget) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    is_menu = isinstance(widget, Select) and not widget.allow_multiple_selected
    return "select" if is_menu else "line"


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: Any) -> dict[str, object]:
    """What is wrong with a form, above it, with links to the fields; nothing while nothing is wrong."""
    return {"form": form, "fields": [bound for bound in form if bound.errors] if form.is_bound else []}


@register.inclusion_tag("ui/components/severity_cards.html", takes_context=True)
def severity_cards(context: Context, bound: BoundField, cards: Iterable[SeverityCard]) -> dict[str, object]:
    """The choice of a severity by its definition, each with its dated promise. ``bound`` is the field it fills."""
    return {"field": bound, "cards": list(cards), "chosen": str(bound.value() or ""), **_zone_in(context)}


# Places


@register.inclusion_tag("ui/components/nav_link.html", takes_context=True)
def nav_link(
    context: Context, url_name: str, label: str, icon: str = "", count: int | str | None = None
) -> dict[str, object]:
    """A link of a navigation, marked as current when the page is it or its context says so in ``section``.

    Nothing at all where this installation has no such page.
    """
    try:
        href = reverse(url_name)
    except NoReverseMatch:
        return {"href": ""}
    match = getattr(context.get("request"), "resolver_match", None)
    section = context.get("section") or (match.url_name if match else "")
    is_current = section == url_name
    shown = {"label": label, "icon": icon, "count": count, "url_name": url_name}
    return {"href": href, "is_current": is_current, **shown}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, object]:
    """Links between the sides of one thing. Items have ``label``, ``href``, ``is_current`` and perhaps ``count``."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("ui/components/pager.html")
def pager(previous: str = "", next: str = "", words: str = "") -> dict[str, object]:
    """Earlier and later pages by their addresses (either may be empty), with words such as "1–50 of 312"."""
    return {"previous": previous, "next": next, "words": words}


@register.inclusion_tag("ui/components/flash.html")
def flash(messages: Iterable[Any]) -> dict[str, object]:
    """Django's messages of this request, each dismissible."""
    return {"messages": messages}


@register.simple_block_tag
def page_header(content: str, title: str, eyebrow: str = "", lead: str = "") -> SafeString:
    """The head of a page: its one ``h1``; between the tags its acts. ``eyebrow`` stands above, ``lead`` below."""
    return _wrapped("page_header", content, title=title, eyebrow=eyebrow, lead=lead)


# Things said


@register.inclusion_tag("ui/components/timeline.html", takes_context=True)
def timeline(context: Context, entries: Iterable[TimelineEntry]) -> dict[str, object]:
    """The events of an incident, in the order given."""
    return {"entries": list(entries), **_zone_in(context)}


@register.simple_block_tag(takes_context=True)
def message(
    context: Context, content: str, author: str, at: datetime, kind: str = "theirs", via: str = "", role: str = ""
) -> SafeString:
    """One message of a conversation; between the tags its HTML, already made safe.

    ``kind``: theirs (the customer), ours (the team), note (internal, visibly different), automatic. ``via`` names the
    channel, ``role`` what the author is ("engineer").
    """
    if kind not in ("theirs", "ours", "note", "automatic"):
        raise ValueError(f'"{kind}" is no kind of message; write theirs, ours, note or automatic')
    said = {"author": author, "at": at, "kind": kind, "via": via, "role": role}
    return _wrapped("message", content, **said, **_zone_in(context))


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A passage that must be seen. ``tone``: info, ok, warn, breach, note; another is a ``KeyError``."""
    return _wrapped("callout", content, tone=tone, title=title, icon=CALLOUT_ICONS[tone])


@register.simple_block_tag
def empty_state(content: str, title: str, icon: str = "inbox") -> SafeString:
    """What stands where nothing is yet: between the tags, what this place is for and the first thing to do."""
    return _wrapped("empty_state", content, title=title, icon=icon)


# Surfaces


@register.simple_block_tag
def card(content: str, title: str = "", icon: str = "") -> SafeString:
    """A surface with an optional ``h2``."""
    return _wrapped("card", content, title=title, icon=icon)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A modal ``<dialog>``; between the tags its form. ``dialog_button`` opens it; without script it stands open."""
    return _wrapped("dialog", content, id=id, title=title)


@register.simple_block_tag
def table(content: str, caption: str, stacks: bool = True) -> SafeString:
    """A dense table with a head that stays; between the tags ``thead`` and ``tbody``.

    ``caption`` is read, not seen. With ``stacks`` each row becomes a card on a phone: give every ``td`` a
    ``data-label``. A link with class ``row-link`` in a row makes the whole row lead there.
    """
    return _wrapped("table", content, caption=caption, stacks=stacks)


@register.simple_block_tag
def filter_bar(content: str, label: str = "", action: str = "") -> SafeString:
    """A GET form of fields in a row: what is filtered stands in the address."""
    return _wrapped("filter_bar", content, label=label or gettext("Filter"), action=action)


@register.inclusion_tag("ui/components/meter.html")
def meter(value: float, label: str, words: str = "", largest: float = 1.0, tone: str = "info") -> dict[str, object]:
    """A part of a whole, 0 to ``largest``, as a bar. ``words`` is what it says beside ("96 %")."""
    part = min(1.0, max(0.0, value / largest)) if largest else 0.0
    return {
        "value": value,
        "largest": largest,
        "label": label,
        "words": words,
        "tone": tone,
        "filled": f"{part * 100:.2f}",
    }


def _wrapped(component: str, content: str, **context: object) -> SafeString:
    return _component(component, content=content, **context)


def _component(name: str, /, **context: object) -> SafeString:
    return render_to_string(f"ui/components/{name}.html", context)


def _desk_zone(context: Context) -> DeskZone:
    name = context.get("desk_zone")
    return DeskZone(name, context.get("desk_zone_label") or name) if name else UTC_ZONE


def _zone_in(context: Context) -> dict[str, object]:
    return {name: context.get(name) for name in ("desk_zone", "desk_zone_label", "server_now")}
