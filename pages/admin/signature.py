"""Signing a text: on the source and on each translation, by those who may publish it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from pages.models import BasePage
from pages.services.sign_text import NotPublished, sign_text


class SignatureForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Signed by"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Your full name, as readers will see it: you have read this text in this language and stand for it."),
    )


def sign(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form, and what it does. For those who may publish the page."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage) or not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    form = SignatureForm(request.POST or None, initial={"name": page.reviewed_by or request.user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        try:
            sign_text(page=page, name=form.cleaned_data["name"], user=request.user)
        except NotPublished:
            messages.error(request, _("Publish the text first: a signature stands under what readers see."))
        else:
            messages.success(request, _("“%(title)s” now carries the signature.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "pages/admin/sign.html", {"page": page, "form": form})


def sign_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of every page that has a place for a signature."""
    specific = page.specific_class
    if specific and issubclass(specific, BasePage) and page.permissions_for_user(user).can_publish():
        yield Button(_("Sign this text"), reverse("pages_sign", args=[page.pk]), icon_name="edit", priority=45)
