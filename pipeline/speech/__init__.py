"""The steps of the stage claims: view, cues, places, contents, sources, joined, kinds, resolve, drafts, weigh."""
