import Foundation
import Testing

/// `decode`, `inspect` and `profile` of the built binary over small files of every kind.
@Suite struct DecodeCommandTests {
  static let ordersCopybook = """
           01 ORDER-REC.
              05 KIND         PIC X.
                 88 IS-RETURN VALUE 'R'.
              05 LINES        PIC 9.
              05 ORDER-LINE OCCURS 0 TO 3 DEPENDING ON LINES.
                 10 PARTS     PIC 9.
                 10 PART OCCURS 1 TO 2 DEPENDING ON PARTS PIC X(2).
              05 TAIL         PIC X(3).
              05 REASON REDEFINES TAIL PIC 9(3).
    """

  private func run(
    _ copybook: String, _ data: [UInt8], _ arguments: [String], command: String = "decode", name: String = "IN.dat"
  ) throws -> Program.Answer {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array(copybook.utf8), to: "IN.cpy")
    try program.write(data, to: name)
    return try program.run(all: [command, name, "--copybook", "IN.cpy"] + arguments)
  }

  // MARK: records that tell their length

  @Test func tablesOfVaryingLengthAreReadWithoutHeaders() throws {
    let answer = try run(
      Self.ordersCopybook, Array("A21AA2BBCCabcB0xyzR0042".utf8),
      ["--charset", "us-ascii", "--record-length", "layout", "--choose", "REASON=KIND = 'R'"])
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(
      answer.output == """
        {"KIND":"A","LINES":2,"ORDER-LINE":[{"PARTS":1,"PART":["AA"]},{"PARTS":2,"PART":["BB","CC"]}],"TAIL":"abc","REASON":null}
        {"KIND":"B","LINES":0,"ORDER-LINE":[],"TAIL":"xyz","REASON":null}
        {"KIND":"R","LINES":0,"ORDER-LINE":[],"TAIL":null,"REASON":42}

        """)
  }

  @Test func nothingBehindATableOfWrongLengthIsGuessed() throws {
    let answer = try run(
      Self.ordersCopybook, Array("A9xyzabc\nB?xyz\nB0xyz\n".utf8),
      ["--charset", "us-ascii", "--record-format", "text", "--choose", "REASON=KIND = 'R'"])
    #expect(answer.code == 1)
    let lines = answer.output.split(separator: "\n")
    let lost = "{\"invalid\":\"decode.occurs.range\",\"bytes\":\"\"}"
    #expect(lines[0].hasSuffix("\"ORDER-LINE\":[{\"PARTS\":\(lost),\"PART\":[]}],\"TAIL\":\(lost),\"REASON\":null}"))
    #expect(lines[1].contains("\"LINES\":{\"invalid\":\"decode.number.zone\",\"bytes\":\"3f\"}"))
    #expect(lines[2] == "{\"KIND\":\"B\",\"LINES\":0,\"ORDER-LINE\":[],\"TAIL\":\"xyz\",\"REASON\":null}")
    #expect(answer.errors.contains("3 invalid value(s)"), "\(answer.errors)")
  }

  @Test func aRecordLengthMayBeAnExpression() throws {
    let copybook = "01 R.\n 05 N PIC 9.\n 05 T PIC X(5)."
    let answer = try run(
      copybook, Array("2ab5abcde1z".utf8), ["--charset", "us-ascii", "--record-length", "N + 1", "--to", "csv"])
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(answer.output == "N,T\n2,ab\n5,abcde\n1,z\n")
  }

  @Test func shortRecordsEndWithWhatTheyHave() throws {
    let copybook = "01 R.\n 05 A PIC X(2).\n 05 B PIC 9(2).\n 05 C PIC X(4)."
    var data: [UInt8] = []
    for text in ["ab12wxyz", "ab12w", "ab12", "ab1", "ab", "ab12wxyz!"] {
      data += [0, UInt8(text.utf8.count + 4), 0, 0] + Array(text.utf8)
    }
    let answer = try run(copybook, data, ["--charset", "us-ascii", "--record-format", "V", "--to", "csv"])
    #expect(answer.code == 1)
    #expect(answer.output == "A,B,C\nab,12,wxyz\nab,12,w\nab,12,\nab,!decode.record.cut X'31',\nab,,\nab,12,wxyz\n")
    #expect(answer.errors.contains("1 record(s) longer than the layout"))
    #expect(answer.errors.contains("4 record(s) shorter than the layout"))
  }

  // MARK: damage

  @Test func aSlippedByteIsOneDamageNotTenThousandBadRecords() throws {
    let copybook = "01 R.\n 05 N PIC 9(8).\n 05 P PIC S9(5) COMP-3.\n 05 M PIC 9(4)."
    var data: [UInt8] = []
    for record in 0..<400 {
      data +=
        Array(String(format: "%08d", record).utf8).map { $0 | 0xF0 } + [0x12, 0x34, 0x5C] + [0xF1, 0xF2, 0xF3, 0xF4]
    }
    data.insert(0x00, at: 100 * 15 + 4)
    let answer = try run(copybook, data, ["--charset", "ibm-930", "--to", "csv"])
    #expect(answer.code == 1)
    let rows = answer.output.split(separator: "\n").dropFirst()
    #expect((398...399).contains(rows.count), "\(rows.count) records")
    #expect(!answer.output.contains("!decode"), "what stands in step is right")
    #expect(rows.last == "399,12345,1234")
    #expect(answer.errors.contains("[frame.inserted]"), "\(answer.errors)")
    #expect(answer.errors.contains("1 damaged place(s)"))
  }

  private static func slipped(at place: Int, insert: [UInt8] = [], remove: Int = 0) -> [UInt8] {
    var data: [UInt8] = []
    for record in 0..<700 {
      data +=
        Array(String(format: "%08d", record).utf8).map { $0 | 0xF0 } + [0x12, 0x34, 0x5C] + [0xF1, 0xF2, 0xF3, 0xF4]
    }
    data.removeSubrange(place..<place + remove)
    data.insert(contentsOf: insert, at: place)
    return data
  }

  static let slipCopybook =
    "01 R.\n 05 N PIC 9(8).\n 05 P PIC S9(5) COMP-3.\n 05 M PIC 9(4).\n 05 Q REDEFINES M PIC X(4)."

  @Test(arguments: ["decode", "inspect"]) func aRangeCountsRecordsAsTheWholeFileDoes(_ command: String) throws {
    let data = Self.slipped(at: 100 * 15 + 4, remove: 1)
    let options = ["--charset", "ibm-930", "--choose", "Q=N = 1"]
    let whole = try run(Self.slipCopybook, data, options + ["--to", "csv"])
    #expect(whole.errors.contains("[frame.lost]"), "\(whole.errors)")
    let line = try #require(whole.output.split(separator: "\n").dropFirst(600).first)
    let one = try run(
      Self.slipCopybook, data,
      options + (command == "decode" ? ["--to", "csv", "--range", "600..600"] : ["--record", "600"]),
      command: command)
    if command == "decode" {
      #expect(one.output.split(separator: "\n").last == line)
    } else {
      #expect(one.output.contains(String(line.prefix(3))), "\(one.output)")
      #expect(one.output.contains("12345"))
    }
  }

  @Test func aSlipInTheFirstRecordIsHealedToo() throws {
    let answer = try run(Self.slipCopybook, Self.slipped(at: 3, remove: 1), ["--charset", "ibm-930", "--to", "csv"])
    #expect(answer.errors.contains("[frame.lost]"), "\(answer.errors)")
    #expect(answer.output.split(separator: "\n").count >= 699)
    #expect(answer.output.split(separator: "\n").last == "699,12345,1234,1234")
  }

  @Test func theTableOfACutRecordIsNotReadFromWhatStoodThereBefore() throws {
    let copybook = "01 R.\n 05 A PIC X(3).\n 05 N PIC 9.\n 05 T OCCURS 1 TO 5 DEPENDING ON N PIC X."
    var data: [UInt8] = []
    for text in Array(repeating: "abc5vwxyz", count: 512) + ["ab"] {
      data += [0, UInt8(text.utf8.count + 4), 0, 0] + Array(text.utf8)
    }
    let answer = try run(copybook, data, ["--charset", "us-ascii", "--record-format", "V"])
    #expect(answer.output.hasSuffix(#"{"A":"ab","N":null,"T":[]}"# + "\n"))
    #expect(answer.code == 0, "\(answer.errors)")
  }

  @Test func whatWasReadBeforeTroubleIsGiven() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("01 R.\n 05 N PIC 9(2).".utf8), to: "IN.cpy")
    try program.write(GzipSample.twoMembers.dropLast(12) + [], to: "IN.dat.gz")
    let answer = try program.run(
      all: ["decode", "IN.dat.gz", "--copybook", "IN.cpy", "--charset", "us-ascii", "--to", "csv"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains("[frame.gzip]"))
    #expect(answer.output.hasPrefix("N\n"))
    let strict = try run(
      "01 R.\n 05 N PIC 9(2).", Array("1122xx33".utf8), ["--charset", "us-ascii", "--strict", "--to", "csv"])
    #expect(strict.output == "N\n11\n22\n", "nothing behind the invalid value")
  }

  @Test func aConditionOverAnInvalidItemIsTold() throws {
    let answer = try run(
      "01 R.\n 05 N PIC 9(2).", Array("11xx33".utf8), ["--charset", "us-ascii", "--where", "N > 0", "--to", "csv"])
    #expect(answer.output == "N\n11\n33\n")
    #expect(answer.code == 1)
    #expect(answer.errors.contains("1 record(s) left out: an item of --where is invalid"))
  }

  @Test func personalGroupsAndWhatRedefinesThemAreMasked() throws {
    let copybook =
      "01 R.\n 05 NAME.\n  10 FAMILY PIC X(4).\n  10 GIVEN PIC X(4).\n 05 WHOLE REDEFINES NAME PIC X(8).\n 05 SEX PIC X.\n  88 FEMALE VALUE '2'."
    for (personal, secrets) in [
      ("NAME", ["SATO", "HANA"]), ("GIVEN", ["HANA", "SATOHANA"]), ("WHOLE", ["SATO", "HANA"]),
    ] {
      for command in ["decode", "inspect", "profile"] {
        let answer = try run(
          copybook, Array("SATOHANA2".utf8), ["--charset", "us-ascii", "--personal", personal], command: command)
        for secret in secrets { #expect(!answer.output.contains(secret), "\(command) --personal \(personal)") }
      }
    }
    let sex = try run(
      copybook, Array("SATOHANA2".utf8), ["--charset", "us-ascii", "--personal", "SEX"], command: "inspect")
    #expect(!sex.output.contains("FEMALE"))
  }

  @Test(arguments: [
    ("01 R.\n 05 A OCCURS 99999999 PIC X.", "[copybook.columns]"),
    ("01 R.\n 05 A OCCURS 9999.\n  10 B OCCURS 9999 PIC X.", "[copybook.columns]"),
    ("01 R.\n 05 A PIC X(25) COMP-3U.", "[copybook.usage]"),
  ]) func whatCannotBeReadIsRefusedWithAMessage(_ copybook: String, _ code: String) throws {
    let answer = try run(copybook, Array("x".utf8), ["--charset", "us-ascii"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains(code), "\(answer.errors)")
  }

  @Test func shorterRecordsThanTheLayoutAreNeverReadBeyond() throws {
    let answer = try run(
      "01 R.\n 05 A PIC X(90000000).\n 05 N PIC 9(5).", Array(repeating: 0x31, count: 100),
      ["--charset", "us-ascii", "--record-format", "F,length=10", "--to", "csv"])
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(answer.output.split(separator: "\n").count == 11)
  }

  @Test func copybooksMayBeInShiftJIS() throws {
    let program = try Program()
    defer { program.remove() }
    // "金額" in Windows-31J; a byte that begins a character and ends the file.
    let name: [UInt8] = [0x8B, 0xE0, 0x8A, 0x7A]
    try program.write(Array("01 R.\n 05 ".utf8) + name + Array(" PIC 9(3).".utf8), to: "IN.cpy")
    try program.write(Array("123".utf8), to: "IN.dat")
    let answer = try program.run(all: ["decode", "IN.dat", "--copybook", "IN.cpy", "--charset", "us-ascii"])
    #expect(answer.output == "{\"金額\":123}\n", "\(answer.errors)")
    try program.write(Array("01 R.\n 05 ".utf8) + [0x8B], to: "IN.cpy")
    let wrong = try program.run(all: ["decode", "IN.dat", "--copybook", "IN.cpy", "--charset", "us-ascii"])
    #expect(wrong.code == 2 && wrong.errors.contains("[copybook.text]"), "\(wrong.errors)")
  }

  @Test(arguments: ["F", "V"]) func aRangeBehindTheEndIsTrouble(_ format: String) throws {
    let data: [UInt8] = format == "F" ? Array("1234".utf8) : [0, 6, 0, 0, 0x31, 0x32, 0, 6, 0, 0, 0x33, 0x34]
    let answer = try run(
      "01 R.\n 05 N PIC 9(2).", data,
      ["--charset", "us-ascii", "--record-format", format, "--range", "5..6", "--to", "csv"])
    #expect(answer.code == 2 && answer.output == "N\n")
    #expect(answer.errors.contains("IN.dat, record 5: there is no such record; the file has 2."), "\(answer.errors)")
  }

  @Test func anEmptyFileIsTrouble() throws {
    let answer = try run("01 R.\n 05 N PIC 9.", [], ["--charset", "us-ascii"])
    #expect(answer.code == 2 && answer.errors.contains("[file.empty]"))
  }

  @Test func inspectShowsWhereItemsStandBehindAShortTable() throws {
    let answer = try run(
      Self.ordersCopybook, Array("B0xyz".utf8), ["--charset", "us-ascii", "--record-length", "layout"],
      command: "inspect")
    #expect(answer.output.contains("  3    3   TAIL"), "\(answer.output)")
  }

  @Test func strictStopsAtTheFirstInvalidValue() throws {
    let copybook = "01 R.\n 05 N PIC 9(2)."
    let data = Array("11x233".utf8)
    let strict = try run(copybook, data, ["--charset", "us-ascii", "--strict", "--to", "csv"])
    #expect(strict.code == 2)
    #expect(strict.errors.contains("IN.dat, record 2, byte 2, field N: invalid value: zoned number with a wrong zone"))
    let going = try run(copybook, data, ["--charset", "us-ascii", "--keep-going", "--to", "csv"])
    #expect(going.code == 1)
    #expect(going.output == "N\n11\n!decode.number.zone X'7832'\n33\n")
  }

  @Test func aCutLastRecordIsToldAndTheOthersAreGiven() throws {
    let answer = try run("01 R.\n 05 N PIC 9(4).", Array("1111222233".utf8), ["--charset", "us-ascii", "--to", "csv"])
    #expect(answer.code == 1)
    #expect(answer.output == "N\n1111\n2222\n")
    #expect(answer.errors.contains("[frame.cut]"), "\(answer.errors)")
  }

  // MARK: meanings of items

  @Test(
    arguments: [
      ([], "A,B\n!decode.number.blank X'2020',\n7,x\n", 1),
      (["--spaces", "null"], "A,B\n,\n7,x\n", 0),
      (["--spaces", "zero"], "A,B\n0,\n7,x\n", 0),
    ] as [([String], String, Int32)])
  func blankNumbersAreWhatTheCitySays(_ options: [String], _ output: String, _ code: Int32) throws {
    let copybook = "01 R.\n 05 A PIC 9(2).\n 05 B PIC X(2)."
    let answer = try run(copybook, Array("    07x ".utf8), ["--charset", "us-ascii", "--to", "csv"] + options)
    #expect(answer.code == code)
    #expect(answer.output == output)
    #expect(answer.errors.contains("1 accepted: decode.number.blank-rule") == !options.isEmpty)
  }

  @Test func aTextMayHaveItsLengthInAnotherItem() throws {
    let copybook = "01 R.\n 05 E OCCURS 2.\n  10 L PIC 9.\n  10 T PIC X(4)."
    let answer = try run(
      copybook, Array("2ab??0????5abcd1a???".utf8), ["--charset", "us-ascii", "--length-of", "T=L", "--to", "csv"])
    #expect(answer.code == 1)
    #expect(answer.output == "L[1],T[1],L[2],T[2]\n2,ab,0,\n5,!decode.occurs.range X'61626364',1,a\n")
  }

  @Test func conditionNamesMayBeRanges() throws {
    let copybook =
      "01 R.\n 05 A PIC 9(2).\n  88 LOW VALUE 1 THRU 9.\n  88 HIGH VALUE 10 THRU 99.\n 05 B PIC X.\n  88 VOWEL VALUE 'A' 'E'."
    let answer = try run(copybook, Array("12E".utf8), ["--charset", "us-ascii"], command: "inspect")
    #expect(answer.output.contains("12  (HIGH)") && answer.output.contains("\"E\"  (VOWEL)"), "\(answer.output)")
  }

  @Test func repeatedNamesAreToldApart() throws {
    let copybook =
      "01 R.\n 05 G.\n  10 X PIC X.\n 05 H.\n  10 X PIC X.\n 05 FILLER.\n  10 Y PIC X.\n 05 FILLER.\n  10 Z PIC X."
    let csv = try run(copybook, Array("abcd".utf8), ["--charset", "us-ascii", "--to", "csv"])
    #expect(csv.output == "X OF G,X OF H,Y,Z\na,b,c,d\n")
    let json = try run(copybook, Array("abcd".utf8), ["--charset", "us-ascii"])
    #expect(json.output == #"{"G":{"X":"a"},"H":{"X":"b"},"FILLER":{"Y":"c"},"FILLER-2":{"Z":"d"}}"# + "\n")
  }

  @Test func textsAreQuotedWhereTheyMustBe() throws {
    let copybook = "01 R.\n 05 A PIC X(9)."
    let data = Array("say \"hi\",x\\y\u{1}z\nq  ".utf8)
    let csv = try run(copybook, data, ["--charset", "us-ascii", "--to", "csv"])
    #expect(csv.output == "A\n\"say \"\"hi\"\",\"\n\"x\\y\u{1}z\nq\"\n")
    let json = try run(copybook, data, ["--charset", "us-ascii"])
    #expect(json.output == #"{"A":"say \"hi\","}"# + "\n" + #"{"A":"x\\y\u0001z\u000Aq"}"# + "\n")
  }

  @Test func personalItemsAreMaskedEverywhere() throws {
    let copybook = "01 R.\n 05 NAME PIC X(6).\n 05 TAX PIC 9(3)."
    let data = Array("YAMADA12xSATOO 456".utf8)
    for command in ["decode", "inspect", "profile"] {
      for form in command == "inspect"
        ? [["--format", "json"], []] : [["--to", command == "decode" ? "csv" : "html"], []]
      {
        let answer = try run(
          copybook, data, ["--charset", "us-ascii", "--personal", "NAME,TAX"] + form, command: command)
        #expect(answer.code == 1)
        for secret in ["YAMADA", "SATOO", "456", "313278"] {
          #expect(!answer.output.contains(secret) && !answer.errors.contains(secret), "\(command): \(secret)")
        }
        #expect(answer.output.contains("●●●"))
      }
    }
  }

  @Test func gzipIsReadAsWhatItHolds() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("01 R.\n 05 N PIC 9(2).".utf8), to: "IN.cpy")
    // Two members: 1112 and 13, as gzip -n writes them.
    try program.write(GzipSample.twoMembers, to: "IN.dat.gz")
    let answer = try program.run(
      all: ["decode", "IN.dat.gz", "--copybook", "IN.cpy", "--charset", "us-ascii", "--to", "csv", "--range", "2.."])
    #expect(answer.output == "N\n12\n13\n", "\(answer.errors)")
  }

  // MARK: inspect and profile

  @Test func inspectShowsEachItemOnALine() throws {
    let answer = try run(
      Self.ordersCopybook, Array("A0abcR11XXx45".utf8),
      ["--charset", "us-ascii", "--record-length", "layout", "--choose", "REASON=KIND = 'R'", "--record", "2"],
      command: "inspect")
    #expect(answer.code == 1)
    #expect(
      answer.output == """
        IN.dat  record 2  offset 5  length 8 (layout: 20)
        pos  len  item            clause    bytes     value
          1   20  ORDER-REC
          1    1   KIND           PIC X     52        "R"  (IS-RETURN)
          2    1   LINES          PIC 9     31        1
          3    5   ORDER-LINE[1]
          3    1    PARTS[1]      PIC 9     31        1
          4    2    PART[1][1]    PIC X(2)  58 58     "XX"
          6    3   REASON         PIC 9(3)  78 34 35  ✗ zoned number with a wrong zone [decode.number.zone]
        1 invalid value(s)

        """)
    let absent = try run(
      "01 R.\n 05 N PIC 9.", Array("12".utf8), ["--charset", "us-ascii", "--record", "3"], command: "inspect")
    #expect(absent.code == 2)
    #expect(absent.errors.contains("IN.dat, record 3: there is no such record; the file has 2."))
  }

  @Test func profileCountsExactly() throws {
    let copybook = "01 R.\n 05 N PIC 9(2).\n 05 T PIC X(2)."
    let answer = try run(
      copybook, Array("11aa22bb22  x3bb".utf8), ["--charset", "us-ascii", "--format", "json"], command: "profile")
    #expect(answer.code == 1)
    let fields = try #require(answer.json["fields"] as? [[String: Any]])
    #expect(fields[0]["sum"] as? String == "55")
    #expect(fields[0]["distinct"] as? Int == 2)
    #expect((fields[0]["invalid"] as? [[String: Any]])?.first?["first_record"] as? Int == 4)
    #expect(fields[1]["filled"] as? Int == 3)
    #expect(fields[1]["empty"] as? Int == 1)
    #expect((fields[1]["frequent"] as? [[String: Any]])?.first?["value"] as? String == "bb")
  }

  // MARK: refusals

  @Test(
    arguments: [
      (["--charset", "ibm-9300"], "--charset ibm-9300 cannot be used; possible: ibm-930", 64),
      (["--dialect", "cobol"], "cobol", 64),
      (["--record-format", "Q"], "Q", 64),
      (["--choose", "NOPE=A = 'x'"], "NOPE is no item that redefines", 64),
      (["--type", "A=sometimes"], "--type A=sometimes cannot be used; possible: yyyymmdd", 64),
      (["--type", "AA=mixed"], "there is no field AA in copybook IN.cpy. Did you mean “A”?", 2),
      (["--where", "A = 1"], "--where", 64),
      (["--record-length", "A"], "--record-length", 64),
      (["--range", "5..2"], "--range takes FIRST..LAST", 64),
      (["--to", "xml"], "--to takes ndjson, csv.", 64),
      (["--strict", "--keep-going"], "exclude each other", 64),
      (["--gaiji", "none.csv"], "none.csv", 2),
    ] as [([String], String, Int32)])
  func wrongOptionsAreRefused(_ options: [String], _ says: String, _ code: Int32) throws {
    let answer = try run("01 R.\n 05 A PIC X.", Array("x".utf8), ["--charset", "us-ascii"] + options)
    #expect(answer.code == code, "\(answer.output)\(answer.errors)")
    #expect(answer.errors.contains(says), "\(answer.errors)")
    #expect(answer.output.isEmpty)
  }

  /// Lines of a table that no text of the set can ever contain, and sets without user-defined characters.
  @Test(
    arguments: [
      (["windows-31j"], "F040", nil), (["windows-31j"], "8540", nil), (["windows-31j"], "81F0", "replaces = U+212B"),
      (["windows-31j"], "8140", "replaces = U+3000"),
      (["fujitsu-jef"], "A4A2", "replaces = U+3042"), (["fujitsu-jef"], "4040", "replaces = U+3000"),
      (["windows-31j"], "20A1", "needed: code ∈ windows-31j"), (["euc-jp"], "41A1", "code ∈ euc-jp"),
      (["euc-jp"], "F5A1", nil), (["fujitsu-jef"], "80A1", nil), (["ibm-930"], "6941", nil),
      (["us-ascii"], "F040", "[option.value]"), (["ibm-037"], "6941", "[option.value]"),
      (["utf-8"], "F040", "[option.value]"),
      (["us-ascii", "--charset-of", "A=windows-31j"], "F040", nil),
    ] as [([String], String, String?)])
  func aGaijiTableSaysSomethingOfTheSet(_ charset: [String], _ code: String, _ says: String?) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("code,unicode,class\n\(code),U+9089,一致\n".utf8), to: "g.csv")
    try program.write(Array("       01 R.\n           05 A PIC X(4).\n".utf8), to: "c.cpy")
    try program.write([0x40, 0x40, 0x40, 0x40], to: "d.dat")
    let answer = try program.run(
      all: ["decode", "d.dat", "--copybook", "c.cpy", "--gaiji", "g.csv", "--language", "en", "--charset"] + charset)
    #expect((answer.code == 0) == (says == nil), "\(answer.errors)")
    #expect(says.map(answer.errors.contains) ?? answer.errors.isEmpty, "\(answer.errors)")
  }

  @Test func aWrongGaijiTableIsRefusedLineByLine() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    let text = try String(contentsOfFile: project, encoding: .utf8)
    try (text + "\ngaiji: gaiji.csv\ndialect: ibm,sync=5\n").write(toFile: project, atomically: true, encoding: .utf8)
    try program.write(
      Array("code,unicode,class\n80A1,U+9089,一致\nZZ,U+9089,一致\n80A2,,同じ\n".utf8), to: "project/gaiji.csv")
    let lint = try program.run("lint", project, "--language", "en")
    #expect(lint.code != 0)
    let said = lint.output + lint.errors
    for words in [
      "gaiji.csv:3", "needed: code = 0100…FFFF", "gaiji.csv:4", "class = 一致", "[gaiji.table]", "sync=5",
      "[dialect.value]",
    ] { #expect(said.contains(words), "\(said)") }
  }
}

