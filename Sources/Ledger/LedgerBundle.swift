import Base
import Foundation

/// The ledger as a folder that can be verified without this program.
///
/// ```
/// entries.ndjson   an entry a line, its canonical JSON
/// head.json        {"digest", "number"}: the end of the chain
/// registers.json   {register: {record: {field: value}}}: the sum of the entries
/// evidence/        what runs and days of the parallel run learned
/// README.txt       what all of it means
/// ```
package struct LedgerBundle {
  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Writes the bundle.
  ///
  /// - Throws: `workspace.write`; files written before stay.
  package func write(_ reading: borrowing LedgerReading, evidence: [(name: String, data: Data)]) throws(Diagnostic) {
    try PrivateFile.makeFolder(folder + "/evidence")
    var lines = Data()
    var head = Head.empty
    for entry in try reading.entries(from: 1) {
      let text = entry.value.canonical
      head = Head(number: entry.number, digest: SHA256.digest(of: text))
      lines += Data((text + "\n").utf8)
    }
    try PrivateFile.write(lines, to: folder + "/entries.ndjson")
    let end = JSONValue.object(["digest": .text(head.digest), "number": .integer(head.number)])
    try PrivateFile.write(Data((end.canonical + "\n").utf8), to: folder + "/head.json")
    let registers = try reading.state().value
    try PrivateFile.write(Data((registers.canonical + "\n").utf8), to: folder + "/registers.json")
    for (name, data) in evidence { try PrivateFile.write(data, to: folder + "/evidence/" + name) }
    try PrivateFile.write(Data(Self.explanation.utf8), to: folder + "/README.txt")
  }

  private static let explanation = """
    台帳の控え / A copy of the ledger

    entries.ndjson: 一行が一つの記載（正準形のJSON）。記載の previous は、前の行のUTF-8バイト列のSHA-256（「sha256:」＋16進）。
    最初の記載の previous は空。head.json は最後の記載の番号とその行のSHA-256。
    entries.ndjson: one entry a line, as canonical JSON. An entry's "previous" is the SHA-256 ("sha256:" and hexadecimal
    digits) of the UTF-8 bytes of the line before it; the first entry's is empty. head.json has the last entry's number and
    the SHA-256 of its line.

    registers.json: 記載の changes を順に重ねた結果。null は値を消す。
    registers.json: the changes of all entries laid over each other in their order; null takes a value away.

    正準形: 空白なし、名前はバイト順、文字列は「"」「\\」と制御文字だけをエスケープ。
    Pythonでは json.dumps(値, sort_keys=True, separators=(",", ":"), ensure_ascii=False)。
    Canonical form: no blanks, names in the order of their bytes, only '"', '\\' and control characters escaped; in Python
    json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).

    evidence/: 実行と並行稼働日の証跡。ファイルのSHA-256は登録簿 run と parallel_day の file_digest にある。それがない実行と日は未完了。
    evidence/: what runs and days of the parallel run learned; the SHA-256 of each file is its file_digest in the registers
    run and parallel_day. A run or day without one is unfinished.

    """
}
