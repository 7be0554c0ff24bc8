"""The text of a report: how it is decoded and laid out; the steps of the stages read and segment."""
