"""The steps of the stage people: names that were missed, and whose function is whose."""
