"""Documents as values, and HTML or Markdown made from them (one file, without links)."""
