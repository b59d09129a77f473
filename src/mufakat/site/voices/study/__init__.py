"""The study of a consultation's votes: which votes count, reading them, keeping the study fresh, storing it.

From the ground up: `effective` says which vote of a party counts for a demand that is asked; `lineage` reads
what became of demands; `reading` gives the library what it studies; `routing` holds what drawing the next
demand needs; `stored` writes and reads what was found; `keeping` keeps it fresh.
"""
