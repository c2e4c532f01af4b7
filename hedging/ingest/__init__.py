"""From raw sources to `data/`: one module a table; each knows its source's quirks, and nothing else does."""
