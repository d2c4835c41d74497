"""The report as tables of text, as JSON, or as an HTML page with charts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.page.blocks import Document

FORMS = {".html": "html", ".htm": "html", ".json": "json"}
"""File ending -> form."""


def document_as_text(
    report: dict[str, Any],
    document: Callable[[dict[str, Any]], Document],
    form: str | None,
    path: Path | None,
) -> str:
    """A report as text, json or html, chosen as for the scorecard; `document` makes a page of it.

    It is that of `lab --history` or of `lab --deduction`.
    """
    chosen = _form(form, path)
    if chosen == "json":
        return json.dumps(report, indent=1)
    if chosen == "html":
        from game.page.html import html

        return html(document(report)).rstrip("\n")
    from game.lab.outcomes_text import text

    return text(document(report))


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
