"""The invented consultation, `mufakat.story`, brought onto the site by the same actions as its pages."""
