"""The report in each of its forms: tables of text, JSON, a page with charts."""

import json
from pathlib import Path
from typing import Any

FORMS = {".html": "html", ".htm": "html", ".json": "json"}
"""Endings of files that say which form is meant."""


def as_text(report: dict[str, Any], form: str | None, path: Path | None) -> str:
    """The report as text, json or html; where none is named, what the file's ending says."""
    chosen = form or (FORMS.get(path.suffix.lower()) if path is not None else None) or "text"
    if chosen == "json":
        return json.dumps(report, indent=1)
    if chosen == "html":
        from game.lab.report_page import document
        from game.page.html import html

        return html(document(report)).rstrip("\n")
    from game.lab.text_tables import text

    return text(report)
