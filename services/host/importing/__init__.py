"""Import of a workbook or a folder of CSV files: read, checked as a whole, planned, then run."""
