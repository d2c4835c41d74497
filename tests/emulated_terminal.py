"""A terminal's screen as the game writes to it: cells with their characters and styles."""

import re

from rich.cells import cell_len

TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H|\x1b\[(?P<style>[\d;]*)m"
    r"|\x1b\[[<>=?]?[\d;]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^\[\]]"
    r"|(?P<text>[^\x1b])",
    re.DOTALL,
)


class EmulatedTerminal:
    """Cells as they look: [row][column] of (character, style)."""

    def __init__(self, width: int, height: int) -> None:
        self.cells = [[(" ", "")] * width for _ in range(height)]
        self._row = self._column = 0
        self._style = ""

    def feed(self, written: str) -> None:
        """Take what was written."""
        for token in TOKEN.finditer(written):
            if token["row"] is not None:
                self._row, self._column = int(token["row"]) - 1, int(token["column"]) - 1
            elif token["style"] is not None:
                self._style = token["style"].strip("0;") and token["style"]
            elif token["text"] is not None and token["text"].isprintable():
                self._put(token["text"])

    def _put(self, character: str) -> None:
        line, width = self.cells[self._row], cell_len(character)
        if not width:
            text, style = line[self._column - 1]
            line[self._column - 1] = (text + character, style)
            return
        for half in range(width):
            self._take_away(line, self._column + half)
            line[self._column + half] = (character if not half else "", self._style)
        self._column += width

    @staticmethod
    def _take_away(line: list[tuple[str, str]], at: int) -> None:
        """Half of a wide character does not stay when the other half is written over."""
        if not line[at][0] and at:
            line[at - 1] = (" ", line[at - 1][1])
        if at + 1 < len(line) and not line[at + 1][0]:
            line[at + 1] = (" ", line[at + 1][1])
