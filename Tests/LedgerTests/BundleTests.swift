import Foundation
import Ledger
import RegisterFixtures
import Testing

/// An exported ledger is verified by a program that shares no code with this one.
@Suite struct BundleTests {
  /// The README.txt of a bundle in thirty lines. Prints `whole N`, or the defect.
  private static let program = """
    import hashlib, json, os, sys

    def canonical(value):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def digest(data):
        return "sha256:" + hashlib.sha256(data).hexdigest()

    def text(name):
        with open(os.path.join(sys.argv[1], name), "rb") as file:
            return file.read()

    previous, number, at, registers = "", 0, "", {}
    for line in text("entries.ndjson").split(b"\\n")[:-1]:
        number += 1
        entry = json.loads(line)
        if canonical(entry) != line: sys.exit(f"entry {number} is not canonical")
        if entry["number"] != number: sys.exit(f"entry {number} is numbered {entry['number']}")
        if entry["previous"] != previous: sys.exit(f"entry {number} does not follow")
        if entry["at"] < at: sys.exit(f"entry {number} is set back")
        previous, at = digest(line), entry["at"]
        record = registers.setdefault(entry["register"], {}).setdefault(entry["id"], {})
        for name, value in entry["changes"].items():
            record[name] = value
            if value is None: del record[name]
    if canonical({"digest": previous, "number": number}) + b"\\n" != text("head.json"): sys.exit("head")
    if canonical(registers) + b"\\n" != text("registers.json"): sys.exit("registers")
    for kind, prefix in (("run", "run-"), ("parallel_day", "parallel-")):
        for name, record in registers.get(kind, {}).items():
            if digest(text(f"evidence/{prefix}{name}.json")) != record["file_digest"]: sys.exit(f"evidence {name}")
    print("whole", number)
    """

  private struct Bundle {
    let shelf: Shelf
    var folder: String { shelf.folder + "/bundle" }

    init(_ count: Int) throws {
      shelf = Shelf()
      var random = Seeded(UInt64(count) &+ 99)
      let ledger = try shelf.open()
      try RandomActs.enter(count, in: ledger, &random)
      let folder = shelf.folder + "/bundle"
      try ledger.read { try LedgerBundle(folder: folder).write($0, evidence: []) }
    }

    func verify() throws -> String {
      try Data(BundleTests.program.utf8).write(to: URL(fileURLWithPath: shelf.folder + "/verify.py"))
      let (_, text) = try shell("python3", ["verify.py", "bundle"], in: shelf.folder)
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
  }

  @Test(arguments: [0, 1, 60]) func pythonFindsItWhole(_ count: Int) throws {
    let bundle = try Bundle(count)
    defer { bundle.shelf.remove() }
    #expect(try bundle.verify() == "whole \(count)")
    for file in ["entries.ndjson", "head.json", "registers.json", "README.txt"] {
      let mode = try FileManager.default.attributesOfItem(atPath: bundle.folder + "/" + file)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let file: String
    let found: String
    let change: @Sendable (String) -> String
    var testDescription: String { name }

    init(_ name: String, _ file: String, _ found: String, _ change: @escaping @Sendable (String) -> String) {
      (self.name, self.file, self.found, self.change) = (name, file, found, change)
    }
  }

  private static func lines(_ text: String, _ change: (inout [Substring]) -> Void) -> String {
    var lines = text.split(separator: "\n")
    change(&lines)
    return lines.map { $0 + "\n" }.joined()
  }

  @Test(arguments: [
    Case("a word of an entry", "entries.ndjson", "entry 7 does not follow") { text in
      lines(text) { $0[5] = Substring($0[5].replacingOccurrences(of: "\"account\":\"", with: "\"account\":\"x")) }
    },
    Case("a word of the last entry", "entries.ndjson", "head") { text in
      lines(text) { $0[19] = Substring($0[19].replacingOccurrences(of: "\"account\":\"", with: "\"account\":\"x")) }
    },
    Case("another way to write it", "entries.ndjson", "entry 1 is not canonical") {
      $0.replacingOccurrences(of: "{\"account\":", with: "{ \"account\":")
    },
    Case("an entry removed", "entries.ndjson", "entry 3 is numbered 4") { text in lines(text) { $0.remove(at: 2) } },
    Case("the tail cut", "entries.ndjson", "head") { text in lines(text) { $0.removeLast() } },
    Case("two swapped", "entries.ndjson", "entry 3 is numbered 4") { text in lines(text) { $0.swapAt(2, 3) } },
    Case("the end", "head.json", "head") { $0.replacingOccurrences(of: "20", with: "21") },
    Case("a register", "registers.json", "registers") { $0.replacingOccurrences(of: "N-1", with: "N-77") },
  ])
  func pythonFindsWhatWasChanged(_ row: Case) throws {
    let bundle = try Bundle(20)
    defer { bundle.shelf.remove() }
    let text = try bundle.text(row.file)
    let changed = row.change(text)
    #expect(changed != text)
    try bundle.write(changed, row.file)
    #expect(try bundle.verify() == row.found)
  }
}
