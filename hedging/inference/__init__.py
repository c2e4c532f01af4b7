"""Is it real? Placebo eras, power, intervals and break dates that respect short, autocorrelated histories."""

from hedging.inference.bootstrap import Interval, block_interval
from hedging.inference.breaks import Break, best_break
from hedging.inference.placebo import ShiftTest, shift_test
from hedging.inference.power import smallest_detectable

__all__ = ["Break", "Interval", "ShiftTest", "best_break", "block_interval", "shift_test", "smallest_detectable"]
