"""A small city for all tests of this room: loaded once, rolled back at the end, each test in its own savepoint."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from pages.models import BasePage
from pages.services.load_sample import load_sample

DATA = Path(__file__).parent / "data"
EVICTION = "land-and-housing/eviction-notice/"
VACCINATION = "health/vaccination/"


@pytest.fixture(scope="package")
def loaded_city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            load_sample(folder=DATA, data=False)
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            cache.clear()


@pytest.fixture
def city(loaded_city: None, db: None) -> Iterator[None]:
    """Two topics, a rights guide in three languages, a health guide that is not in Chinese, two initiatives, two places."""
    cache.clear()
    yield
    cache.clear()


def page_of(slug: str, language: str) -> BasePage:
    return Page.objects.get(slug=slug, locale__language_code=language).specific


@pytest.fixture
def sign_in(db: None) -> Callable[..., Client]:
    """A browser in which somebody with these roles is signed in; no role: the administrator."""

    def enter(*roles: str) -> Client:
        user = User.objects.create_user("_".join(roles) or "admin", password="a long enough one", is_superuser=not roles)
        user.groups.set(Group.objects.filter(name__in=roles))
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return enter
