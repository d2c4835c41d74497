"""The laboratory: it plays many campaigns and tests the claims of both theories on them."""
