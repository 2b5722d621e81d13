import Base
import Foundation
import Ledger
import Synchronization

/// A person's rights to see and to enter (利用者).
package struct ListedPerson: Sendable, Hashable {
  /// The name under which entries are made; empty for the person who started the server without an access list.
  package let name: String
  /// 担当課 whose items and differences are shown; `nil` for all (情報管理課, committee, auditor).
  package let sections: Set<String>?
  /// Whether the person may answer and confirm.
  package let enters: Bool
  /// Whether the person may read restricted papers (取扱注意).
  package let seesProtected: Bool

  package init(name: String, sections: Set<String>?, enters: Bool, seesProtected: Bool) {
    self.name = name
    self.sections = sections
    self.enters = enters
    self.seesProtected = seesProtected
  }

  /// Whether the person may see keys of single differences of any section, including those about protection.
  var seesKeysOfAll: Bool { sections == nil && seesProtected }

  /// Whether the person may see a section's matters: also those that it shares with others (`市民課・各出張所`), and those of
  /// all sections (`全課`).
  func sees(_ section: String) -> Bool {
    guard let sections else { return true }
    return sections.contains(section) || section == "全課"
      || section.split(separator: "・").contains { sections.contains(String($0)) }
  }
}

/// 利用者名簿: a CSV file `name,sections,rights,token`. A token is kept as its SHA-256, so that a reader of the file cannot
/// sign in with it.
///
/// `sections` are names of sections separated by `;`, or `*` for all. `rights` are `enter` and `protected`, separated by
/// `;`, or empty.
package struct AccessList: Sendable {
  package enum Right: String, CaseIterable, Sendable { case enter, protected }

  private static let columns = ["name", "sections", "rights", "token"]

  private static let once = "each person's name once"

  package let people: [String: ListedPerson]

  /// The person who started the server, and has access to the folder's files anyway.
  static func one(token: String) -> AccessList {
    AccessList(people: [digest(of: token): ListedPerson(name: "", sections: nil, enters: false, seesProtected: true)])
  }

  private init(people: [String: ListedPerson]) { self.people = people }

  /// - Throws: ``Diagnostics`` with all errors in the file; among them `serve.access` when others can read it.
  package init(_ path: String) throws(Diagnostics) {
    let file: DefinitionFile
    do throws(Diagnostic) { file = try DefinitionFile.read(path) } catch { throw Diagnostics([error]) }
    try self.init(file, at: path)
  }

  private init(_ list: DefinitionFile, at path: String) throws(Diagnostics) {
    let problems = Problems()
    let file = (path as NSString).resolvingSymlinksInPath
    let mode = (try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int) ?? 0
    if mode & 0o077 != 0 {
      problems.add(Diagnostic(.serveAccess, at: Place(file: path), String(mode & 0o777, radix: 8)))
    }
    var people: [String: ListedPerson] = [:]
    var names: [String] = []
    for row in DelimitedText.read(list, required: Self.columns, problems)?.rows ?? [] {
      let place = Place(file: path, line: row.line)
      let name = row["name"]
      if name.allSatisfy(\.isWhitespace) || names.contains(where: { FourEyes.isSame($0, name) }) {
        problems.add(Diagnostic(.definitionValue, at: place, name, Self.once))
      }
      names.append(name)
      let sections = Self.list(row["sections"])
      if sections.isEmpty { problems.add(Diagnostic(.definitionValue, at: place, "", "sections, or *")) }
      var rights: Set<Right> = []
      for word in Self.list(row["rights"]) {
        guard let right = Right(rawValue: word) else {
          let known = Right.allCases.map(\.rawValue).joined(separator: ", ")
          problems.add(Diagnostic(.definitionValue, at: place, word, known))
          continue
        }
        rights.insert(right)
      }
      let token = row["token"]
      guard token.hasPrefix("sha256:"), token.count == 71, people[token] == nil else {
        problems.add(Diagnostic(.definitionValue, at: place, token, "sha256:…, each once"))
        continue
      }
      people[token] = ListedPerson(
        name: name, sections: sections.contains("*") ? nil : Set(sections), enters: rights.contains(.enter),
        seesProtected: rights.contains(.protected))
    }
    try problems.check()
    self.people = people
  }

  package func person(token: String) -> (digest: String, person: ListedPerson)? {
    let digest = Self.digest(of: token)
    return people[digest].map { (digest, $0) }
  }

  private static func digest(of token: String) -> String { SHA256.digest(of: token) }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// Adds a person to a file, which is created when it is missing.
  ///
  /// - Returns: the token: 256 random bits, which are stored nowhere else.
  /// - Throws: the errors of reading; `definition.value` for a name that is already in the file, and for a name or
  ///   section that is blank or contains `,`, `;`, `"` or a line end; `workspace.write`.
  package static func add(
    _ name: String, sections: [String], rights: [Right], to path: String
  ) throws -> String {
    var text = columns.joined(separator: ",") + "\n"
    if FileManager.default.fileExists(atPath: path) {
      let file = try DefinitionFile.read(path)
      let list = try AccessList(file, at: path)
      if list.people.values.contains(where: { FourEyes.isSame($0.name, name) }) {
        throw Diagnostic(.definitionValue, at: Place(file: path), name, Self.once)
      }
      text = try file.text()
      if !text.hasSuffix("\n") { text += "\n" }
    }
    for word in [name] + sections
    where word.contains(where: { ",;\"\n\r".contains($0) }) || word.allSatisfy(\.isWhitespace) {
      throw Diagnostic(.definitionValue, at: Place(file: path), word, "a name without , ; or \"")
    }
    let token = Secret.random()
    let rights = rights.map(\.rawValue).joined(separator: ";")
    text += "\(name),\(sections.joined(separator: ";")),\(rights),\(digest(of: token))\n"
    try PrivateFile.write(Data(text.utf8), to: path)
    return token
  }
}

/// Random words that cannot be guessed.
enum Secret {
  /// 256 bits of the system's random source, as 64 hexadecimal digits.
  static func random() -> String {
    var source = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &source), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Whether two words are equal, in a time that does not depend on the first difference.
  static func areEqual(_ one: String, _ other: String) -> Bool {
    let (left, right) = (Array(one.utf8), Array(other.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// The access list in force: the file, read again when it has changed. While it cannot be read, all are refused.
final class AccessFile: Sendable {
  private let path: String?
  private let held: Mutex<(stamp: String, list: AccessList?)>

  /// The names of the other persons who may enter.
  func approvers(for person: ListedPerson) -> [String] {
    (current()?.people.values ?? [:].values).filter { $0.enters && $0.name != person.name }.map(\.name).sorted()
  }

  /// - Parameter token: the single person's token, when there is no file.
  /// - Throws: the errors in the file.
  init(_ path: String?, token: String) throws(Diagnostics) {
    self.path = path
    let stamp = path.map(FileStamp.of) ?? ""
    let list = if let path { try AccessList(path) } else { AccessList.one(token: token) }
    held = Mutex((stamp, list))
  }

  func current() -> AccessList? {
    held.withLock { held in
      guard let path else { return held.list }
      let stamp = FileStamp.of(path)
      if stamp != held.stamp { held = (stamp, try? AccessList(path)) }
      return held.list
    }
  }
}
