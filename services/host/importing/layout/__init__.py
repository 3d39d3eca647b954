"""The layout of an import file: its sheets and columns, named in Chinese and English."""
