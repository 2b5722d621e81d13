import Foundation
import Testing

/// The same data in every form that a reference can name: the same differences to the byte, the same evidence.
@Suite struct DiffAgreementTests {
  struct Row: Sendable {
    var id: Int
    var name: String
    /// The amount in hundredths.
    var amount: Int
    var due: String

    var decimal: String {
      let digits = String(abs(amount))
      let all = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
      return (amount < 0 ? "-" : "") + all.dropLast(2) + "." + all.suffix(2)
    }
    var values: [String] { [String(id), name, decimal, due] }
  }

  static let rows: [Row] =
    (0..<240).map { index in
      let day = String(index % 28 + 101).dropFirst()
      return Row(
        id: index * 7_919 % 1_009, name: ["SATO", "SUZUKI", "O-NO", "", "A B"][index % 5],
        amount: (index * 104_729 % 2_000_003 - 500_000) * (index % 3 == 0 ? 100 : 1),
        due: "2024-0\(index % 9 + 1)-\(day)")
    } + [
      Row(id: 5_000, name: "TWIN", amount: 1, due: "2024-01-01"),
      Row(id: 5_000, name: "TWIN", amount: 1, due: "2024-01-01"),
    ]

  static let changed: [Row] = {
    var rows = Array(Self.rows.dropLast().reversed())
    rows.remove(at: 17)
    rows.append(Row(id: 9_999, name: "NEW", amount: -5, due: "2024-02-29"))
    rows[3].amount += 1
    rows[40].amount *= -1
    rows[41].name = "X"
    rows[42].due = "2025-01-01"
    return rows
  }()

  enum Form: String, CaseIterable, Sendable {
    case csv, tsv, ndjson, sqliteTable, sqliteQuery, legacy, postgresTable, postgresQuery
    static let available = allCases.filter { !$0.rawValue.hasPrefix("postgres") || PostgresSchema.server != nil }
  }

  private static let copybook = """
           01  R.
               05  ID PIC 9(6).
               05  NAME PIC X(8).
               05  AMOUNT PIC S9(9)V99 COMP-3.
               05  DUE PIC X(10).

    """

  private static func ebcdic(_ text: String, _ width: Int) -> [UInt8] {
    let bytes: [UInt8] = text.utf8.map { byte in
      switch byte {
      case 48...57: byte - 48 + 0xF0
      case 65...73: byte - 65 + 0xC1
      case 74...82: byte - 74 + 0xD1
      case 83...90: byte - 83 + 0xE2
      case 45: 0x60
      default: 0x40
      }
    }
    return bytes + Array(repeating: 0x40, count: width - bytes.count)
  }

  /// Writes the rows under `name`, in a form, and returns the reference to them.
  private static func put(_ rows: [Row], _ name: String, _ form: Form, _ program: Program, _ schema: PostgresSchema?)
    throws
    -> String
  {
    func delimited(_ delimiter: String) -> String {
      "id,name,amount,due\n".replacing(",", with: delimiter)
        + rows.map { $0.values.joined(separator: delimiter) + "\n" }.joined()
    }
    func statements(_ table: String, _ types: String) -> String {
      let values = rows.map { "(\($0.id),'\($0.name)',\($0.decimal),'\($0.due)')" }.joined(separator: ",")
      return "CREATE TABLE \(table) (\(types)); INSERT INTO \(table) VALUES \(values);"
    }
    // The evidence uses the order of the left columns; the order of the right ones is free.
    let columns = name == "clean" ? "id + 0 AS id, name, amount, due" : "due, amount, name, id + 0 AS id"
    switch form {
    case .csv:
      try program.write(delimited(","), to: "\(name).csv")
      return "\(name).csv"
    case .tsv:
      try program.write(delimited("\t"), to: "\(name).tsv")
      return "\(name).tsv"
    case .ndjson:
      let lines = rows.map { row in
        let due = "\"due\":\"\(row.due)\""
        let rest = "\"id\":\(row.id),\"name\":\"\(row.name)\",\"amount\":\(row.decimal)"
        return "{\(name == "clean" ? "\(rest),\(due)" : "\(due),\(rest)")}\n"
      }
      try program.write(lines.joined(), to: "\(name).ndjson")
      return "\(name).ndjson"
    case .sqliteTable, .sqliteQuery:
      try program.sqlite(
        statements("t", "id INTEGER, name TEXT, amount DECIMAL(11,2), due TEXT"), in: "\(name).\(form).sqlite")
      let base = "sqlite:\(name).\(form).sqlite"
      return form == .sqliteTable
        ? base + "?table=t" : base + "?query=SELECT \(columns) FROM t ORDER BY 2; "
    case .legacy:
      try program.write(copybook, to: "R.cpy")
      let bytes = rows.flatMap { row in
        NoticeFile.zoned(row.id, 6) + ebcdic(row.name, 8) + NoticeFile.packed(row.amount, 6) + ebcdic(row.due, 10)
      }
      try program.write(bytes, to: "\(name).dat")
      return "legacy:\(name).dat?copybook=R.cpy&charset=ibm-037"
    case .postgresTable, .postgresQuery:
      let schema = try #require(schema)
      let table = "\(name)_\(form)".lowercased()
      try schema.execute(statements("\(schema.name).\(table)", "id integer, name text, amount numeric(11,2), due date"))
      let server = try #require(PostgresSchema.server)
      return form == .postgresTable
        ? "\(server)?schema=\(schema.name)&table=\(table)"
        : "\(server)?query=SELECT \(columns) FROM \(schema.name).\(table) -- all of it"
    }
  }

