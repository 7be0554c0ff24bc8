"""The commands of ``quidit``, a file each; heavy modules are imported when a command runs."""
