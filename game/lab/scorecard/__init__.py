"""The scorecard: a test for every claim of the ledger, with bounds fixed before it is run."""
