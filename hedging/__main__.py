"""`python -m hedging` is the command line."""

from hedging.cli import main

main()
