"""Rows to test with, in real Khmer, English and Chinese."""

from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from datasets.models import Capacity, Dataset, Group, Licence, Membership, Organization, Resource, Tag


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"sokha{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password("ក្រុងព្រះសីហនុ-2026")


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"land-office-{n}")
    title_km = "មន្ទីររៀបចំដែនដី"
    title_en = "Land Management Department"
    title_zh_hans = "国土管理局"
    description_km = "ទិន្នន័យដីធ្លី និងលំនៅឋានក្នុងខេត្តព្រះសីហនុ"


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"housing-{n}")
    title_km = "ដីធ្លី និងលំនៅឋាន"
    title_en = "Land and housing"
    title_zh_hans = "土地与住房"


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag
        django_get_or_create = ("name",)

    name = "ទឹកជំនន់"


class DatasetFactory(factory.django.DjangoModelFactory):
    """A published dataset; `live=False` for a draft. `tags=["ទឹកជំនន់"]` and `groups=[group]` are attached."""

    class Meta:
        model = Dataset
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"villages-{n}")
    title_km = "ភូមិក្នុងខេត្តព្រះសីហនុ"
    title_en = "Villages of Preah Sihanouk province"
    title_zh_hans = "西哈努克省的村庄"
    summary_km = "បញ្ជីភូមិទាំងអស់ ជាមួយកូដភូមិសាស្ត្រ"
    summary_en = "Every village with its geocode"
    notes_km = "ប្រមូលពីវិទ្យាស្ថានជាតិស្ថិតិ។"
    organization = factory.SubFactory(OrganizationFactory)
    licence = factory.LazyFunction(lambda: Licence.objects.get(code="cc-by"))
    live = True
    first_published_at = factory.LazyAttribute(lambda dataset: timezone.now() if dataset.live else None)

    @factory.post_generation
    def tags(self, create: bool, names: list[str] | None, **kwargs: Any) -> None:
        if create and names:
            self.tags.set([TagFactory(name=name) for name in names])
            self.save()

    @factory.post_generation
    def groups(self, create: bool, groups: list[Group] | None, **kwargs: Any) -> None:
        if create and groups:
            self.groups.set(groups)
            self.save()


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource

    dataset = factory.SubFactory(DatasetFactory)
    name_km = "បញ្ជីភូមិ"
    name_en = "List of villages"
    name_zh_hans = "村庄名单"


def member(organization: Organization, capacity: str = Capacity.EDITOR, **fields: Any) -> Any:
    """A new user with this capacity in the organization, who may open the admin."""
    user = UserFactory(**fields)
    Membership.objects.create(user=user, organization=organization, capacity=capacity)
    return user
