"""The published language: one module per topic. Contracts only grow."""
