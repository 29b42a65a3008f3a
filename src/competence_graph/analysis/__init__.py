"""Measures: overlap, transfer, gap, similarity. Graph in, tables out; definitions are in the docstrings."""
