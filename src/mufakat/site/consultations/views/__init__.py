"""The pages on which a consultation is opened, planned, kept and translated."""
