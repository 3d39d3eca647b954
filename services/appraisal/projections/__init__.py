"""Tables with time, built from own facts, KPIs and people."""
