"""An empty but working portal: home pages and the texts that every public site owes its readers."""

from collections.abc import Callable

from pages.content.files import SAMPLE_FOLDER, read_folder
from pages.content.page_fields import plain_page

from .ensure_homes import ensure_homes
from .write_page import write_page


def setup_site(*, progress: Callable[[str], None] = lambda line: None) -> None:
    """Home pages in three languages, and about, accessibility, open data and privacy where they are missing. Can run again."""
    home = ensure_homes()
    for entry in read_folder(SAMPLE_FOLDER / "plain"):
        home.refresh_from_db()
        written = write_page(content=plain_page(entry), parent=home, is_sample=bool(entry.get("is_sample", False)))
        if written.created:
            progress(f"{written.page.url} {written.page.title}")
