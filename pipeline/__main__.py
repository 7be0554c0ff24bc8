"""``python -m pipeline`` is the command ``quidit``."""

from pipeline.cli import main

main(prog_name="quidit")
