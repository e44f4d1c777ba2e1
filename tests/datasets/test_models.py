import pytest
from django.contrib.auth.models import Group as Role
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from datasets.models import Licence, Tag
from datasets.models.tag import tidy_tag, validate_tag
from datasets.vocabularies import Sdg, labels

from .factories import DatasetFactory

pytestmark = pytest.mark.django_db

CKAN = ["notspecified", "odc-pddl", "odc-odbl", "odc-by", "cc-zero", "cc-by", "cc-by-sa", "gfdl"]
CKAN += ["other-open", "other-pd", "other-at", "uk-ogl", "cc-nc", "other-nc", "other-closed"]


def test_licences_are_those_of_ckan_in_its_order() -> None:
    assert list(Licence.objects.values_list("code", flat=True)) == CKAN
    assert list(Licence.objects.filter(is_open=True).values_list("code", flat=True)) == CKAN[1:12]


def test_roles_come_with_the_migration() -> None:
    assert set(Role.objects.values_list("name", flat=True)) >= {"author", "translator", "reviewer", "data publisher"}


def test_texts_follow_the_readers_language_and_fall_back_to_khmer() -> None:
    dataset = DatasetFactory(summary_zh_hans="")
    with translation.override("zh-hans"):
        assert dataset.title == "西哈努克省的村庄"
        assert dataset.summary == "បញ្ជីភូមិទាំងអស់ ជាមួយកូដភូមិសាស្ត្រ"
        assert dataset.get_absolute_url() == f"/zh-hans/dataset/{dataset.name}/"


@pytest.mark.parametrize("name", ["ទឹកជំនន់", "កម្ពុជា ២០២៦", "ការ\u200bគ្រប់គ្រង", "洪水", "flood-2026", "C++", "Preah Sihanouk (18)"])
def test_tags_of_every_script_are_accepted(name: str) -> None:
    validate_tag(name)


@pytest.mark.parametrize("name", ["<script>", "a;b", "--", "a\x00b", "50%"])
def test_other_characters_are_refused_in_tags(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_tag(name)


@given(st.text())
def test_tidying_a_tag_twice_changes_nothing(name: str) -> None:
    assert tidy_tag(tidy_tag(name)) == tidy_tag(name)


def test_a_tag_is_kept_composed() -> None:
    Tag.objects.create(name="  cafe\u0301   noir ")
    assert Tag.objects.get().name == "café noir"


def test_codes_outside_the_vocabulary_are_refused() -> None:
    dataset = DatasetFactory(sdgs=["11", "99"])
    with pytest.raises(ValidationError) as refused:
        dataset.full_clean()
    assert "sdgs" in refused.value.message_dict


def test_vocabulary_labels_keep_the_vocabularys_order() -> None:
    with translation.override("en"):
        assert labels(Sdg, ["11", "1", "99"]) == ["No poverty", "Sustainable cities and communities"]


def test_a_draft_never_renames_or_undeletes_the_published_row() -> None:
    dataset = DatasetFactory()
    dataset.save_revision()
    type(dataset).objects.filter(pk=dataset.pk).update(name="new-name")
    dataset.refresh_from_db()
    assert dataset.get_latest_revision_as_object().name == "new-name"
