"""The learned decisions: a linear choice among candidates, how its weights are fitted, and what they are fitted on."""
