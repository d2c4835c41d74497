"""The report as tables of text, as JSON, or as an HTML page with charts."""

import json
from pathlib import Path
from typing import Any

FORMS = {".html": "html", ".htm": "html", ".json": "json"}
"""File ending -> form."""


def as_text(report: dict[str, Any], form: str | None, path: Path | None) -> str:
    """The report in a form (text, json or html); without one, the form of the file's ending."""
    chosen = form or (FORMS.get(path.suffix.lower()) if path is not None else None) or "text"
    if chosen == "json":
        return json.dumps(report, indent=1)
    if chosen == "html":
        from game.lab.report_page import document
        from game.page.html import html

        return html(document(report)).rstrip("\n")
    from game.lab.text_tables import text

    return text(report)
