"""The steps of the stage claims, each in a file: view → cues → contents → sources → joined → resolve → drafts → weigh."""
