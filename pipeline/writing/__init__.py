"""The files of a dataset: rows, schema, network and manifest, and how they are published whole or not at all."""
