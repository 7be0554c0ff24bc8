"""The scores of a run against gold: how spans are paired, counted, compared and shown."""
