"""Free keywords, in any language."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified

# Joiners and the zero-width space are part of written Khmer; the rest is punctuation found inside names.
ALLOWED = frozenset("\u200b\u200c\u200d -_.,·/&+'’()៖")


def tidy_tag(name: str) -> str:
    """`name` in Unicode NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def validate_tag(name: str) -> None:
    """ValidationError unless `name` is letters, signs, digits, joiners, spaces and common punctuation of any script."""
    wrong = sorted({character for character in name if character not in ALLOWED and unicodedata.category(character)[0] not in "LMN"})
    if wrong:
        raise ValidationError(_("A tag cannot contain %(characters)s."), code="invalid", params={"characters": " ".join(wrong)})
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise ValidationError(_("A tag needs a letter or a digit."), code="invalid")


class Tag(Identified):
    """One keyword. `name` is kept in NFC; CKAN's rules, widened to Khmer and every other script."""

    name = models.CharField(_("name"), max_length=100, unique=True, validators=[validate_tag])

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: object = None) -> None:
        self.name = tidy_tag(self.name)
        super().clean_fields(exclude=exclude)

    def save(self, **options: object) -> None:
        self.name = tidy_tag(self.name)
        super().save(**options)
