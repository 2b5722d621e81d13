import Foundation
import Testing

/// `diff` of two files: right answers on hard input, trouble when the answer cannot be known.
@Suite struct DiffCommandTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var left: [UInt8]
    var right: [UInt8]
    var references = ("l.csv", "r.csv")
    var key = "id"
    var options: [String] = []
    /// Same, changed, left only, right only; `nil` for trouble.
    var counts: [Int]?
    var says: [String] = []
    var testDescription: String { name }

    init(
      _ name: String, _ left: String, _ right: String, as references: (String, String) = ("l.csv", "r.csv"),
      key: String = "id", options: [String] = [],
      finds counts: [Int]? = nil, says: [String] = []
    ) {
      self.init(
        name, Array(left.utf8), Array(right.utf8), as: references, key: key, options: options, finds: counts, says: says
      )
    }

    init(
      _ name: String, _ left: [UInt8], _ right: [UInt8], as references: (String, String) = ("l.csv", "r.csv"),
      key: String = "id", options: [String] = [],
      finds counts: [Int]? = nil, says: [String] = []
    ) {
      (self.name, self.left, self.right, self.references) = (name, left, right, references)
      (self.key, self.options, self.counts, self.says) = (key, options, counts, says)
    }
  }

  private func check(_ input: Case) throws {
    let program = try Program()
    defer { program.remove() }
    for (bytes, reference) in [(input.left, input.references.0), (input.right, input.references.1)] {
      try program.write(bytes, to: String(reference.prefix { $0 != "?" }))
    }
    let answer = try program.diff(input.references.0, input.references.1, key: input.key, input.options)
    for words in input.says { #expect(answer.errors.contains(words), "\(answer.errors)") }
    guard let counts = input.counts else {
      #expect(answer.code == 2 && answer.output.isEmpty, "\(answer.code) \(answer.output)")
      let japanese = try program.run(
        all: ["diff", input.references.0, input.references.1, "--key", input.key, "--language", "ja"] + input.options)
      #expect(japanese.code == 2 && japanese.errors.unicodeScalars.contains { $0.value > 0x3000 }, "\(japanese.errors)")
      return
    }
    #expect(answer.counts == counts, "\(answer.errors)")
    #expect(answer.code == (counts[1...] == [0, 0, 0] ? 0 : 1), "\(answer.code) \(answer.errors)")
    if input.says.isEmpty { #expect(answer.errors.isEmpty, "\(answer.errors)") }
    for jobs in ["1", "3"] {
      let again = try program.diff(
        input.references.0, input.references.1, key: input.key, input.options + ["--jobs", jobs])
      #expect(again.output == answer.output)
    }
  }

  // MARK: false answers of others

  private static func many(_ row: (Int) -> String) -> String { "id,v\n" + (0..<1_000).map(row).joined() }

  private static let peers: [Case] = [
    Case("delimiters inside values", "id,a,b\n1,x|y,z\n", "id,a,b\n1,x,y|z\n", finds: [0, 1, 0, 0]),
    Case("commas inside values", "id,a,b\n1,\"x,y\",z\n", "id,a,b\n1,x,\"y,z\"\n", finds: [0, 1, 0, 0]),
    Case("quotation marks inside", "id,a,b\n1,\"x\"\"\",y\n", "id,a,b\n1,x,\"\"\"y\"\n", finds: [0, 1, 0, 0]),
    Case("delimiters inside keys", "a,b\nx|y,z\n", "a,b\nx,y|z\n", key: "a,b", finds: [0, 0, 1, 1]),
    Case("commas inside keys", "a,b\n\"x,y\",z\n", "a,b\nx,\"y,z\"\n", key: "a,b", finds: [0, 0, 1, 1]),
    Case(
      "null against the text <null>", "id,v\n1,NULL\n", "id,v\n1,<null>\n", as: ("l.csv?null=NULL", "r.csv"),
      finds: [0, 1, 0, 0]),
    Case("null against \\N", "id,v\n1,\n", "id,v\n1,\\N\n", as: ("l.csv?null=", "r.csv"), finds: [0, 1, 0, 0]),
    Case(
      "null against empty", "id,v\n1,\n", "id,v\n1,\"\"\n", as: ("l.csv?null=", "r.csv?null="), finds: [0, 1, 0, 0]),
    Case("amounts swapped", "id,v\n1,100\n2,200\n", "id,v\n1,200\n2,100\n", finds: [0, 2, 0, 0]),
    Case("pairs that cancel", "id,v\n1,a\n1,a\n2,x\n", "id,v\n1,b\n1,b\n2,x\n", finds: [1, 0, 2, 2]),
    Case(
      "due dates moved by a month", many { "\($0),2024-05-31\n" }, many { "\($0),2024-06-30\n" },
      finds: [0, 1_000, 0, 0]),
    Case("beyond 2^24", "id,v\n1,4033600000\n", "id,v\n1,4033600001\n", finds: [0, 1, 0, 0]),
    Case("beyond 2^53", "id,v\n1,9007199254740992\n", "id,v\n1,9007199254740993\n", finds: [0, 1, 0, 0]),
    Case(
      "beyond 2^53, within tolerance 0.5", "id,v\n1,9007199254740992\n", "id,v\n1,9007199254740993\n",
      options: ["--tolerance", "v=0.5"], finds: [0, 1, 0, 0]),
    Case("01 and 1", "id,v\n1,01\n", "id,v\n1,1\n", finds: [0, 1, 0, 0]),
    Case("01 and 1 as keys", "id,v\n01,a\n", "id,v\n1,a\n", finds: [0, 0, 1, 1]),
    Case("1.0 and 1", "id,v\n1,1.0\n", "id,v\n1,1\n", finds: [0, 1, 0, 0]),
    Case(
      "text 1 and number 1", "{\"id\":1,\"v\":\"1\"}\n", "{\"id\":1,\"v\":1}\n", as: ("l.ndjson", "r.ndjson"),
      finds: [0, 1, 0, 0]),
    Case("a cut last line", "id,v\n1,a\n2", "id,v\n1,a\n2,b\n", says: ["l.csv", "record 2", "[dataset.fields]"]),
    Case(
      "invalid UTF-8", Array("id,v\n1,".utf8) + [0xC3, 0x28, 10], Array("id,v\n1,a\n".utf8),
      says: ["record 1", "c3", "[dataset.charset]"]),
    Case("UTF-16", [0xFF, 0xFE] + Array("i\0d\0\n\01\0\n\0".utf8), Array("id\n1\n".utf8), finds: [1, 0, 0, 0]),
    Case(
      "UTF-16, the other way", [0xFE, 0xFF] + Array("\0i\0d\0\n\01\0\n".utf8), Array("id\n1\n".utf8),
      finds: [1, 0, 0, 0]),
    Case(
      "UTF-16 cut within a character", [0xFF, 0xFE] + Array("i\0d\0\n\01\0\n".utf8), Array("id\n1\n".utf8),
      says: ["byte 10", "[dataset.unit]"]),
    Case(
      "half of a pair", [0xFF, 0xFE] + Array("i\0d\0\n\0".utf8) + [0x00, 0xD8, 0x0A, 0x00], Array("id\n1\n".utf8),
      says: ["byte 8", "[dataset.unit]"]),
    Case(
      "UTF-16 without its mark", Array("i\0d\0\n\01\0\n\0".utf8), Array("id\n1\n".utf8),
      says: ["utf-16le", "[dataset.wide]"]),
    Case(
      "UTF-16 of the other order", [0xFF, 0xFE] + Array("i\0d\0\n\0".utf8), Array("id\n1\n".utf8),
      as: ("l.csv?charset=utf-16be", "r.csv"), says: ["utf-16le", "[option.value]"]),
    Case("lines that end with CR", "id,v\r1,a\r", "id,v\r1,b\r", says: ["[dataset.return]"]),
    Case(
      "a parameter twice", "id\n1\n", "id\n1\n", as: ("l.csv?null=-&null=", "r.csv"),
      says: ["null=", "[dataset.parameter]"]),
    Case(
      "UTF-16 that was promised", Array("id\n1\n".utf8), Array("id\n1\n".utf8), as: ("l.csv?charset=utf-16", "r.csv"),
      says: ["[dataset.mark]"]),
    Case(
      "a lost character on both sides", Array("id,v\n1,山\u{FFFD}\n2,b\n".utf8), Array("id,v\n1,山\u{FFFD}\n2,b\n".utf8),
      finds: [1, 1, 0, 0]),
    Case(
      "a lost character on the right", Array("id,v\n1,a\n2,b\n".utf8), Array("id,v\n1,a\n2,\u{FFFD}\n".utf8),
      finds: [1, 1, 0, 0]),
    Case(
      "a lost character in a name", Array("id,\u{FFFD}\n1,a\n".utf8), Array("id,\u{FFFD}\n1,a\n".utf8),
      says: ["efbfbd", "[dataset.charset]"]),
    Case(
      "Shift_JIS unsaid", Array("id,v\n1,".utf8) + [0x8E, 0x52, 0x93, 0x63, 10], Array("id,v\n1,山田\n".utf8),
      says: ["charset=windows-31j"]),
    Case(
      "Shift_JIS said wrongly", Array("id,v\n1,".utf8) + [0x8E, 10], Array("id,v\n1,山\n".utf8),
      as: ("l.csv?charset=windows-31j", "r.csv"), says: ["record 1", "byte 7", "8e0a", "[dataset.code]"]),
    Case(
      "外字 without a table", Array("id,v\n1,".utf8) + [0xF0, 0x40, 10], Array("id,v\n1,山\n".utf8),
      as: ("l.csv?charset=windows-31j", "r.csv"), says: ["f040", "gaiji=", "[dataset.gaiji]"]),
    Case(
      "Shift_JIS said", Array("id,v\n1,".utf8) + [0x8E, 0x52, 0x93, 0x63, 10], Array("id,v\n1,山田\n".utf8),
      as: ("l.csv?charset=windows-31j", "r.csv"), finds: [1, 0, 0, 0]),
    Case(
      "EUC-JP said", Array("id,v\n1,".utf8) + [0xBB, 0xB3, 10], Array("id,v\n1,山\n".utf8),
      as: ("l.csv?charset=euc-jp", "r.csv"), finds: [1, 0, 0, 0]),
    Case(
      "a character set nobody knows", "id\n1\n", "id\n1\n", as: ("l.csv?charset=latin-9", "r.csv"),
      says: ["windows-31j"]),
  ]

  @Test(arguments: peers) func noFalseAnswer(_ input: Case) throws { try check(input) }

  // MARK: files

  private static let long = String(repeating: "x\"\"\n漢,", count: 300_000)

  private static let files: [Case] = [
    Case("an empty file", "", "id\n1\n", says: ["[file.empty]"]),
    Case("only a line end", "\n", "id\n1\n", says: ["[dataset.columns]"]),
    Case("names that occur twice", "id,v,v\n", "id,v\n", says: ["column 3", "[dataset.columns]"]),
    Case("a name that is empty", "id,\n1,2\n", "id\n1\n", says: ["column 2", "[dataset.columns]"]),
    Case("too many values", "id,v\n1,a\n2,b,c\n", "id,v\n", says: ["record 2", "3 values", "[dataset.fields]"]),
    Case("too few values", "id,v,w\n1,a,b\n2,b\n", "id,v,w\n", says: ["record 2", "[dataset.fields]"]),
    Case("a blank line in the middle", "id,v\n1,a\n\n2,b\n", "id,v\n", says: ["record 2", "[dataset.fields]"]),
    Case("an open quotation mark", "id,v\n1,a\n2,\"b\n", "id,v\n", says: ["record 2", "[dataset.quote]"]),
    Case(
      "an open quotation mark, quoted before", "id,v\n\"1\",a\n2,\"b\nc,d\n", "id,v\n",
      says: ["record 2", "[dataset.quote]"]),
    Case(
      "text behind a quotation mark", "id,v\n1,a\n2,b\n3,\"c\"d\n", "id,v\n", says: ["record 3", "[dataset.quote]"]),
    Case(
      "text behind a quotation mark, CRLF", "id,v\r\n1,a\r\n2,\"b\"c\r\n", "id,v\n",
      says: ["record 2", "[dataset.quote]"]),
    Case("an open quotation mark in the header", "\"id,v\n1,a\n", "id,v\n", says: ["[dataset.quote]"]),
    Case("two delimiters", "id\n", "id\n", as: ("l.csv?delimiter=ab", "r.csv"), says: ["delimiter=ab"]),
    Case("headers only", "id,v\n", "id,v", finds: [0, 0, 0, 0], says: ["[dataset.lastline]"]),
    Case("one side has no rows", "id,v\n", "id,v\n1,a\n2,b\n", finds: [0, 0, 0, 2]),
    Case(
      "no line end, same", "id,v\n1,a\n2,b", "id,v\n1,a\n2,b\n", finds: [2, 0, 0, 0],
      says: ["l.csv", "[dataset.lastline]"]),
    Case("no line end, different", "id,v\n1,a", "id,v\n1,ab\n", finds: [0, 1, 0, 0], says: ["[dataset.lastline]"]),
    Case("blank lines at the end", "id,v\n1,a\n\n\r\n", "id,v\n1,a\n", finds: [1, 0, 0, 0]),
    Case("one column, empty values", "id\n\na\n", "id\na\n\"\"\n", finds: [2, 0, 0, 0]),
    Case("CRLF", "id,v\r\n1,a\r\n2,\"b\"\r\n3,\r\n", "id,v\n1,a\n2,b\n3,\n", finds: [3, 0, 0, 0]),
    Case("a carriage return within", "id,v\n1,a\rb\n", "id,v\n1,\"a\rb\"\n", finds: [1, 0, 0, 0]),
    Case("a carriage return at the end, quoted", "id,v\n1,a\n", "id,v\n1,\"a\r\"\n", finds: [0, 1, 0, 0]),
    Case("byte order mark", "\u{FEFF}id,v\n1,a\n", "id,v\n1,a\n", finds: [1, 0, 0, 0]),
    Case("byte order mark and quotation marks", "\u{FEFF}\"id\",\"v\"\n1,a\n", "id,v\n1,a\n", finds: [1, 0, 0, 0]),
    Case("NUL bytes", "id,v\n1,\0\n2,a\0b\n3,\0N1\n", "id,v\n1,\n2,a\0b\n3,1\n", finds: [1, 2, 0, 0]),
    Case("quotation marks within", "id,v\n1,a\"b\n2,a\"\n", "id,v\n1,\"a\"\"b\"\n2,\"a\"\"\"\n", finds: [2, 0, 0, 0]),
    Case("line ends within", "id,v\n1,\"a\nb\"\n2,c\n", "id,v\n1,\"a\r\nb\"\n2,\"c\"\n", finds: [1, 1, 0, 0]),
    Case("TSV", "id\tv\n1\ta,b\n", "id,v\n1,\"a,b\"\n", as: ("l.tsv", "r.csv"), finds: [1, 0, 0, 0]),
    Case("semicolons", "id;v\n1;a,b\n", "id,v\n1,\"a,b\"\n", as: ("l.csv?delimiter=;", "r.csv"), finds: [1, 0, 0, 0]),
    Case(
      "no quotes", "id,v\n1,\"a\n2,b\"\n", "id,v\n1,\"\"\"a\"\n2,\"b\"\"\"\n", as: ("l.csv?quotes=none", "r.csv"),
      finds: [2, 0, 0, 0]),
    Case(
      "no quotes on both sides", "id,v\n1,\"a\n2,\"\"\n", "id,v\n2,\"\"\n1,\"a\n",
      as: ("l.csv?quotes=none", "r.csv?quotes=none"), finds: [2, 0, 0, 0]),
    Case("key last", "v,id\na,1\nb,2\n", "v,id\nb,2\nx,1\n", finds: [1, 1, 0, 0]),
    Case("key in the middle", "v,id,w\na,1,p\nb,2,q\n", "v,id,w\na,1,p\nb,2,r\n", finds: [1, 1, 0, 0]),
    Case("columns in another order", "id,v,w\n1,a,b\n", "w,id,v\nb,1,a\n", finds: [1, 0, 0, 0]),
    Case("keys from high to low", "id,v\n3,a\n2,b\n1,c\n", "id,v\n3,a\n2,x\n1,c\n", finds: [2, 1, 0, 0]),
    Case("key named twice", "id,v\n1,a\n", "id,v\n1,b\n", key: "id,id", finds: [0, 1, 0, 0]),
    Case("empty keys", "id,v\n,a\n,b\n", "id,v\n,a\n1,b\n", finds: [1, 0, 1, 1]),
    Case("null keys", "id,v\n,a\n1,b\n", "id,v\n,a\n1,b\n", as: ("l.csv?null=", "r.csv?null="), finds: [2, 0, 0, 0]),
    Case("keys with padding", "id,v\n1 ,a\n", "id,v\n1,a\n", finds: [0, 0, 1, 1]),
    Case("everything different", "id,v\n1,a\n2,b\n", "id,v\n3,a\n4,b\n", finds: [0, 0, 2, 2]),
    Case("one side far larger", "id,v\n500,v\n", many { "\($0),v\n" }, finds: [1, 0, 0, 999]),
    Case("a row of megabytes", "id,v\n1,\"\(long)\"\n2,b\n", "id,v\n2,b\n1,\"\(long)\"\n", finds: [2, 0, 0, 0]),
    Case(
      "a row of megabytes, different at its end", "id,v\n1,\"\(long)a\"\n2,b\n", "id,v\n1,\"\(long)b\"\n2,b\n",
      finds: [1, 1, 0, 0]),
    Case("a key of megabytes", "id,v\n\"\(long)\",b\n", "id,v\n\"\(long)\",c\n", finds: [0, 1, 0, 0]),
    Case(
      "an open quotation mark before megabytes", "id,v\n1,\"\(String(repeating: "x\n", count: 400_000))\n", "id,v\n",
      says: ["record 1", "[dataset.quote]"]),
  ]

  @Test func aFileThatIsNotThereIsTrouble() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id\n", to: "l.csv")
    for missing in ["none.csv", "none/r.ndjson", "data.csv/"] {
      let answer = try program.diff("l.csv", missing)
      #expect(answer.code == 2 && answer.output.isEmpty && answer.errors.contains(missing), "\(answer.errors)")
    }
    #expect(try program.diff("l.csv", "data").errors.contains("[dataset.reference]"))
  }

  @Test(arguments: files) func everyFileIsReadAsItStands(_ input: Case) throws { try check(input) }

  private static let objects: [Case] = [
    Case("nested", "{\"id\":1,\"v\":[1]}\n", "{\"id\":1,\"v\":1}\n", says: ["nested", "[dataset.json]"]),
    Case("no JSON", "{\"id\":1,\"v\":tru}\n", "{\"id\":1,\"v\":1}\n", says: ["tru", "[dataset.json]"]),
    Case("cut", "{\"id\":1,\"v\":1}\n{\"id\":2", "{\"id\":1,\"v\":1}\n", says: ["record 2", "[dataset.json]"]),
    Case(
      "a name that lacks", "{\"id\":1,\"v\":1}\n{\"id\":2}\n", "{\"id\":1,\"v\":1}\n",
      finds: [1, 0, 1, 0], says: ["1 rows", "[dataset.absent]"]),
    Case("a name that one side lacks", "{\"id\":1,\"v\":1}\n{\"id\":2,\"w\":1}\n", "{\"id\":1,\"v\":1}\n", says: ["w"]),
    Case("a name twice", "{\"id\":1,\"id\":1}\n", "{\"id\":1}\n", says: ["twice"]),
    Case("half a surrogate", "{\"id\":\"\\ud842\"}\n", "{\"id\":1}\n", says: ["\\u"]),
    Case("the other half", "{\"id\":\"\\udfb7\"}\n", "{\"id\":1}\n", says: ["\\u"]),
    Case("an escape with a sign", "{\"id\":\"\\u+041\"}\n", "{\"id\":1}\n", says: ["\\u"]),
    Case("a number with a leading zero", "{\"id\":01}\n", "{\"id\":1}\n", says: ["01"]),
    Case("a control character", "{\"id\":\"\t\"}\n", "{\"id\":1}\n", says: ["control"]),
    Case("something behind", "{\"id\":1}}\n", "{\"id\":1}\n", says: ["[dataset.json]"]),
    Case("nothing", "", "{\"id\":1}\n", says: ["[file.empty]"]),
    Case(
      "escapes", "{\"id\":\"\\u5c71\\ud842\\udfb7\\n\\\"\\/\",\"v\":null}\n",
      "{\"v\":null,\"id\":\"山𠮷\\u000A\\u0022/\"}\n", finds: [1, 0, 0, 0]),
    Case("numbers with exponent", "{\"id\":1,\"v\":1.50E2}\n", "{\"id\":1.0,\"v\":150}\n", finds: [1, 0, 0, 0]),
    Case(
      "null, false, zero and empty", "{\"id\":1,\"v\":null}\n{\"id\":2,\"v\":0}\n",
      "{\"id\":1,\"v\":\"\"}\n{\"id\":2,\"v\":false}\n", finds: [0, 2, 0, 0]),
    Case(
      "blank lines and CRLF", "{\"id\":1}\r\n\r\n{ \"id\" : 2 }\r\n", "{\"id\":2}\n{\"id\":1}\n", finds: [2, 0, 0, 0]),
    Case("no line end", "{\"id\":1}", "{\"id\":1}\n", finds: [1, 0, 0, 0], says: ["[dataset.lastline]"]),
  ]

  @Test(arguments: objects) func everyObjectIsReadAsItStands(_ input: Case) throws {
    var input = input
    input.references = ("l.ndjson", "r.ndjson")
    try check(input)
  }

  @Test func packedFilesAreUnpackedAndCutOnesTrouble() throws {
    let program = try Program()
    defer { program.remove() }
    let text = Self.many { "\($0),value \($0 &* 2_654_435_761 % 1_000_003)\n" }
    for name in ["l.csv", "r.csv"] { try program.write(text, to: name) }
    try program.gzip("r.csv")
    #expect(try program.diff("l.csv", "r.csv.gz").counts == [1_000, 0, 0, 0])
    let packed = Array(try Data(contentsOf: URL(fileURLWithPath: program.folder + "/r.csv.gz")))
    for cut in [1, 8, packed.count / 2, packed.count - 12] {
      try program.write(Array(packed.dropLast(cut)), to: "r.csv.gz")
      let answer = try program.diff("l.csv", "r.csv.gz")
      #expect(
        answer.code == 2 && answer.output.isEmpty && answer.errors.contains("r.csv.gz"), "\(cut): \(answer.errors)")
    }
  }

  @Test(arguments: [1, 3, 4_096, 4_097, 7_000]) func anyNumberOfColumns(_ columns: Int) throws {
    let program = try Program()
    defer { program.remove() }
    let names = (1..<columns).map { ",c\($0)" }.joined()
    let values = (1..<columns).map { ",\($0)" }.joined()
    try program.write("id\(names)\n1\(values)\n2\(values)\n", to: "l.csv")
    try program.write("id\(names)\n2\(values)\n3\(values)\n", to: "r.csv")
    let answer = try program.diff("l.csv", "r.csv")
    #expect(answer.counts == [1, 0, 1, 1], "\(answer.errors)")
  }

  /// Blank lines at the end, with the end of a block of 256 KiB at each of them.
  @Test(arguments: [-2, -1, 0, 1, 2]) func blankLinesAroundTheEndOfABlock(_ shift: Int) throws {
    let program = try Program()
    defer { program.remove() }
    let filler = String(repeating: "x", count: 262_144 - "id,v\n1,\n\n".count + shift)
    for (name, end) in [("l.csv", "\n\n"), ("r.csv", "\n")] {
      try program.write("id,v\n1,\(filler)\(end)", to: name)
    }
    let answer = try program.diff("l.csv", "r.csv")
    #expect(answer.counts == [1, 0, 0, 0], "\(answer.errors)")
  }
}
