"""Fixtures for the admin's tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from datasets.models import Capacity, Organization, Resource

from .admin_people import client_of
from .factories import OrganizationFactory, ResourceFactory
from .uploading import signed_in


@pytest.fixture
def organization(db: None) -> Organization:
    return OrganizationFactory(name="land-office")


@pytest.fixture
def people(organization: Organization) -> Callable[[str], Client]:
    """`people("editor")` is a browser of an editor of `organization`."""
    return lambda kind: client_of(kind, organization)


@pytest.fixture
def folders(tmp_path: Path, settings: Any) -> None:
    """Files and tables of this test in folders of its own."""
    settings.FILES_DIR = tmp_path / "files"
    settings.PARQUET_DIR = tmp_path / "parquet"


@pytest.fixture
def resource(folders: None, db: None) -> Resource:
    """A resource of a published dataset, still without a file."""
    return ResourceFactory()


@pytest.fixture
def editor(resource: Resource) -> Client:
    """A browser of somebody who may edit `resource`, reading English."""
    return signed_in(resource, Capacity.EDITOR)
