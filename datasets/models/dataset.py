"""A dataset: one row in all languages, drafted, moderated and published like a page."""

from contextlib import nullcontext
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from datasets.vocabularies import Disaggregation, HumanSecurity, Sdg, UpdateFrequency, VocabularyField

from .identity import Named, Withdrawable, language_path
from .tag import Tag

REFERENCES = {"organization", "licence", "groups", "tags"}


class Dataset(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, Withdrawable, Named, ClusterableModel):
    """What is described, licensed and found. Public: `live`, not `private`, `deleted_at` empty (`selectors.visible_datasets`).

    The row holds what is published; a draft lives in the latest revision. Resources and versions are rows of their own.
    """

    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True, help_text=_("One sentence: what these data tell."))
    notes = models.TextField(
        _("description"), blank=True, help_text=_("How the data were made, what they cover, what to beware of. Markdown.")
    )
    organization = models.ForeignKey(
        "datasets.Organization", on_delete=models.PROTECT, related_name="datasets", verbose_name=_("organization")
    )
    groups = ParentalManyToManyField("datasets.Group", blank=True, related_name="datasets", verbose_name=_("groups"))
    tags = ParentalManyToManyField(Tag, blank=True, related_name="datasets", verbose_name=_("tags"))
    licence = models.ForeignKey(
        "datasets.Licence", on_delete=models.PROTECT, null=True, blank=True, related_name="datasets", verbose_name=_("licence")
    )
    source_name = models.CharField(_("source"), max_length=300, blank=True, help_text=_("Who made the data, if not the organization."))
    source_url = models.URLField(_("address of the source"), max_length=1000, blank=True)
    update_frequency = models.CharField(_("update frequency"), max_length=20, choices=UpdateFrequency.choices, blank=True)
    coverage_start = models.DateField(_("covers from"), null=True, blank=True)
    coverage_end = models.DateField(_("covers until"), null=True, blank=True)
    spatial_text = models.CharField(_("place"), max_length=300, blank=True)
    spatial_code = models.CharField(_("code of the place"), max_length=50, blank=True, help_text=_("The NIS geocode, 18 for the province."))
    contact_name = models.CharField(_("contact"), max_length=300, blank=True)
    contact_email = models.EmailField(_("contact's e-mail address"), blank=True, help_text=_("Shown in public."))
    sdgs = VocabularyField(Sdg, verbose_name=_("Sustainable Development Goals"))
    human_security = VocabularyField(HumanSecurity, verbose_name=_("human security"))
    disaggregation = VocabularyField(Disaggregation, verbose_name=_("broken down by"))
    extras = models.JSONField(default=dict, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample content"), default=False)
    private = models.BooleanField(_("private"), default=False, help_text=_("Only members of the organization see it."))
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="dataset")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="dataset",
        for_concrete_model=False,
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        # What the public sees, in the orders in which it is listed.
        indexes = [
            models.Index(fields=[order], condition=models.Q(live=True, private=False, deleted_at=None), name=f"dataset_public_{order}")
            for order in ("name", "modified")
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def revisions(self) -> models.QuerySet[Any]:
        return self._revisions.all()

    @property
    def is_public(self) -> bool:
        return self.live and not self.private and self.deleted_at is None

    @property
    def is_new(self) -> bool:
        """It never was public: neither search nor the stored package dictionaries know it."""
        return not self.live and self.first_published_at is None

    def get_absolute_url(self) -> str:
        return language_path(f"/dataset/{self.name}/")

    def clean(self) -> None:
        super().clean()
        if not any((getattr(self, f"title_{language}") or "").strip() for language in ("km", "en", "zh_hans")):
            raise ValidationError({"title_km": _("Give a title in at least one language.")})
        if self.coverage_start and self.coverage_end and self.coverage_end < self.coverage_start:
            raise ValidationError({"coverage_end": _("The data cannot end before they begin.")})

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The draft as an object. A revision never brings back an old name, owner's key or deletion: those are facts of the row."""
        draft = super().with_content_json(content)
        for fact in ("uuid", "name", "created", "modified", "deleted_at", "deleted_reason", "replaced_by", "creator_id"):
            setattr(draft, fact, getattr(self, fact))
        return draft

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Wagtail's publication, by whichever way it comes: the button, a workflow's last approval, the timetable, a service.

        Wagtail's own checks look at the model only; this one looks at the organization, and a `user` is never waved through.
        """
        from datasets.policies import can_publish, require

        if user is not None:
            require(can_publish(user, type(self).objects.only("organization").get(pk=self.pk)))
        return super().publish(revision, user=user, **options)

    def unpublish(self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: Any = True) -> Any:
        """Wagtail's withdrawal, refused to a `user` who may not publish for the organization."""
        from datasets.policies import can_publish, require

        if user is not None:
            require(can_publish(user, type(self).objects.only("organization").get(pk=self.pk)))
        return super().unpublish(set_expired=set_expired, commit=commit, user=user, log_action=log_action)

    def save(self, *args: Any, **options: Any) -> None:
        """As ever; where only other columns are written (`update_fields`), Wagtail need not look again what the dataset refers to."""
        from wagtail.signal_handlers import disable_reference_index_auto_update

        fields = options.get("update_fields")
        with nullcontext() if fields is None or REFERENCES & set(fields) else disable_reference_index_auto_update():
            super().save(*args, **options)

    def save_revision(self, *args: Any, **options: Any) -> Any:
        """The revision. The row of a dataset that is not public follows its draft, so that members and programs see what was saved."""
        first = self.latest_revision_id is None  # made right after the row itself
        revision = super().save_revision(*args, **options)
        if not self.live and not first:
            self.save()
        return revision

    def touch(self) -> None:
        """Say that what belongs to the dataset has changed: `modified` moves, and search looks again."""
        self.save(update_fields=["modified"])

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "datasets/dataset.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "is_sample": self.is_sample}


class FormerName(models.Model):
    """A name a dataset had before: its old address still leads to it."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="former_names")
    name = models.SlugField(max_length=100, unique=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return self.name
