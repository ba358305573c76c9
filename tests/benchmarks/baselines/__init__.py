"""The leanest programs that give the same answers as ours; what ours may cost is measured against them."""
