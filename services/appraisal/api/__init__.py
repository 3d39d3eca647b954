"""The HTTP face of the appraisal service: commands, queries and the separation report."""
