"""The sample city: topics, guides, initiatives, places and data that show what the portal is for, and say that they are sample."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from datasets.models import Chart, Dataset
from datasets.selectors import visible_resources
from datasets.services.sample_data import load_sample_data
from pages.content import page_fields
from pages.content.files import SAMPLE_FOLDER, ContentError, Entry, read, read_folder, read_list
from pages.models import RECORDS, BasePage, InitiativeIndexPage, Place, Term, TopicPage

from .ensure_homes import ensure_homes
from .setup_site import setup_site
from .write_page import Written, write_page
from .write_record import write_record

Progress = Callable[[str], None]


def load_sample(*, progress: Progress = lambda line: None, folder: Path = SAMPLE_FOLDER, refresh: bool = False, data: bool = True) -> None:
    """Load the sample city from `folder`. Running it again adds what is missing; `refresh` writes everything as the files have it.

    The data come first (`data=False` leaves them out), because guides point at datasets by name. ContentError names a faulty file.
    """
    setup_site(progress=progress)
    if data:
        load_sample_data(progress)
    loader = _Loader(folder, progress, refresh)
    loader.records()
    loader.topics()
    loader.guides()
    loader.journeys()
    loader.initiatives()
    loader.home()


class _Loader:
    def __init__(self, folder: Path, progress: Progress, refresh: bool) -> None:
        self.folder = folder
        self.progress = progress
        self.refresh = refresh
        self.pages: dict[str, BasePage] = {}  # by slug

    def records(self) -> None:
        """Places first: events and ambassadors are at one."""
        kinds: dict[str, tuple[type[Model], str]] = {"places": (Place, "slug"), "terms": (Term, "term")}
        for name, (model, known_by) in {**kinds, **{name: (model, "slug") for name, model in RECORDS.items()}}.items():
            for entry in read_list(self.folder / f"{name}.yaml"):
                row = write_record(
                    model=model, entry=entry, known_by=known_by, is_sample=True, refresh=self.refresh, progress=self.progress
                )
                self.progress(f"  {row}")

    def topics(self) -> None:
        for entry in sorted(read_folder(self.folder / "topics"), key=lambda entry: entry.get("order", 0)):
            self._write(page_fields.simple(TopicPage, entry), ensure_homes())

    def guides(self) -> None:
        for entry in read_folder(self.folder / "guides"):
            topic = self.pages.get(entry.required("topic"))
            if topic is None:
                raise ContentError(f"{entry.path.name}: there is no topic {entry.get('topic')!r}.")
            places = self._keys(entry, Place, "slug", entry.get("places") or ())
            self._write(page_fields.guide(entry, places=places, datasets=self._datasets(entry), facts=self._tables()), topic)

    def journeys(self) -> None:
        for entry in read_folder(self.folder / "journeys"):
            guides = {slug: page.pk for slug, page in self.pages.items()}
            self._write(page_fields.journey(entry, guides), self.pages[entry.required("topic")])

    def initiatives(self) -> None:
        index = self.folder / "initiatives.yaml"
        if not index.exists():
            return
        parent = self._write(page_fields.simple(InitiativeIndexPage, read(index)), ensure_homes()).page
        for entry in sorted(
            read_folder(self.folder / "initiatives"), key=lambda entry: [int(part) for part in str(entry.required("number")).split(".")]
        ):
            guides = [self.pages[slug].pk for slug in entry.get("related_guides") or () if slug in self.pages]
            places = self._keys(entry, Place, "slug", entry.get("related_places") or ())
            content = page_fields.initiative(entry, guides=guides, datasets=self._datasets(entry), places=places, facts=self._tables())
            self._write(content, parent)

    def home(self) -> None:
        """The questions people come with, unless an editor has already made the home page their own."""
        path = self.folder / "home.yaml"
        page = ensure_homes()
        if not path.exists() or (not self.refresh and (page.questions or page.latest_revision.user_id)):
            return
        answers = {slug: page.pk for slug, page in self.pages.items()}
        write_page(content=page_fields.home(read(path), answers), parent=page.get_parent(), is_sample=False, refresh=True)

    def _write(self, content: page_fields.PageContent, parent: Page) -> Written:
        parent.refresh_from_db()
        written = write_page(content=content, parent=parent, is_sample=True, refresh=self.refresh)
        self.pages[content.slug] = written.page
        if written.created:
            self.progress(f"  {' '.join(['km', *written.languages])}: {written.page.title}")
        return written

    def _datasets(self, entry: Entry) -> Sequence[int]:
        return self._keys(entry, Dataset, "name", entry.get("related_datasets") or ())

    def _tables(self) -> dict[str, Any]:
        """What a living fact is made of: each dataset's first published table by the dataset's name, its charts by name/1, name/2 …"""
        tables = visible_resources().exclude(current=None).order_by("-position")
        found: dict[str, Any] = {resource.dataset.name: resource.pk for resource in tables}
        for chart in Chart.objects.filter(is_public=True, resource__in=tables).order_by("pk"):  # the worker has not drawn them yet
            name = chart.resource.dataset.name
            found[f"{name}/{sum(one.startswith(f'{name}/') for one in found) + 1}"] = str(chart.uuid)
        return found

    def _keys(self, entry: Entry, model: type[Model], field: str, names: Sequence[Any]) -> list[int]:
        """Keys of the records called `names`, in their order; what is not there is said and left out."""
        known: dict[Any, int] = dict(model._default_manager.filter(**{f"{field}__in": list(names)}).values_list(field, "pk"))
        for name in names:
            if name not in known:
                self.progress(f"  {entry.path.name}: there is no {model._meta.model_name} {name!r}")
        return [known[name] for name in names if name in known]
