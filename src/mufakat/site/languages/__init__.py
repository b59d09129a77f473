"""What people wrote, in every language it exists in: who wrote or translated it, from which version.

The source says what was meant; a translation renders one version of it and is stale once the source changed.
"""
