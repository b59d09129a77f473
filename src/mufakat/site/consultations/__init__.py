"""The process itself: a consultation, its stages and themes, and the team that runs it."""
