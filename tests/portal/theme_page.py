"""docs/theme.md as a page: its `html` examples inside base.html."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

LANGUAGES = [code for code, _ in settings.LANGUAGES]
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "theme.md"


def theme_page(language: str) -> str:
    """The whole page in `language`: shell and notices translated, examples as written."""
    examples = re.findall(r"^```html\n(.*?)^```$", DOCUMENT.read_text(), re.M | re.S)
    page = '{% extends "base.html" %}{% block title %}Theme{% endblock %}{% block content %}' + "\n<hr>\n".join(examples) + "{% endblock %}"
    with translation.override(language):
        return engines["django"].from_string(page).render({"is_sample": True}, RequestFactory().get(f"/{language}/theme/"))
