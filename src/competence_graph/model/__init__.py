"""The authoring tables as typed, frozen records: one schema for parser, checks, dictionary and template."""
