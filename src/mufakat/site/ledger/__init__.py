"""The ledger: what was done, by whom, for which party, in one unbroken chain per consultation.

Every act writes exactly one event, in the transaction in which it takes effect
(`mufakat.site.ledger.recording`).
Each event carries the hash of the one before it, and the chain's head stands in a row of its own, so that an
event that is changed, dropped or moved afterwards is found (`mufakat.site.ledger.verification`).
"""