  /// The columns of each side by name, with the kind of comparison.
  private static func map(_ left: Form, _ right: Form) -> String {
    let types = [
      ("id", "type: number"), ("name", "type: text, normal: [trim]"), ("amount", "type: number"), ("due", "type: date"),
    ]
    return "columns:\n"
      + types.map { name, type in
        func column(_ form: Form) -> String { form == .legacy ? name.uppercased() : name }
        return "  \(name): {left: \(column(left)), right: \(column(right)), \(type)}\n"
      }.joined()
  }

  @Test func everyFormAgreesWithEveryOther() throws {
    let program = try Program()
    let schema = PostgresSchema.server == nil ? nil : try PostgresSchema()
    try schema.map { try $0.execute("CREATE SCHEMA \($0.name)") }
    defer { program.remove() }
    var references: [Form: (clean: String, changed: String)] = [:]
    for form in Form.available {
      references[form] = (
        try Self.put(Self.rows, "clean", form, program, schema),
        try Self.put(Self.changed, "changed", form, program, schema)
      )
    }
    var expected: (rows: String, evidence: String)?
    for left in Form.available {
      for right in Form.available {
        try program.write(Self.map(left, right), to: "map.yaml")
        let (a, b) = (try #require(references[left]), try #require(references[right]))
        let answer = try program.diff(a.clean, b.changed, ["--map", "map.yaml", "--rows", "d.ndjson"])
        #expect(answer.counts == [236, 4, 2, 1], "\(left) \(right): \(answer.errors) \(answer.output)")
        #expect(answer.code == 1 && answer.errors.isEmpty, "\(answer.errors)")
        let rows = try program.file("d.ndjson")
        if expected == nil { expected = (rows, answer.evidence) }
        #expect(rows == expected?.rows && answer.evidence == expected?.evidence, "\(left) \(right)")
        if left.rawValue < right.rawValue {
          let same = try program.diff(a.clean, b.clean, ["--map", "map.yaml"])
          #expect(same.code == 0 && same.counts == [242, 0, 0, 0], "\(left) \(right): \(same.errors)")
        }
      }
    }
  }

  // MARK: work

  @Test func identicalDataIsReadOnce() throws {
    let program = try Program()
    defer { program.remove() }
    let rows = (0..<30_000).map { "\($0),value \($0 % 13)\n" }
    let ordered = rows.sorted { Int($0.prefix { $0 != "," })! < Int($1.prefix { $0 != "," })! }
    try program.write("id,v\n" + ordered.joined(), to: "l.csv")
    try program.write("id,v\n" + ordered.reversed().joined(), to: "r.csv")
    let merged = try program.diff("l.csv", "l.csv")
    #expect(merged.code == 0 && merged.way == "merge" && merged.readAgain == 0)
    let digests = try program.diff("l.csv", "r.csv")
    #expect(digests.code == 0 && digests.way == "digests" && digests.readAgain == 0)
    #expect(digests.evidence == merged.evidence)
    // For a few differences a few rows are read again, in any order of rows, with any number of threads.
    var other = ordered
    for place in [3, 15_000, 29_999] { other[place] = "\(place),other\n" }
    try program.write("id,v\n" + other.reversed().joined(), to: "r.csv")
    try program.write("id,v\n" + other.joined(), to: "o.csv")
    let few = try program.diff("l.csv", "r.csv", ["--jobs", "1", "--rows", "a.ndjson"])
    #expect(
      few.counts == [29_997, 3, 0, 0] && few.way == "digests" && (6...40).contains(few.readAgain), "\(few.output)")
    let inOrder = try program.diff("l.csv", "o.csv", ["--jobs", "4", "--rows", "b.ndjson"])
    #expect(inOrder.counts == few.counts && inOrder.way == "merge" && inOrder.evidence == few.evidence)
    #expect(try program.file("a.ndjson") == program.file("b.ndjson"))
  }

