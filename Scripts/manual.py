"""Writes the man pages, by ArgumentParser's own generator. That drops what is not ASCII; so Japanese goes through it as words that
it does not know, and is put back. The program describes itself in the language of LANG; what the generator and
ArgumentParser say themselves is English, and is told in Japanese here.

    manual.py GENERATOR PROGRAM YYYY-MM-DD FOLDER [ja]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

JAPANESE = {
    ".Sh NAME": ".Sh 名前", ".Sh SYNOPSIS": ".Sh 書式", ".Sh DESCRIPTION": ".Sh 説明", ".Sh SEE ALSO": ".Sh 関連項目",
    ".Sh \"SEE ALSO\"": ".Sh 関連項目", "Show the version.": "版を表示する", "Show help information.": "この説明を表示する",
    "Show subcommand help information.": "サブコマンドの説明を表示する",
}


def main():
    generator, program, date, folder, *language = sys.argv[1:]
    environment = dict(os.environ, LANG="ja_JP.UTF-8" if language == ["ja"] else "C.UTF-8", LC_ALL="")
    described = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True,
                               encoding="utf-8", env=environment).stdout
    with tempfile.TemporaryDirectory() as work:
        words = pathlib.Path(work, "description")
        words.write_text(re.sub(r"[^\x00-\x7f]", lambda found: f"Qx{ord(found[0]):05x}q", described), encoding="ascii")
        # What the generator asks for its description, by the program's name.
        twin = pathlib.Path(work, os.path.basename(program))
        twin.write_text(f"#!/bin/sh\nexec cat '{words}'\n", encoding="ascii")
        twin.chmod(0o755)
        subprocess.run([generator, str(twin), "--multi-page", "--date", date, "--output-directory", folder],
                       stdout=subprocess.DEVNULL, check=True)
    for page in pathlib.Path(folder).glob("*.1"):
        text = re.sub("Qx([0-9a-f]{5})q", lambda found: chr(int(found[1], 16)), page.read_text(encoding="utf-8"))
        if language == ["ja"]:
            for english, japanese in JAPANESE.items():
                text = text.replace(english, japanese)
        page.write_text(text, encoding="utf-8")


main()
