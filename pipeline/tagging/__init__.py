"""The rules of the stage themes: how they are read, how their words are found, how often each one fires."""
