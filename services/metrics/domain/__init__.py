"""The rules of figures: ledgers, KPI definitions, commitments, and their arithmetic."""
