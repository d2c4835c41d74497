"""Self-contained pages: a document as a value, and HTML or Markdown made of it."""
