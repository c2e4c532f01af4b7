"""The argument as data: claims declared in advance, judged on series, collected for the verdict."""

from hedging.argument.claims import SENSES, Claim, Test, claim, claims
from hedging.argument.evidence import collect
from hedging.argument.finding import MIME, VERDICTS, Finding, judge
from hedging.argument.prose import Predictions, predictions, report
from hedging.argument.universe import Multiverse, multiverse

__all__ = [
    "MIME",
    "SENSES",
    "VERDICTS",
    "Claim",
    "Finding",
    "Multiverse",
    "Predictions",
    "Test",
    "claim",
    "claims",
    "collect",
    "judge",
    "multiverse",
    "predictions",
    "report",
]
