"""What a debrief is written as: text, Markdown, a page, JSON, or a packet for a class."""

import io
import json
import zipfile

from game.debrief.document import document
from game.debrief.report_json import json_of
from game.debrief.report_types import Report
from game.debrief.summary import summary
from game.debrief.worksheet import answer_sheet, question_sheet
from game.page.html import html
from game.page.markdown import markdown
from game.page.plain import plain

FORMS = ("text", "md", "html", "json")
"""What a debrief can be written as; their endings but for text, which has `.txt`."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of a packet's files: the same debrief is the same bytes."""
READ_ME = """Teacher's packet: {title}

debrief.html    the debrief; opens in any browser without a network, and prints
debrief.json    the same figures, for a seminar's own analysis
questions.html  questions about this campaign, to hand out
answers.html    the same with answers, for the teacher
{save}
Nothing in these files loads anything from elsewhere.
"""
WITH_SAVE = (
    "campaign.json   the save: realpolitik debrief campaign.json, or resume it to look around\n"
    "                (it holds the sealed envelopes)\n"
)


def written(report: Report, form: str) -> str:
    """A debrief in one of `FORMS`. Raises ValueError for another."""
    match form:
        case "text":
            return plain(summary(report))
        case "md":
            return markdown(document(report))
        case "html":
            return html(document(report))
        case "json":
            return json.dumps(json_of(report), indent=1, allow_nan=False) + "\n"
    raise ValueError(f"a debrief is not written as {form!r}")


def packet(report: Report, save: bytes | None = None) -> bytes:
    """A packet for a class as the bytes of a zip file; a blind one comes without the save."""
    files: dict[str, bytes] = {
        "README.txt": READ_ME.format(
            title=report.campaign.title, save=WITH_SAVE if save is not None else ""
        ).encode(),
        "debrief.html": written(report, "html").encode(),
        "debrief.json": written(report, "json").encode(),
        "questions.html": html(question_sheet(report)).encode(),
        "answers.html": html(answer_sheet(report)).encode(),
    }
    if save is not None:
        files["campaign.json"] = save
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            whole.writestr(entry, content)
    return made.getvalue()
