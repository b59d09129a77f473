"""How style sheets and scripts are stored and named."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names that carry a hash of the content, so that a browser may keep a file for ever.

    Where files were not collected, as in tests, plain names stand, and whitenoise serves them from the apps.
    """

    # A map of a minified script is of no use to readers, and a package may name one that it does not ship.
    patterns = tuple(
        (files, tuple(pattern for pattern in patterns if "sourceMappingURL" not in str(pattern)))
        for files, patterns in CompressedManifestStaticFilesStorage.patterns
    )
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name with its hash where the file was collected, else the name as it is."""
        known = self.hash_key(self.clean_name(name)) in self.hashed_files
        return str(super().stored_name(name)) if known else name
