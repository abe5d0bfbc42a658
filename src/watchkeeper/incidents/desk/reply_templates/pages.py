"""``/desk/templates``: the reply templates. The team reads them, managers keep them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.reply_templates.variables import VARIABLES, NotWritten, checked
from watchkeeper.incidents.models import ReplyTemplate
from watchkeeper.people import access, clock

AT_MOST = 200
"""With more of them nobody finds one."""

LONGEST = 10_000


class TemplateForm(forms.ModelForm):
    """A name to choose it by, and the text."""

    class Meta:
        model = ReplyTemplate
        fields = ("name", "text")
        labels = {"name": gettext_lazy("Its name"), "text": gettext_lazy("What it says")}
        help_texts = {
            "name": gettext_lazy("By this name it is chosen."),
            "text": gettext_lazy("Markdown is understood."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 12, "maxlength": LONGEST, "spellcheck": "true"})}
        error_messages = {
            "name": {"unique": gettext_lazy("Another template is called that already; choose another name.")}
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > LONGEST:
            words = gettext("This has {count} characters; a template may have {most}.")
            raise forms.ValidationError(words.format(count=_in_thousands(len(text)), most=_in_thousands(LONGEST)))
        try:
            return checked(text)
        except NotWritten as wrong:
            raise forms.ValidationError(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from None

    def clean(self) -> dict[str, object]:
        if self.instance.pk is None and ReplyTemplate.objects.count() >= AT_MOST:
            words = gettext("There are {most} templates already: remove one that nobody needs.")
            raise forms.ValidationError(words.format(most=AT_MOST))
        return super().clean()


def templates(request: HttpRequest) -> HttpResponse:
    """All of them by name, with what they say."""
    return shell.page(
        request,
        "desk/reply_templates/templates.html",
        now=clock.now(),
        templates=ReplyTemplate.objects.select_related("changed_by"),
        may_keep=access.may(request.user, "keep templates"),
        variables=VARIABLES,
    )


def new_template(request: HttpRequest) -> HttpResponse:
    """Write a new one."""
    return _form_page(request, ReplyTemplate())


def template(request: HttpRequest, key: int) -> HttpResponse:
    """Change one; what was said with it stays as it was said."""
    return _form_page(request, get_object_or_404(ReplyTemplate, pk=key))


def removal(request: HttpRequest, key: int) -> HttpResponse:
    """Remove one."""
    removed = get_object_or_404(ReplyTemplate, pk=key)
    removed.delete()
    messages.success(request, gettext("The template {name} is removed.").format(name=removed.name))
    return redirect("desk-templates")


def _in_thousands(count: int) -> str:
    return number_format(count, force_grouping=True)


def _form_page(request: HttpRequest, kept: ReplyTemplate) -> HttpResponse:
    name = kept.name
    form = TemplateForm(request.POST if request.method == "POST" else None, instance=kept)
    if form.is_bound and form.is_valid():
        kept.changed_by, kept.changed_at = request.user, clock.now()
        messages.success(request, gettext("The template {name} is kept.").format(name=form.save().name))
        return redirect("desk-templates")
    return shell.page(
        request,
        "desk/reply_templates/template.html",
        now=clock.now(),
        status=422 if form.is_bound else 200,
        form=form,
        kept=kept if kept.pk else None,
        name=name,
        variables=VARIABLES,
    )
