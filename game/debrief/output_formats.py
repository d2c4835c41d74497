"""What a debrief is written as: text, Markdown, a page, JSON, a table, or a packet for a class."""

import io
import json
import zipfile

from game.debrief.analysis import Analysis
from game.debrief.citation import foot
from game.debrief.decision_panel import codebook, panel
from game.debrief.document import document
from game.debrief.lesson_plan import lesson_plan
from game.debrief.prediction_sheet import prediction_sheet
from game.debrief.report_json import json_of
from game.debrief.report_types import Report
from game.debrief.summary import summary
from game.debrief.worksheet import answer_sheet, question_sheet
from game.page.html import html
from game.page.markdown import markdown
from game.page.plain import plain

FORMS = ("text", "md", "html", "json", "csv")
"""What a debrief can be written as; their endings but for text, which has `.txt`."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of a packet's files: the same debrief is the same bytes."""
READ_ME = """Teacher's packet: {title}

lesson.html      for the teacher: a plan for 50 minutes, a glossary, what to read, how to cite
prediction.html  to hand out first: what is known of six states, and room for two guesses
questions.html   questions about this campaign, to hand out
answers.html     the same with answers, for the teacher
debrief.html     the debrief; opens in any browser without a network, and prints on a dozen pages
debrief.json     the same figures, for a seminar's own analysis
{panel}{save}
Nothing in these files loads anything from elsewhere.

{foot}
"""
WITH_PANEL = (
    "decisions.csv    every decision as a row, for R, Stata or pandas\n"
    "codebook.csv     what its columns mean\n"
)
WITH_SAVE = (
    "campaign.json    the save: realpolitik debrief campaign.json, or resume it to look around\n"
    "                 (it holds the sealed envelopes)\n"
)


def written(report: Report, form: str, analysis: Analysis | None = None) -> str:
    """A debrief in one of `FORMS`; a table of decisions needs the `analysis` that it is from.

    Raises ValueError for another form, or for `csv` without the analysis.
    """
    match form:
        case "csv" if analysis is not None:
            return panel([(analysis, report)])
        case "text":
            return plain(summary(report))
        case "md":
            return markdown(document(report))
        case "html":
            return html(document(report))
        case "json":
            return json.dumps(json_of(report), indent=1, allow_nan=False) + "\n"
    raise ValueError(f"a debrief is not written as {form!r}")


def packet(report: Report, save: bytes | None = None, analysis: Analysis | None = None) -> bytes:
    """A packet for a class as the bytes of a zip file; a blind one comes without the save."""
    files: dict[str, bytes] = {
        "README.txt": READ_ME.format(
            title=report.campaign.title,
            panel=WITH_PANEL if analysis is not None else "",
            save=WITH_SAVE if save is not None else "",
            foot=foot(report),
        ).encode(),
        "lesson.html": html(lesson_plan(report)).encode(),
        "prediction.html": html(prediction_sheet(report)).encode(),
        "questions.html": html(question_sheet(report)).encode(),
        "answers.html": html(answer_sheet(report)).encode(),
        "debrief.html": written(report, "html").encode(),
        "debrief.json": written(report, "json").encode(),
    }
    if analysis is not None:
        files["decisions.csv"] = written(report, "csv", analysis).encode()
        files["codebook.csv"] = codebook([report]).encode()
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
