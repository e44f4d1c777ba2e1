"""What /api/v1/ says about datasets, resources, organizations, groups and licences; OpenAPI is made from here."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from datasets.models import Dataset, Resource, State, Version
from datasets.tabular.findings.contract import MENDS

from .fields import SourceText, Sparse, Translations

TABLE_FORMATS = ("csv", "json", "xlsx", "parquet")


def api_url(path: str) -> str:
    return f"{settings.SITE_URL}/api/v1/{path}"


class LicenceSerializer(Sparse):
    """Under which terms data may be reused."""

    code = serializers.CharField(help_text="CKAN's licence id.")
    title = SourceText()
    title_translated = Translations()
    url = serializers.CharField()
    is_open = serializers.BooleanField(help_text="Approved by the Open Definition or the Open Source Definition.")


class ShortSerializer(serializers.Serializer[Any]):
    """An organization or group inside a dataset."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    title = SourceText()
    title_translated = Translations()


class GroupSerializer(Sparse):
    """A theme of datasets."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    title = SourceText()
    title_translated = Translations()
    description = SourceText()
    description_translated = Translations()
    dataset_count = serializers.IntegerField(help_text="Public datasets.")
    is_sample = serializers.BooleanField()
    created = serializers.DateTimeField()
    modified = serializers.DateTimeField()


class OrganizationSerializer(GroupSerializer):
    """Who publishes datasets."""

    url = serializers.CharField()
    email = serializers.CharField()


class MendSerializer(serializers.Serializer[dict[str, Any]]):
    """A recorded mend: what was found in so many cells of a column of an earlier version."""

    column = serializers.CharField()
    kind = serializers.ChoiceField(choices=MENDS)
    cells = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class VersionSerializer(Sparse):
    """One file of a resource, for good: its bytes never change."""

    id = serializers.UUIDField(source="uuid")
    number = serializers.IntegerField()
    filename = serializers.CharField()
    media_type = serializers.CharField(source="data_file.media_type")
    size = serializers.IntegerField(source="data_file.size", help_text="Bytes.")
    sha256 = serializers.CharField(source="data_file.sha256")
    state = serializers.ChoiceField(choices=State.choices)
    valid = serializers.SerializerMethodField(help_text="Null where there was no table to check.")
    error_count = serializers.IntegerField()
    row_count = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(help_text="What changed, in the publisher's words.")
    mends = MendSerializer(many=True, help_text="The steps by which it was made from an earlier version, if it was.")
    created = serializers.DateTimeField()
    published = serializers.DateTimeField(allow_null=True)
    download_url = serializers.SerializerMethodField(help_text="The original bytes, at an address that never changes.")

    def get_valid(self, version: Version) -> bool | None:
        return {State.VALID: True, State.INVALID: False}.get(State(version.state))

    def get_download_url(self, version: Version) -> str:
        return f"{settings.SITE_URL}/version/{version.uuid}/download/{version.filename}"


class ResourceSerializer(Sparse):
    """A file in its newest published version, or a link."""

    id = serializers.UUIDField(source="uuid")
    dataset = serializers.UUIDField(source="dataset.uuid")
    name = SourceText()
    name_translated = Translations()
    description = SourceText()
    description_translated = Translations()
    format = serializers.CharField()
    link_url = serializers.CharField(help_text="Where the data are when they are not kept here.")
    download_url = serializers.SerializerMethodField(help_text="The original of the current version, byte for byte.")
    version = VersionSerializer(source="current", allow_null=True)
    exports = serializers.SerializerMethodField(help_text="The table in other formats.")
    columns = serializers.SerializerMethodField(help_text="The columns as a Frictionless Table Schema's fields.")
    rows_url = serializers.SerializerMethodField()
    versions_url = serializers.SerializerMethodField()
    report_url = serializers.SerializerMethodField()
    is_sample = serializers.BooleanField(source="dataset.is_sample")
    created = serializers.DateTimeField()
    modified = serializers.DateTimeField()

    def get_download_url(self, resource: Resource) -> str | None:
        if resource.current is None:
            return None
        return f"{settings.SITE_URL}/dataset/{resource.dataset.uuid}/resource/{resource.uuid}/download/{resource.current.filename}"

    def get_exports(self, resource: Resource) -> dict[str, str]:
        if not _is_table(resource):
            return {}
        return {name: f"{settings.SITE_URL}/resource/{resource.uuid}/export.{name}" for name in TABLE_FORMATS}

    def get_columns(self, resource: Resource) -> list[dict[str, Any]]:
        return list(resource.current.schema.get("fields", [])) if resource.current else []

    def get_rows_url(self, resource: Resource) -> str | None:
        return api_url(f"resources/{resource.uuid}/rows/") if _is_table(resource) else None

    def get_versions_url(self, resource: Resource) -> str:
        return api_url(f"resources/{resource.uuid}/versions/")

    def get_report_url(self, resource: Resource) -> str | None:
        return api_url(f"resources/{resource.uuid}/report/") if resource.current and resource.current.report else None


class DatasetSerializer(Sparse):
    """A dataset with its resources."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    title = SourceText()
    title_translated = Translations()
    summary = SourceText()
    summary_translated = Translations()
    notes = SourceText(help_text="Markdown.")
    notes_translated = Translations()
    url = serializers.SerializerMethodField(help_text="The page for people; under /km, /en and /zh-hans.")
    organization = ShortSerializer()
    groups = ShortSerializer(many=True)
    tags = serializers.SerializerMethodField()
    licence = LicenceSerializer(allow_null=True)
    source_name = serializers.CharField()
    source_url = serializers.CharField()
    update_frequency = serializers.CharField()
    coverage_start = serializers.DateField(allow_null=True)
    coverage_end = serializers.DateField(allow_null=True)
    spatial_text = SourceText()
    spatial_text_translated = Translations()
    spatial_code = serializers.CharField()
    contact_name = serializers.CharField()
    contact_email = serializers.CharField()
    sdgs = serializers.ListField(child=serializers.CharField())
    human_security = serializers.ListField(child=serializers.CharField())
    disaggregation = serializers.ListField(child=serializers.CharField())
    is_public = serializers.BooleanField(help_text="False for drafts and private datasets, which only members see.")
    is_sample = serializers.BooleanField(help_text="Sample content: made up or abridged to show how the portal works.")
    created = serializers.DateTimeField()
    modified = serializers.DateTimeField()
    resources = ResourceSerializer(many=True, source="offered_resources")

    def get_tags(self, dataset: Dataset) -> list[str]:
        return sorted(tag.name for tag in dataset.tags.all())

    def get_url(self, dataset: Dataset) -> str:
        return f"{settings.SITE_URL}/km/dataset/{dataset.name}/"


class TableColumnSerializer(serializers.Serializer[Any]):
    """A column of a table."""

    name = serializers.CharField()
    type = serializers.ChoiceField(choices=["text", "integer", "number", "boolean", "date", "datetime", "time"])


class ReportSerializer(serializers.Serializer[Any]):
    """The validation of the current version: frictionless's own report and whose it is."""

    resource = serializers.UUIDField(source="resource.uuid")
    version = serializers.UUIDField(source="uuid")
    number = serializers.IntegerField()
    valid = serializers.SerializerMethodField()
    error_count = serializers.IntegerField()
    row_count = serializers.IntegerField(allow_null=True)
    is_sample = serializers.BooleanField(source="resource.dataset.is_sample")
    report = serializers.DictField(help_text="A Frictionless validation report (frictionless-py 5).")

    def get_valid(self, version: Version) -> bool:
        return version.state == State.VALID


def _is_table(resource: Resource) -> bool:
    return bool(resource.current and resource.current.parquet)
