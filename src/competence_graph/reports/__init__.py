"""Answers as documents: text for terminals and files. Functions return text; none of them prints."""
