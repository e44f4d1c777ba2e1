"""The examples of docs/api.md, run as a reader would: in a shell, one block after another."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from datasets.ckan import actions, registry  # noqa: F401  (the import registers them)

from .conftest import City

GUIDE = Path(__file__).parents[3] / "docs" / "api.md"
# The guide speaks of the sample city, which readers have before them; the tests have a smaller one.
HERE = {
    '"words": "ដីធ្លី"': '"words": "ភូមិ"',
    "commune-idpoor-households": "villages",
    "sample-data-office": "land-office",
    "q=sample": "q=land",
    "q=IDPoor": "q=villages",
    "poor_households": "population",
    "commune_name_latin": "name_km",
}


def test_every_action_is_listed() -> None:
    listed = set(re.findall(r"`(\w+)`", GUIDE.read_text().partition("### Every action")[2].partition("Left out on purpose")[0]))
    assert listed == set(registry.names())


@pytest.mark.skipif(shutil.which("curl") is None and "CI" not in os.environ, reason="curl is not installed")
def test_every_example_works(server: str, city: City, tmp_path: Path, settings: Any) -> None:
    settings.API_RATE_LIMIT = 6000
    blocks = re.findall(r"^```bash\n(.*?)^```", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 10
    described = city.table.current
    described.schema["fields"][0]["kind"] = "administrative-code"  # as the sample's table has one, which can be joined by place
    described.save(update_fields=["schema"])
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PORTAL": server,
        "TOKEN": city.token,
        "RESOURCE": str(city.table.uuid),
    }
    for block in blocks:
        for there, here in HERE.items():
            block = block.replace(there, here)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100
        )
        assert done.returncode == 0, f"{block}\n{done.stdout[-1000:]}\n{done.stderr[-1000:]}"
