"""The common look: the base page, its tags, its style sheet, and the pages that belong to no stage."""
