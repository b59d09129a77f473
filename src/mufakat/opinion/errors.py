"""What can go wrong when votes are read and studied."""

from __future__ import annotations


class OpinionError(Exception):
    """Anything that the opinion library refuses; the message names the value, the place and what is right."""


class InputError(OpinionError):
    """A file or folder that cannot be read as votes or parties."""


class StudyError(OpinionError):
    """Votes that were read but cannot be studied, or a study asked for with impossible options."""
