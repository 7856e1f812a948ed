"""Calls as readable files: read, checked, compared, written. Format: docs/package-format.md."""
