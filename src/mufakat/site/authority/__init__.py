"""Who acts, and whether they may: one question, asked the same way by page, export, task and command line.

An *act* has a name such as ``voices.vote`` and a list of requirements, each a predicate and the words for
when it does not hold. The acts of an app stand in its ``rules.py``. Nothing here knows any app.
"""
