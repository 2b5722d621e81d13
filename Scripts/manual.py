"""Writes the man pages, by ArgumentParser's own generator. That drops what is not ASCII; so Japanese goes through it as words that
it does not know, and is put back.

    manual.py GENERATOR PROGRAM YYYY-MM-DD FOLDER
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def main():
    generator, program, date, folder = sys.argv[1:]
    described = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
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
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub("Qx([0-9a-f]{5})q", lambda found: chr(int(found[1], 16)), text), encoding="utf-8")


main()
