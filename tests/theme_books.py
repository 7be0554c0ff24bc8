"""Small folders ``models/themes/`` for tests: themes have the rules that are given, or one that finds nothing."""

from __future__ import annotations

from pathlib import Path

from pipeline.records import THEMES

RULES = "rule,term,weight,unless,note\n"
FILES = {
    "themes.csv": "theme,label,definition,paragraph,claim\n" + "".join(f"{theme},L,D,1.0,0.3\n" for theme in THEMES),
    "context.csv": (
        "name,value,note\nheading,0.3,\nprevious,0.2,\ntitle,0.2,\nonly-theme,1.0,\n"
        "short,0.5,\nlong,10,\nreport,0.2,\nparagraph,0.5,\n"
    ),
    "words.csv": "group,words\nsmall,le|la|les|l|de|des|d|du|à|au|aux|et\nchild,enfant|mineur\n",
    "silence.csv": "scope,term,note\nwords,Conseil sécurité,\nsentence,remercier,\n",
    "migration.csv": RULES + "all,migrant,1.0,,\n",
    **{f"{theme}.csv": RULES + "none,xyzzy,1.0,,\n" for theme in THEMES},
}


def write_book(folder: Path, **texts: str) -> Path:
    """Write a folder of rules; ``children="…"`` are the lines of children.csv below its header."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, lines in texts.items():
        file = f"{name.replace('_', '-')}.csv"
        (folder / file).write_text(FILES[file].splitlines()[0] + "\n" + lines + "\n", encoding="utf-8")
    return folder
