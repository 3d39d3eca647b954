"""Schemes, appraisals, curves and the arithmetic of points."""
