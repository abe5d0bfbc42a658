"""A document that is written in parts, each a field under its heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms


class SectionsForm(forms.Form):
    """One field for each of ``headings``, with its hint; in Markdown, none required. ``seen`` is the number of the text
    they are written over. ``longest`` is in characters; ``rows`` of a field are 4 where nothing else is said."""

    headings: ClassVar[Mapping[str, Any]]
    hints: ClassVar[Mapping[str, Any]]
    longest: ClassVar[int]
    rows: ClassVar[Mapping[str, int]] = {}

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, heading in self.headings.items():
            self.fields[name] = forms.CharField(
                label=heading,
                help_text=self.hints[name],
                max_length=self.longest,
                required=False,
                widget=forms.Textarea(attrs={"rows": self.rows.get(name, 4)}),
            )
