"""The office: the month in numbers, what stands behind them, who changed what."""
