"""Writes the bill of materials of a package (SPDX 2.3, JSON): what is within the programs, in which version, under which licence.

    sbom.py VERSION OUTPUT PROGRAM… < lines of: identity version path address, one for each Swift package
"""
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys

LICENSES = {"yams": "MIT", "swift-argument-parser": "Apache-2.0 WITH Swift-exception"}


def debian(package):
    """The installed version of a Debian package."""
    return subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True, check=True).stdout


def part(name, version, license, address, purpose="LIBRARY", **more):
    """A package of the bill."""
    return {"SPDXID": "SPDXRef-" + re.sub("[^A-Za-z0-9.-]", "-", name), "name": name, "versionInfo": version,
            "downloadLocation": address, "filesAnalyzed": False, "licenseConcluded": license, "licenseDeclared": license,
            "copyrightText": "NOASSERTION", "primaryPackagePurpose": purpose, **more}


def main():
    version, output, *paths = sys.argv[1:]
    programs = []
    for path in paths:
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        programs.append(part(os.path.basename(path), version, "Apache-2.0", "NOASSERTION", "APPLICATION",
                             checksums=[{"algorithm": "SHA256", "checksumValue": digest}]))
    digest = programs[0]["checksums"][0]["checksumValue"]
    swift = re.search(r"Swift version (\S+)", subprocess.run(["swiftc", "--version"], capture_output=True, text=True,
                                                            check=True).stdout)[1]
    parts = [
        part("swift-runtime", swift, "Apache-2.0 WITH Swift-exception", "https://www.swift.org",
             comment="The standard library, Dispatch and Foundation, with ICU (Unicode-3.0) within it."),
        part("sqlite", debian("libsqlite3-dev"), "blessing", "https://www.sqlite.org"),
        part("zlib", debian("zlib1g-dev"), "Zlib", "https://zlib.net"),
    ]
    for line in sys.stdin.read().splitlines():
        identity, number, _, address = line.split()
        parts.append(part(identity, number, LICENSES[identity], address))
    made = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    bill = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"totsugo-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/totsugo-{version}-{digest}",
        "creationInfo": {"created": made.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: Scripts/package"]},
        "packages": [*programs, *parts],
        "relationships": [
            relation for program in programs for relation in [
                {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": program["SPDXID"]},
                *({"spdxElementId": program["SPDXID"], "relationshipType": "STATIC_LINK", "relatedSpdxElement": one["SPDXID"]}
                  for one in parts)]]}
    with open(output, "w", encoding="utf-8") as file:
        json.dump(bill, file, indent=2, ensure_ascii=False)
        file.write("\n")


main()
