"""Is it real? Placebo eras, calibrated intervals and breaks, comparison states, controls, and the power of each.

Every procedure that judges a claim is held to 5% false alarms on break-free, persistent histories: see
`hedging.inference.simulation`.
"""

from hedging.inference.bayes import LevelShift, level_shift
from hedging.inference.bootstrap import Interval, block_interval
from hedging.inference.breaks import Break, best_break
from hedging.inference.comparison import Comparison, compare, members
from hedging.inference.controls import Controls, negative_controls
from hedging.inference.counts import CountPower, count_power
from hedging.inference.dating import Dating, Hits, date_breaks, hits
from hedging.inference.eras import EraTest, era_test
from hedging.inference.joint import JointTest, joint_test, stack_contrasts
from hedging.inference.levels import Level, level_interval
from hedging.inference.partitions import PartitionTest, partition_test
from hedging.inference.placebo import ShiftTest, shift_test
from hedging.inference.power import smallest_detectable

__all__ = [
    "Break",
    "Comparison",
    "Controls",
    "CountPower",
    "Dating",
    "EraTest",
    "Hits",
    "Interval",
    "JointTest",
    "Level",
    "LevelShift",
    "PartitionTest",
    "ShiftTest",
    "best_break",
    "block_interval",
    "compare",
    "count_power",
    "date_breaks",
    "era_test",
    "hits",
    "joint_test",
    "level_interval",
    "level_shift",
    "members",
    "negative_controls",
    "partition_test",
    "shift_test",
    "smallest_detectable",
    "stack_contrasts",
]
