from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from datasets.models import ApiToken, Capacity
from datasets.services.tokens import FAILURES, TooManyAttempts, authenticate_token, create_token, revoke_token

from .factories import DatasetFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget() -> None:
    cache.clear()


def test_the_command_prints_a_token_that_works_and_is_kept_nowhere() -> None:
    user = UserFactory()
    out = StringIO()
    call_command("api_token", user.username, name="ckanapi", days=30, stdout=out)
    secret = out.getvalue().strip()
    assert authenticate_token(secret) == user
    token = ApiToken.objects.get()
    assert secret not in {str(value) for value in ApiToken.objects.values().get().values()}
    assert timedelta(days=29) < token.expires - timezone.now() < timedelta(days=31)
    assert token.last_used is not None


def test_the_command_names_an_unknown_user() -> None:
    with pytest.raises(CommandError, match="សុខា"):
        call_command("api_token", "សុខា")


def test_expired_revoked_and_orphaned_tokens_open_nothing() -> None:
    user = UserFactory()
    expired, first = create_token(user=user)
    ApiToken.objects.filter(pk=expired.pk).update(expires=timezone.now())
    revoked, second = create_token(user=user)
    with pytest.raises(PermissionDenied):
        revoke_token(token=revoked, user=UserFactory())
    revoke_token(token=revoked, user=user)
    gone = UserFactory()
    _token, third = create_token(user=gone)
    gone.is_active = False
    gone.save()
    assert [authenticate_token(secret) for secret in (first, second, third, "")] == [None] * 4


def test_a_token_that_may_read_reads_drafts_and_writes_nothing(client: Client) -> None:
    dataset = DatasetFactory(live=False)
    owner = member(dataset.organization, Capacity.ADMIN)
    _token, secret = create_token(user=owner, scopes="read")
    headers = {"Authorization": secret}
    assert client.get(f"/api/v1/datasets/{dataset.name}/", headers=headers).status_code == 200
    for action, given in (
        ("package_patch", {"id": dataset.name, "title": "ខ្មែរ"}),
        ("api_token_create", {"user": owner.username, "name": "x"}),
    ):
        answer = client.post(f"/api/3/action/{action}", given, content_type="application/json", headers=headers)
        assert answer.status_code == 403
        assert "may only read" in answer.json()["error"]["message"]
    assert ApiToken.objects.count() == 1
    with pytest.raises(ValidationError):
        create_token(user=owner, scopes="everything")


def test_guessing_is_throttled_by_address() -> None:
    _token, secret = create_token(user=UserFactory())
    for number in range(FAILURES):
        assert authenticate_token(f"wrong-{number}", address="192.0.2.1") is None
    with pytest.raises(TooManyAttempts):
        authenticate_token(secret, address="192.0.2.1")
    assert authenticate_token(secret, address="192.0.2.2") is not None
