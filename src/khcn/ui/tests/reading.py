"""Where the templates of the kit lie, for the tests that read them."""

from pathlib import Path

UI = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
COMPONENTS = sorted((UI / "templates" / "ui" / "components").glob("*.html"))
