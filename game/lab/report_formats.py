"""The report as tables of text, as JSON, or as an HTML page with charts."""

import json
from pathlib import Path
from typing import Any

FORMS = {".html": "html", ".htm": "html", ".json": "json"}
"""File ending -> form."""


def history_as_text(report: dict[str, Any], form: str | None, path: Path | None) -> str:
    """The report of `lab --history` as text, json or html, chosen as for the scorecard."""
    chosen = _form(form, path)
    if chosen == "json":
        return json.dumps(report, indent=1)
    from game.lab.outcomes_text import document, text

    if chosen == "html":
        from game.page.html import html

        return html(document(report)).rstrip("\n")
    return text(report)


def _form(form: str | None, path: Path | None) -> str:
    """What was asked for, or else what the file's ending says, or else text."""
    return form or (FORMS.get(path.suffix.lower()) if path is not None else None) or "text"


def as_text(report: dict[str, Any], form: str | None, path: Path | None) -> str:
    """The report as text, json or html; where none is named, what the file's ending says."""
    chosen = _form(form, path)
    if chosen == "json":
        return json.dumps(report, indent=1)
    if chosen == "html":
        from game.lab.report_page import document
        from game.page.html import html

        return html(document(report)).rstrip("\n")
    from game.lab.text_tables import text

    return text(report)