  /// An order that holds at the beginning and breaks later.
  @Test func disorderFoundLateChangesNothing() throws {
    let program = try Program()
    defer { program.remove() }
    var rows = (100_000..<160_000).map { "\($0),value \($0 % 13)\n" }
    try program.write("id,v\n" + rows.joined(), to: "l.csv")
    rows.swapAt(59_000, 59_999)
    rows[7] = "100007,other\n"
    try program.write("id,v\n" + rows.joined(), to: "r.csv")
    let answer = try program.diff("l.csv", "r.csv", ["--rows", "d.ndjson"])
    #expect(answer.counts == [59_999, 1, 0, 0] && answer.way == "digests", "\(answer.output)")
    #expect(try program.lines("d.ndjson").count == 1)
  }

  // MARK: databases

  @Test func sqliteValuesAreWhatIsStored() throws {
    let program = try Program()
    defer { program.remove() }
    try program.sqlite(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER, w, x TEXT); INSERT INTO t VALUES (1, 1, 'a', NULL), (2, 9007199254740993, x'00ff', ''), (3, 'odd', 1.5, '01');"
    )
    try program.write("id,v,w,x\n1,01,a,<null>\n2,9007199254740993,\\x00ff,\n3,odd,1.5,1\n", to: "r.csv")
    let answer = try program.diff("sqlite:t.sqlite?table=t", "r.csv", ["--rows", "d.ndjson"])
    #expect(answer.counts == [1, 2, 0, 0], "\(answer.output) \(answer.errors)")
    let fields = try program.lines("d.ndjson").map { Set(($0["fields"] as? [String: Any] ?? [:]).keys) }
    #expect(fields == [["v", "x"], ["x"]], "01 is no number; the same text on both sides is the same")
    try program.write("id,v\n01,1\n", to: "k.csv")
    let keys = try program.diff("sqlite:t.sqlite?query=SELECT id, v FROM t WHERE id = 1", "k.csv")
    #expect(keys.counts == [0, 0, 1, 1], "\(keys.errors)")
    for (reference, words) in [
      ("sqlite:t.sqlite?table=u", "no such table: u"), ("sqlite:t.sqlite", "[dataset.reference]"),
      ("sqlite:t.sqlite?query=SELEC 1", "[dataset.query]"), ("sqlite:none.sqlite?table=t", "none.sqlite"),
      ("sqlite:t.sqlite?query=DELETE FROM t", "[dataset.query]"), ("sqlite:r.csv?table=t", "r.csv"),
    ] {
      let answer = try program.diff(reference, "r.csv")
      #expect(answer.code == 2 && answer.errors.contains(words), "\(reference): \(answer.errors)")
    }
    let like = try program.diff(
      "sqlite:t.sqlite?query=SELECT id FROM t WHERE 'xady' LIKE '%ad%'", "sqlite:t.sqlite?query=SELECT id FROM t;")
    #expect(like.counts == [3, 0, 0, 0], "\(like.errors)")
  }

  // MARK: legacy files

  private static func record(_ id: Int, _ packed: [UInt8], _ name: String) -> [UInt8] {
    NoticeFile.zoned(id, 4) + packed + ebcdic(name, 6)
  }

  @Test func invalidIsNeverEqualAndCutIsTrouble() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      "       01  R.\n           05  ID PIC 9(4).\n           05  AMT PIC S9(5) COMP-3.\n           05  NM PIC X(6).\n",
      to: "R.cpy")
    let parameters = "?copybook=R.cpy&charset=ibm-037"
    let bytes = Self.record(1, [0, 0x10, 0x0C], "A") + Self.record(2, [0xFF, 0xFF, 0xFF], "B")
    try program.write(bytes, to: "l.dat")
    try program.write(bytes, to: "r.dat")
    let answer = try program.diff(
      "legacy:l.dat\(parameters)", "legacy:r.dat\(parameters)", key: "ID", ["--rows", "d.ndjson"])
    #expect(answer.code == 1 && answer.counts == [1, 1, 0, 0], "\(answer.errors)")
    #expect(try program.file("d.ndjson").contains("\"AMT\":{\"left\":\"X'ffffff'\",\"right\":\"X'ffffff'\"}"))
    for cut in [1, 12] {
      try program.write(Array(bytes.dropLast(cut)), to: "r.dat")
      let cut = try program.diff("legacy:l.dat\(parameters)", "legacy:r.dat\(parameters)", key: "ID")
      #expect(cut.code == 2 && cut.output.isEmpty && cut.errors.contains("record 2"), "\(cut.errors)")
    }
    for (wrong, words) in [
      ("&charset=none", "charset=…"), ("&copy=x", "[dataset.parameter]"), ("&where=ID >", "[expression"),
    ] {
      let answer = try program.diff("legacy:l.dat\(parameters)\(wrong)", "legacy:l.dat\(parameters)", key: "ID")
      #expect(answer.code != 0 && answer.code != 1 && answer.errors.contains(words), "\(wrong): \(answer.errors)")
    }
    let some = try program.diff(
      "legacy:l.dat\(parameters)&where=ID = 1", "legacy:l.dat\(parameters)", key: "ID")
    #expect(some.counts == [1, 0, 0, 1], "\(some.errors)")
  }

  @Test func personalValuesAreMaskedEverywhere() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      "       01  R.\n           05  ID PIC 9(4).\n           05  NM PIC X(6).\n           05  MN PIC X(6).\n",
      to: "R.cpy")
    for (name, values) in [("l", ["SATO", "M1234"]), ("r", ["SUZUKI", "M9876"])] {
      try program.write(
        NoticeFile.zoned(1, 4) + Self.ebcdic(values[0], 6) + Self.ebcdic(values[1], 6), to: "\(name).dat")
    }
    try program.write("columns: {MN: {privacy: my_number}}", to: "map.yaml")
    let parameters = "?copybook=R.cpy&charset=ibm-037&personal=NM"
    func everything(_ more: [String]) throws -> String {
      let options = ["--map", "map.yaml", "--rows", "d.ndjson", "--csv", "d.csv", "--html", "d.html"] + more
      let answer = try program.diff(
        "legacy:l.dat\(parameters)", "legacy:r.dat?copybook=R.cpy&charset=ibm-037", key: "ID", options)
      #expect(answer.counts == [0, 1, 0, 0], "\(answer.errors)")
      let text = try program.run(
        all: ["diff", "legacy:l.dat\(parameters)", "legacy:r.dat?copybook=R.cpy&charset=ibm-037", "--key", "ID,NM"]
          + options)
      return try [
        answer.output, answer.errors, text.output, text.errors, program.file("d.ndjson"), program.file("d.csv"),
        program.file("d.html"),
      ].joined()
    }
    let masked = try everything([])
    for secret in ["SATO", "SUZUKI", "M1234", "M9876"] { #expect(!masked.contains(secret), "\(secret)") }
    let revealed = try everything(["--reveal"])
    #expect(revealed.contains("SATO") && revealed.contains("SUZUKI"))
    for secret in ["M1234", "M9876"] { #expect(!revealed.contains(secret), "\(secret)") }
  }
}
