"""What an operator can set or run is documented; a new setting or command without a line in the docs fails here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""(?:environ(?:\.get\(|\[)|flag\(|integer\(|words\()\s*["']([A-Z_]+)["']""")
SOURCES = [*(ROOT / "portal" / "settings").glob("*.py"), ROOT / "portal" / "supervisor.py", *ROOT.glob("portal/management/commands/*.py")]
SETTINGS = sorted({name for path in SOURCES for name in READ.findall(path.read_text())} - {"DJANGO_SETTINGS_MODULE"})
COMMANDS = sorted(path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py"))


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "operator.md").read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name: str) -> None:
    docs = " ".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert re.search(rf"[`\s]{name}[`\s]", docs)


def test_the_readme_and_the_makefile_name_the_same_commands() -> None:
    offered = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert named
    assert named <= offered
