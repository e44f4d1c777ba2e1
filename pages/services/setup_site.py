"""An empty but working portal: home pages and the texts that every public site owes its readers."""

from collections.abc import Callable

from django.db import transaction

from pages.content.files import SAMPLE_FOLDER, read_folder
from pages.content.page_fields import simple
from pages.models import HomePage, PlainPage

from .ensure_homes import ensure_homes
from .write_page import write_page


@transaction.atomic
def setup_site(*, progress: Callable[[str], None] = lambda line: None) -> None:
    """Home pages in three languages, and about, accessibility, open data and privacy. Done once: what editors take away stays away."""
    if HomePage.objects.exists():
        return
    home = ensure_homes()
    for entry in read_folder(SAMPLE_FOLDER / "plain"):
        home.refresh_from_db()
        written = write_page(content=simple(PlainPage, entry), parent=home, is_sample=False)
        progress(f"  {' '.join(['km', *written.languages])}: {written.page.title}")
