from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django import forms

from watchkeeper.core.explanation import CLOSED, OPEN, WEEKEND, Stretch
from watchkeeper.ui.attributes import ForbiddenAttribute
from watchkeeper.ui.explanation import bars
from watchkeeper.ui.faces import initials
from watchkeeper.ui.severity_cards import SeverityCard
from watchkeeper.ui.time_left import TimeLeft
from watchkeeper.ui.timeline import TimelineEntry

Render = Callable[..., str]
AT = datetime(2026, 3, 9, 20, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOSTILE = "\"><script>alert(1)</script>{{ 7|add:'1' }}"


class Report(forms.Form):
    title = forms.CharField(help_text="In one line.")
    severity = forms.ChoiceField(choices=[("1", "1"), ("2", "2")])
    channel = forms.ChoiceField(widget=forms.RadioSelect, choices=[("mail", "Mail")])


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text %}",
        "{% severity_badge 1 text %}",
        "{% level_badge text %}",
        "{% button text title=text %}",
        "{% button_link text href=text %}",
        "{% icon 'check' label=text %}",
        "{% callout 'info' title=text %}{{ text }}{% endcallout %}",
        "{% empty_state text %}{{ text }}{% endempty_state %}",
        "{% card text %}{{ text }}{% endcard %}",
        "{% dialog 'd' text %}{{ text }}{% enddialog %}",
        "{% table text %}<tr><td>{{ text }}</td></tr>{% endtable %}",
        "{% filter_bar label=text %}{{ text }}{% endfilter_bar %}",
        "{% page_header text eyebrow=text lead=text %}{{ text }}{% endpage_header %}",
        "{% message author=text at=at via=text role=text %}{{ text }}{% endmessage %}",
        "{% meter 0.5 text text %}",
        "{% pager next=text words=text %}",
        "{% timeline entries %}",
        "{% time_left left size='ring' %}",
        "{% field form.title hint=text %}",
        "{% form_errors form %}",
        "{% severity_cards form.severity cards %}",
        "{% tabs items text %}",
        "{% flash items %}",
    ],
)
def test_hostile_text_stays_text(render: Render, source: str) -> None:
    html = render(
        source,
        text=HOSTILE,
        at=AT,
        entries=[TimelineEntry(AT, HOSTILE, who=HOSTILE, detail=HOSTILE, recorded_at=AT, source=HOSTILE)],
        left=TimeLeft("paused", AT, words=HOSTILE, metric=HOSTILE),
        form=Report({"title": "", "severity": HOSTILE, "channel": "mail"}),
        cards=[SeverityCard(HOSTILE, 1, HOSTILE, HOSTILE, words=HOSTILE)],
        items=[{"label": HOSTILE, "href": HOSTILE, "count": HOSTILE, "level_tag": HOSTILE}],
    )
    assert "<script" not in html
    assert "{{ 7|add" in html


def test_a_moment_tells_machine_and_person_the_same(render: Render) -> None:
    html = render("{% moment at 'zoned' %}", at=AT, desk_zone="America/Chicago", desk_zone_label="CT")
    assert 'datetime="2026-03-09T20:30:00.000Z"' in html
    assert 'title="Monday 9 March 2026, 15:30:00 CT"' in html
    assert ">Mon 9 Mar, 15:30 CT</time>" in html


def test_without_a_desk_zone_times_are_utc_and_say_so(render: Render) -> None:
    assert ">Mon 9 Mar, 20:30 UTC</time>" in render("{% moment at 'zoned' %}", at=AT)


def test_no_moment_is_a_dash(render: Render) -> None:
    assert render("{% moment None %}") == '<span class="muted">–</span>'


def test_a_severity_is_told_by_number_and_name_and_not_by_colour_alone(render: Render) -> None:
    html = render("{% severity_badge 2 'High' %}")
    assert "Severity </span>2</span>" in html
    assert ">High<" in html


def test_severities_beyond_the_fifth_look_like_the_fifth_and_keep_their_number(render: Render) -> None:
    html = render("{% severity_badge 7 'Trivial' %}")
    assert 'data-severity="5"' in html
    assert "</span>7</span>" in html


@pytest.mark.parametrize("style", ["style", "onclick", "hx_on_click"])
def test_an_inline_style_or_handler_is_refused(render: Render, style: str) -> None:
    with pytest.raises(ForbiddenAttribute, match="no inline style or handler"):
        render("{% button 'Go' " + style + "='x' %}")


def test_attributes_take_hyphens_and_leave_out_what_is_empty(render: Render) -> None:
    html = render("{% button 'Go' hx_post='/x' disabled=True name='' data_count=0 %}")
    assert 'hx-post="/x"' in html
    assert " disabled" in html
    assert 'data-count="0"' in html
    assert "name=" not in html


