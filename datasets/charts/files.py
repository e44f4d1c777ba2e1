"""Where the pictures of charts are kept: derived files, made anew when they are lost."""

from pathlib import Path

from django.conf import settings

from datasets.models import Chart

from .drawing import WIDTHS

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def picture_path(chart: Chart, key: str, language: str, size: str) -> Path:
    """`size`: a name in WIDTHS."""
    return Path(settings.CHARTS_DIR) / f"{chart.uuid}.{key}.{language}.{size}.svg"


def are_there(chart: Chart, key: str) -> bool:
    return all(picture_path(chart, key, language, size).is_file() for language in LANGUAGES for size in WIDTHS)


def remove_others(chart: Chart, keys: tuple[str, ...] = ()) -> None:
    """Remove the pictures of a chart but those of `keys`."""
    for path in Path(settings.CHARTS_DIR).glob(f"{chart.uuid}.*"):
        if path.name.split(".")[1] not in keys:
            path.unlink(missing_ok=True)
