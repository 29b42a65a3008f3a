"""Answers as pictures: networks, charts, and a page that stands alone; each with its text alternative."""
