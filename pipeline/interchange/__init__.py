"""Other forms of the same records: what people type, and what other programs read.

Each format is a module with ``write(reports, folder)`` and, where the format can carry it, ``read(folder)``; the
registry is `pipeline.interchange.formats`.
"""
