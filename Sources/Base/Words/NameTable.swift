/// Names of items in groups, unique or not: the title of each item, and the item that a name means.
///
/// As in COBOL, a name of several items is qualified, `MMDD OF FROM-DATE` (also IN), with as many of the enclosing
/// groups as are needed, innermost first. An ambiguous name never means the first of several items.
package struct NameTable: Sendable {
  package struct Entry: Sendable {
    package let id: Int
    package let name: String
    /// Names of the enclosing groups, innermost first.
    package let groups: [String]

    package init(id: Int, name: String, groups: [String] = []) {
      self.id = id
      self.name = name
      self.groups = groups
    }
  }

  /// FILLER is not a name: it cannot be qualified, and groups named FILLER qualify nothing.
  package static let filler = "FILLER"

  private var named: [String: [Entry]] = [:]
  /// Titles by entry number.
  private var titles: [Int: String] = [:]
  /// Entries that no qualification distinguishes: a group has the name twice, or has it itself and again in a group
  /// below.
  private var unqualified: Set<Int> = []

  package init(_ entries: [Entry]) {
    for entry in entries { named[entry.name, default: []].append(entry) }
    for (name, same) in named { entitle(name, same) }
  }

  /// Names without groups, numbered by position.
  package init(names: some Sequence<String>) {
    self.init(names.enumerated().map { Entry(id: $0.offset, name: $0.element) })
  }

  // MARK: titles

  /// The shortest name of this entry alone, for messages and columns; `A-2` when even all groups are the same.
  package func title(_ id: Int) -> String? { titles[id] }

  private mutating func entitle(_ name: String, _ same: [Entry]) {
    guard same.count > 1 else {
      titles[same[0].id] = name
      return
    }
    var open = same
    for length in name == Self.filler ? 0..<0 : 1..<4 {
      let forms = open.isEmpty ? [] : same.map { Self.forms($0, length) }
      var count: [String: Int] = [:]
      for form in forms.flatMap({ Set($0) }) { count[form, default: 0] += 1 }
      open.removeAll { entry in
        let form = Self.forms(entry, length).first { count[$0] == 1 }
        if let form { titles[entry.id] = form }
        return form != nil
      }
    }
    var number = name == Self.filler ? 0 : 1
    for entry in open {
      let path = ([name] + entry.groups).joined(separator: " OF ")
      if entry.groups.count > 3, matches(path).count == 1 {
        titles[entry.id] = path
        continue
      }
      // A number that no other item's name contains.
      while number > 0, named["\(name)-\(number)"] != nil { number += 1 }
      titles[entry.id] = number == 0 ? name : "\(name)-\(number)"
      number = max(2, number + 1)
      unqualified.insert(entry.id)
    }
  }

  /// The qualified names of an entry with `length` of its groups, those with the inner groups first.
  private static func forms(_ entry: Entry, _ length: Int) -> [String] {
    var forms: [(text: String, next: Int)] = [(entry.name, 0)]
    for _ in 0..<length {
      forms = forms.flatMap { form in
        entry.groups.indices.dropFirst(form.next).map { (form.text + " OF " + entry.groups[$0], $0 + 1) }
      }
    }
    return forms.map(\.text)
  }

  // MARK: finding

  /// The entry that a name means; `nil` when no entry has the name.
  ///
  /// - Parameter counts: whether an entry is among those that the name may mean.
  /// - Throws: `name.ambiguous` when several entries have it.
  package func find(
    _ text: String, at place: Place = Place(), among counts: (Int) -> Bool = { _ in true }
  ) throws(Diagnostic) -> Int? {
    let found = matches(text).filter { counts($0.id) }
    guard found.count > 1 else { return found.first?.id }
    let groups = found.map { $0.groups.first ?? "–" }
    let forms = found.map { unqualified.contains($0.id) ? "another name in the copybook" : titles[$0.id] ?? "" }
    throw Diagnostic(.nameAmbiguous, at: place, text, Self.list(groups), Self.list(forms))
  }

  /// All entries that a name may mean.
  package func ids(_ text: String) -> [Int] { matches(text).map(\.id) }

  private func matches(_ text: String) -> [Entry] {
    if let whole = named[text] { return whole }
    let words = text.split(separator: " ").map(String.init)
    guard words.count > 2, words.count % 2 == 1,
      stride(from: 1, to: words.count, by: 2).allSatisfy({ words[$0] == "OF" || words[$0] == "IN" })
    else { return [] }
    let path = stride(from: 2, to: words.count, by: 2).map { words[$0] }
    return (named[words[0]] ?? []).filter { entry in
      var rest = path[...]
      for group in entry.groups where group == rest.first { rest.removeFirst() }
      return rest.isEmpty
    }
  }

  /// Values given by the names that people write, keyed by the items' titles. Values of unknown names are left out:
  /// other records may have those names.
  ///
  /// - Throws: `name.ambiguous`.
  package func keyed<Value>(_ given: [String: Value], at place: Place = Place()) throws(Diagnostic) -> [String: Value] {
    var keyed: [String: Value] = [:]
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      if let id = try find(name, at: place), let title = titles[id] { keyed[title] = value }
    }
    return keyed
  }

  /// The title with the fewest changes to `name`, for “did you mean”.
  package func nearest(_ name: String) -> String { Self.nearest(name, among: titles.values) }

  /// The name with the fewest changes to `name`, which is never `name` itself.
  package static func nearest(_ name: String, among names: some Sequence<String>) -> String {
    // A qualified form of the name itself is nearer than any other name.
    if let qualified = names.filter({ $0.hasPrefix(name + " OF ") }).min() { return qualified }
    return names.filter { $0 != name }.map { ($0, distance(name, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
      ?? "–"
  }

  /// What may be written in place of a name that is unknown, the nearest first: all names, or the five nearest of many.
  package static func choices(_ name: String, among names: some Sequence<String>) -> String {
    let near = names.map { ($0, distance(name.lowercased(), $0.lowercased())) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    if near.isEmpty { return "–" }
    return near.count > 15
      ? near.prefix(5).map(\.0).joined(separator: ", ") + " …" : near.map(\.0).joined(separator: ", ")
  }

  /// The names that one was probably meant to be: those that begin as it does, and those that few characters set apart.
  package static func near(_ name: String, among names: some Sequence<String>, limit: Int = 5) -> [String] {
    let allowed = max(1, name.count / 3)
    let found = names.compactMap { other -> (String, Int)? in
      let apart = distance(name.lowercased(), other.lowercased())
      return apart <= allowed || zip(other, name).prefix(while: { $0 == $1 }).count >= 2 ? (other, apart) : nil
    }
    return found.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(limit).map(\.0)
  }

  /// The number of characters to add, take out or replace to make one name of the other.
  package static func distance(_ one: String, _ other: String) -> Int {
    let (a, b) = (Array(one), Array(other))
    var row = Array(0...b.count)
    for i in a.indices {
      var previous = row[0]
      row[0] = i + 1
      for j in b.indices {
        let old = row[j + 1]
        row[j + 1] = a[i] == b[j] ? previous : min(previous, old, row[j]) + 1
        previous = old
      }
    }
    return row[b.count]
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " …" : "")
  }
}
