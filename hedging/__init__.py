"""Done Hedging? The library that the book's notebooks import.

Six rooms, each importing only from those named before it:
tables, measures, inference, argument, charts, press.
"""

__version__ = "0.1.0"
