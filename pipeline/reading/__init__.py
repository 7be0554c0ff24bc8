"""The formats in which reports come: one module each, whose ``read`` makes text of the bytes of a file.

A module is imported when a file of its format comes, so that nobody waits for a library that is not needed.
"""
