"""`hedging watch`: save a file, see the page.

Two processes. The first serves the site, hears of saved files and tells people (`desk`, `saves`, `server`, `board`).
The second, the bench, has imported Sphinx, papermill and the rest once, holds a session of warm kernels, and forks a
builder for each save (`bench`, `builder`). A builder forgets the book's own modules and imports them as they are on
disk, so that nothing is ever made by code as it was before an edit.
"""
