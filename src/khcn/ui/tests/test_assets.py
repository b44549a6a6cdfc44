"""Pages find the built styles and scripts, and live without them."""

import json

import pytest
from django.template import Context, Template

from khcn.ui import assets


@pytest.fixture
def manifest(tmp_path):
    chunks = {
        "_shared.js": {"file": "assets/shared.js", "css": ["assets/shared.css"]},
        "app.js": {
            "file": "assets/app.js",
            "name": "app",
            "isEntry": True,
            "imports": ["_shared.js"],
            "css": ["assets/app.css"],
        },
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(chunks), encoding="utf-8")
    return path


def test_styles_of_shared_parts_come_before_the_entrys_own(manifest):
    bundle = assets.bundle("app", manifest)

    assert bundle.styles == ("ui/dist/assets/shared.css", "ui/dist/assets/app.css")
    assert bundle.scripts == ("ui/dist/assets/app.js",)


def test_an_unknown_entry_is_refused_with_the_place_to_declare_it(manifest):
    with pytest.raises(assets.UnknownEntry, match=r"vite\.config\.js"):
        assets.bundle("khong-co", manifest)


def test_a_page_without_its_bundle_stays_readable(tmp_path, monkeypatch):
    monkeypatch.setattr(assets.bundle, "__defaults__", (tmp_path / "nowhere.json",))

    html = Template('{% load ui %}{% assets "app" %}').render(Context())

    assert "make assets" in html
    assert "<script" not in html
