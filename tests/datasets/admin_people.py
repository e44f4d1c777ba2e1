"""Everybody who may come to the admin, what each may do, and how the tests ask."""

import json
from typing import Any

from django.contrib.auth.models import Group as Role
from django.test import Client
from django.urls import reverse

from datasets.models import Capacity, Dataset, Organization

from .factories import OrganizationFactory, UserFactory, member

SNIPPET = "wagtailsnippets_datasets_dataset"
PEOPLE = ["anonymous", "stranger", "outsider", "member", "editor", "admin", "reviewer", "superuser"]
VIEW = {"member", "editor", "admin", "reviewer", "superuser"}
EDIT = {"editor", "admin", "reviewer", "superuser"}
PUBLISH = {"admin", "reviewer", "superuser"}
ADMINISTER = {"admin", "superuser"}


def client_of(kind: str, organization: Organization) -> Client:
    """A browser of somebody of this kind: strangers have the role without any organization, outsiders are admins of another one."""
    made = {
        "anonymous": lambda: None,
        "stranger": lambda: in_role(UserFactory(), "data publisher"),
        "outsider": lambda: member(OrganizationFactory(), Capacity.ADMIN),
        "member": lambda: member(organization, Capacity.MEMBER),
        "editor": lambda: member(organization, Capacity.EDITOR),
        "admin": lambda: member(organization, Capacity.ADMIN),
        "reviewer": lambda: in_role(member(organization, Capacity.MEMBER), "reviewer"),
        "superuser": lambda: UserFactory(is_superuser=True),
    }[kind]()
    client = Client()
    if made:
        client.force_login(made)
    return client


def in_role(user: Any, name: str) -> Any:
    user.groups.add(Role.objects.get(name=name))
    return user


def form_of(dataset: Dataset, **changes: str) -> dict[str, str]:
    fields = {f"{name}_{code}": "" for name in ("title", "summary", "notes", "spatial_text") for code in ("km", "en", "zh_hans")}
    fields |= {"title_km": "ចំណងជើងថ្មី", "organization": str(dataset.organization_id), "name": dataset.name, "tags": "ទឹកជំនន់"}
    fields |= dict.fromkeys(("licence", "source_name", "source_url", "update_frequency", "coverage_start", "coverage_end"), "")
    fields |= {"spatial_code": "", "contact_name": "", "contact_email": ""}
    return fields | changes


def url(name: str, *args: Any) -> str:
    return reverse(f"{SNIPPET}:{name}", args=args)


def refused(response: Any) -> bool:
    return response.status_code == 403 or (response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home"))


def text(response: Any) -> str:
    if response.streaming:
        return b"".join(response).decode()
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return str(response.content.decode())