/// `printf 1112 | gzip -n; printf 13 | gzip -n`.
enum GzipSample {
  static let twoMembers: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x33, 0x34, 0x34, 0x34, 0x02, 0x00, 0x4D, 0x99, 0xF0,
    0x42, 0x04, 0x00, 0x00, 0x00, 0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x33, 0x34, 0x06, 0x00,
    0x5B, 0x74, 0x54, 0x38, 0x02, 0x00, 0x00, 0x00,
  ]
}

/// Literals are compared by their bytes: `String` treats 神 (U+FA19) and 神 as equal.
@Suite struct LiteralTests {
  @Test(arguments: [
    ("NAM in ('\u{FA19}', '神')", 3), ("NAM in ('神', '\u{FA19}')", 3), ("NAM <> '神' and NAM <> '\u{FA19}'", 2),
    ("if(NAM = '\u{FA19}', '神', '\u{FA19}') = '\u{FA19}'", 3), ("NAM = '神'", 1), ("NAM = '\u{FA19}'", 2),
  ]) func canonicallyEquivalentLiteralsStayTwo(_ condition: String, _ count: Int) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("       01  REC.\n           05  K1  PIC X(2).\n           05  NAM PIC X(4).\n", to: "K.cpy")
    let names: [[UInt8]] = [[0xEE, 0x62], [0x90, 0x5F], [0xEE, 0x62], [0x92, 0xCB], [0xED, 0x80]]
    try program.write(names.flatMap { [0x30, 0x31] + $0 + [0x20, 0x20] }, to: "k.dat")
    let answer = try program.run(
      "decode", "k.dat", "--copybook", "K.cpy", "--charset", "windows-31j", "--type", "NAM=mixed", "--where", condition)
    #expect(answer.output.split(separator: "\n").count == count, "\(answer.output)\(answer.errors)")
  }

  @Test(arguments: [
    ["--type", "A=era-date", "--type", "A=identifier"], ["--charset-of", "A=ibm-037", "--charset-of", "A=ibm-930"],
    ["--type", "R=era-date"], ["--length-of", "A=B", "--length-of", "A=C"],
  ]) func whatIsSaidTwiceOrOfAGroupIsRefused(_ options: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("       01  R.\n           05  A PIC X(2).\n", to: "R.cpy")
    try program.write("ab", to: "r.dat")
    let answer = try program.run(all: ["decode", "r.dat", "--copybook", "R.cpy", "--charset", "us-ascii"] + options)
    #expect(answer.code == 64 && answer.output.isEmpty, "\(answer.code) \(answer.errors)")
  }
}
