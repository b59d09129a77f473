"""Mufakat: a consultation among many stakeholders, from the first voice to what was done about it."""
