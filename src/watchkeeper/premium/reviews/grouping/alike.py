"""Which of some reports say nearly the same: TF-IDF over their words and average linkage by cosine, always alike.

scikit-learn is imported where it is used: it takes seconds and a hundred megabytes, so ``child`` runs it apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

MOST_APART = 0.92
"""The cosine distance up to which two groups are one, on average over their members. People say one trouble in many
words: at 0.85 half of what belongs together in ``config/demo/gateway_faults.py`` is found, at 0.92 all of it."""

TITLE_COUNTS = 2
"""How often a title's words count beside those of the report."""

WORDS_NAMED = 3
LONGEST_TEXT = 4000

_GERMAN = (
    "aber alle als also am an auch auf aus bei beim bis da damit dann das dass dem den der des die dies diese dieser "
    "dieses doch durch ein eine einem einen einer eines er es fur gegen hat haben hatte ich ihr im in ist ja jede "
    "jeder kann kein keine konnen man mehr mit nach nicht noch nun nur ob oder ohne seit sein sich sie sind so uber um "
    "und uns unser unsere unter vom von vor war waren was wenn werden wie wieder wir wird wo wurde wurden zu zum zur"
)
"""Words that say nothing, as they are once their accents are taken away; English ones are scikit-learn's."""

_NO_WORD = re.compile(
    r"https?://\S+|\b[\w.+-]+@[\w-]+\.\w+\b|\bWK-\w{6}\b|\b[0-9a-f]{8,}\b|\b\d+[\w.:,/%-]*|[^\w\s'-]", re.IGNORECASE
)
_STATUS = re.compile(r"\b([45]\d\d)\b")
"""The answers of HTTP that tell a fault: the only numbers that say what kind of trouble it is."""


class Report(NamedTuple):
    """What somebody reported. ``key`` is told back; ``counts`` is false for one that only helps to compare."""

    key: int
    component: str
    title: str
    text: str
    counts: bool = True


class Group(NamedTuple):
    """Reports that say nearly the same, the most typical first, and the words that tell them from the others."""

    component: str
    keys: tuple[int, ...]
    words: tuple[str, ...]


def groups(reports: Sequence[Report]) -> list[Group]:
    """The groups among some reports, the largest first: of one component each, with two at least that count."""
    if len(reports) < 2:
        return []
    in_order = sorted(reports, key=lambda report: report.key)
    weights, names = _weighed(in_order)
    by_component: dict[str, list[int]] = defaultdict(list)
    for place, report in enumerate(in_order):
        by_component[report.component.casefold().strip()].append(place)
    found = [
        _group(in_order, places, weights, names)
        for component in sorted(by_component)
        for places in _clusters(by_component[component], weights)
        if sum(in_order[place].counts for place in places) >= 2
    ]
    counting = {report.key for report in in_order if report.counts}
    return sorted(found, key=lambda group: (-len(counting & set(group.keys)), group.component, group.keys))


def plain(report: Report) -> str:
    """The words of a report that can repeat: without addresses, references and numbers, but with HTTP's answers."""
    text = " ".join([*[report.title] * TITLE_COUNTS, report.text[:LONGEST_TEXT]])
    statuses = " ".join(f"http{number}" for number in _STATUS.findall(text))
    return f"{_NO_WORD.sub(' ', text)} {statuses}"


def _weighed(reports: Sequence[Report]) -> tuple[Any, Any]:
    """The weight of each word in each report, a row each, and what the columns are called."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    vectorizer = TfidfVectorizer(
        stop_words=sorted(ENGLISH_STOP_WORDS.union(_GERMAN.split())),
        strip_accents="unicode",
        sublinear_tf=True,
        ngram_range=(1, 2),
        token_pattern=r"(?u)\b[^\W_][\w'-]+\b",
    )
    try:
        weights = vectorizer.fit_transform([plain(report) for report in reports])
    except ValueError:  # nothing but numbers and words that say nothing
        return None, ()
    return weights, vectorizer.get_feature_names_out()


def _clusters(places: Sequence[int], weights: Any) -> list[list[int]]:
    """The places of one component, put together by how near their words are."""
    if len(places) < 2 or weights is None:
        return []
    from sklearn.cluster import AgglomerativeClustering

    said = [place for place in places if weights[place].nnz]
    if len(said) < 2:
        return []
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=MOST_APART
    )
    rows = weights[said]  # each of length one: their products are cosines, and far fewer numbers than their words
    apart = (1 - (rows @ rows.T).toarray()).clip(min=0)
    found: dict[int, list[int]] = defaultdict(list)
    for place, label in zip(said, clustering.fit_predict(apart), strict=True):
        found[label].append(place)
    return list(found.values())


def _group(reports: Sequence[Report], places: Sequence[int], weights: Any, names: Sequence[str]) -> Group:
    middle = weights[places].mean(axis=0).A1
    nearness = weights[places] @ middle
    typical_first = sorted(range(len(places)), key=lambda at: (-float(nearness[at]), reports[places[at]].key))
    return Group(
        component=reports[places[0]].component,
        keys=tuple(reports[places[at]].key for at in typical_first),
        words=_telling(middle, names),
    )


def _telling(middle: Any, names: Sequence[str]) -> tuple[str, ...]:
    """The heaviest words of a group, each once: of a pair and its halves the heaviest stands."""
    chosen: list[str] = []
    for at in sorted(range(len(names)), key=lambda place: (-float(middle[place]), names[place])):
        word = names[at]
        if len(chosen) == WORDS_NAMED or middle[at] == 0:
            break
        if not any(set(word.split()) & set(other.split()) for other in chosen):
            chosen.append(word)
    return tuple(word.removeprefix("http") if word[4:].isdigit() else word for word in chosen)
