"""The scorecard: one row for every claim of the ledger, declared before it is run."""
