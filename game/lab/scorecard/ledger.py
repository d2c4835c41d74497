"""All rows, in the ledger's order."""

from game.lab.scorecard.alliance_record_rows import RECORD_ROWS
from game.lab.scorecard.literature_rows import H_ROWS
from game.lab.scorecard.row import Row
from game.lab.scorecard.shared_rows import S_ROWS
from game.lab.scorecard.walt_rows import T_ROWS
from game.lab.scorecard.waltz_rows import W_ROWS

ROWS: tuple[Row, ...] = (*S_ROWS, *W_ROWS, *T_ROWS, *H_ROWS, *RECORD_ROWS)
"""S1 to S14, W1 to W14, T1 to T14, H1 to H14."""
