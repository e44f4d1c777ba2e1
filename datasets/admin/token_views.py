"""One's own API tokens: made, shown once, revoked."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from datasets.models import ApiToken
from datasets.models.api_token import Scopes
from datasets.services.tokens import DAYS, create_token, revoke_token

from .screens import AdminPage


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=100, help_text=gettext_lazy("So that you know later which one to revoke.")
    )
    scopes = forms.ChoiceField(label=gettext_lazy("It may"), choices=Scopes.choices)
    days = forms.IntegerField(label=gettext_lazy("Valid for how many days"), min_value=1, max_value=3 * DAYS, initial=DAYS)


class TokensView(AdminPage):
    """The list, a form for a new one, and the new one's secret, this once."""

    template_name = "datasets/admin/tokens.html"
    page_title = gettext_lazy("API tokens")
    header_icon = "key"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TokenForm(request.POST)
        secret = ""
        if form.is_valid():
            given = form.cleaned_data
            expires = timezone.now() + timedelta(days=given["days"])
            _token, secret = create_token(user=request.user, name=given["name"], expires=expires, scopes=given["scopes"])
            form = TokenForm()
        response = self.render_to_response(self.get_context_data(form=form, secret=secret))
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", TokenForm())
        return super().get_context_data(tokens=ApiToken.objects.filter(user=self.request.user), now=timezone.now(), **kwargs)


@require_POST
def revoke(request: HttpRequest, token: Any) -> HttpResponse:
    """Revoke one of one's own tokens."""
    revoke_token(token=get_object_or_404(ApiToken, uuid=token, user=request.user), user=request.user)
    messages.success(request, _("Revoked."))
    return redirect("catalogue_admin:tokens")
