"""The tables of metrics: its own two feeds, and what it must know of its neighbours."""