def test_an_unknown_kind_of_button_names_those_there_are(render: Render) -> None:
    with pytest.raises(ValueError, match='"loud" is no kind of button; write one of plain, primary, quiet, danger'):
        render("{% button 'Go' kind='loud' %}")


def test_a_field_ties_its_hint_and_its_errors_to_the_input(render: Render) -> None:
    html = render("{% field form.title %}", form=Report({}))
    assert 'aria-describedby="id_title-hint id_title-errors"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title-hint">In one line.' in html
    assert 'id="id_title-errors"' in html


def test_a_field_keeps_what_was_typed(render: Render) -> None:
    assert 'value="It is down"' in render("{% field form.title %}", form=Report({"title": "It is down"}))


def test_radio_buttons_stand_in_a_fieldset_with_a_legend(render: Render) -> None:
    html = render("{% field form.channel %}", form=Report())
    assert "<fieldset" in html
    assert "<legend" in html


def test_nothing_is_wrong_with_a_form_nobody_sent(render: Render) -> None:
    assert render("{% form_errors form %}", form=Report()).strip() == ""


def test_wrong_fields_are_counted_and_linked(render: Render) -> None:
    html = render("{% form_errors form %}", form=Report({"channel": "mail"}))
    assert "2 fields need another look" in html
    assert 'href="#id_title"' in html


def test_a_severity_card_dates_the_promise_or_says_there_is_none(render: Render) -> None:
    cards = [
        SeverityCard("1", 1, "Critical", "Down.", AT, "within 2 h"),
        SeverityCard("2", 2, "High", "Slow.", words="Premium would answer by Monday"),
    ]
    html = render("{% severity_cards form.severity cards %}", form=Report(initial={"severity": "2"}), cards=cards)
    assert "Answer by <time" in html
    assert "No promise at your level" in html
    assert html.count(" checked") == 1


def test_a_link_to_a_page_that_this_desk_lacks_is_left_out(render: Render) -> None:
    assert render("{% nav_link 'no-such-page' 'Elsewhere' %}").strip() == ""


def test_the_link_of_the_section_is_marked_as_current(render: Render) -> None:
    html = render("{% nav_link 'desk-queue' 'Queue' %}{% nav_link 'desk-outbox' 'Mail' %}", section="desk-queue")
    assert html.count('aria-current="page"') == 1
    assert html.index("aria-current") < html.index("Mail")


def test_a_count_of_nought_is_shown_and_no_count_is_not(render: Render) -> None:
    assert '<span class="count" id="desk-queue-count">0</span>' in render("{% nav_link 'desk-queue' 'Queue' count=0 %}")
    assert "count" not in render("{% nav_link 'desk-queue' 'Queue' count=unknown %}")


def test_an_explanation_is_drawn_to_scale() -> None:
    stretches = [
        Stretch(AT, AT + HOUR, HOUR, OPEN),
        Stretch(AT + HOUR, AT + 3 * HOUR, timedelta(0), WEEKEND),
        Stretch(AT + 3 * HOUR, AT + 4 * HOUR, HOUR, CLOSED),
    ]
    drawn = list(bars(stretches))
    assert [(bar.x, bar.width, bar.kind) for bar in drawn] == [
        ("0.0", "250.0", "counted"),
        ("250.0", "500.0", "still"),
        ("750.0", "250.0", "counted"),
    ]
    assert drawn[2].words == "support closed, counted all the same"


def test_an_explanation_adds_up_to_the_window(render: Render) -> None:
    stretches = [Stretch(AT, AT + HOUR, HOUR, OPEN), Stretch(AT + HOUR, AT + 3 * HOUR, 2 * HOUR, OPEN)]
    html = render("{% explanation stretches due %}", stretches=stretches, due=AT + 3 * HOUR)
    assert html.rindex("3 h") > html.index("due</span>")


def test_an_internal_note_says_that_the_customer_never_sees_it(render: Render) -> None:
    html = render("{% message author='Ana' at=at kind='note' %}x{% endmessage %}", at=AT)
    assert "the customer never sees it" in html


def test_safe_message_html_is_kept(render: Render) -> None:
    assert "<p>x</p>" in render("{% message author='Ana' at=at %}<p>x</p>{% endmessage %}", at=AT)


@pytest.mark.parametrize(("name", "face"), [("Ana Ruiz", "AR"), ("priya", "P"), ("", "?"), ("Å (guest) Öz", "ÅÖ")])
def test_a_face_has_the_first_letters_of_the_first_and_last_word(name: str, face: str) -> None:
    assert initials(name) == face


def test_a_meter_fills_its_part(render: Render) -> None:
    assert '<rect class="meter-fill" width="41.00"' in render("{% meter 41 'Used' largest=100 %}")
    assert '<rect class="meter-fill" width="100.00"' in render("{% meter 7 'Used' largest=5 %}")
