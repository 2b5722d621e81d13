import Base
import Foundation
import Testing

/// An unintelligible part of a reference is not printed: it may be a password.
@Suite struct SecretTests {
  private static let secret = "GEHEIM"

  static let spellings = [
    "Postgres://u:GEHEIM@h/d", "POSTGRES://u:GEHEIM@h/d?table=t", "pg://u:GEHEIM@h/d", "postgres:/u:GEHEIM@h/d",
    "postgres:u:GEHEIM@h", "postgresql:/u:GEHEIM@h/d", "jdbc:postgresql://h/d?user=u&password=GEHEIM",
    "host=h user=u password=GEHEIM", "host=h password='GEHEIM x'", "password=GEHEIM", "PASSWORD=GEHEIM host=h",
    "sqlite:postgres://u:GEHEIM@h/d", "sqlite:postgres://u:GEHEIM@h/d?table=t", "csv:postgres://u:GEHEIM@h/d",
    "ndjson:pg://u:GEHEIM@h/d", "legacy:postgres://u:GEHEIM@h/d?copybook=c", "postgres://u:GE/HEIM@h/d",
    "postgres://u:GEHEIM@@h/d", "postgres://u:GEHEIM@h:x/d?table=t", "mysql://u:GEHEIM@h/d", "u:GEHEIM@h",
    "postgres://u@h/d?table=t&password=GEHEIM&x", "https://u:GEHEIM@h/x.csv", " postgres://u:GEHEIM@h/d?table=t",
    "postgres//u:GEHEIM@h/d", "postgres://u:GEHEIM@127.0.0.1:1/d?table=t&query=x",
    "postgres://u:GEHEIM@127.0.0.1:1/d", "service=s password = GEHEIM",
  ]

  private static func expectNothing(_ program: Program, _ answer: Program.Answer, _ what: String) {
    for part in ["GEHEIM", "HEIM"] {
      #expect(
        !answer.output.contains(part) && !answer.errors.contains(part), "\(what): \(answer.output)\(answer.errors)")
      let names = FileManager.default.enumerator(atPath: program.folder)
      for case let name as String in names! {
        let data = FileManager.default.contents(atPath: program.folder + "/" + name) ?? Data()
        #expect(data.firstRange(of: Data(part.utf8)) == nil, "\(what): \(name)")
      }
    }
  }

  @Test(arguments: spellings) func aReferenceKeepsItsPassword(_ spelling: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id\n1\n", to: "l.csv")
    try program.write(NoticeFile.clean(2).bytes)
    for language in ["ja", "en"] {
      let diff = try program.run("diff", "l.csv", spelling, "--key", "id", "--language", language)
      #expect(diff.code == 2 && !diff.errors.isEmpty)
      Self.expectNothing(program, diff, "diff")
    }
    for command in [
      ["run", Program.notices, "--data", "data", "--workspace", "ws", "--target", spelling],
      ["reconcile", Program.notices, "--data", "data", "--workspace", "ws", "--target", spelling],
      ["diff", "l.csv", "l.csv", spelling, "--key", "id"], ["decode", spelling, "--copybook", "x"],
      ["diff", "l.csv", "l.csv", "--key", "id", "--map", spelling], ["list", spelling],
    ] {
      let answer = try program.run(all: command)
      #expect(answer.code != 0, "\(command)")
      Self.expectNothing(program, answer, command[0])
    }
  }

  /// The name of a file is shown, so that users see their typing error.
  @Test func aPlainNameIsShown() throws {
    let program = try Program()
    defer { program.remove() }
    let answer = try program.run("diff", "daten/neu.cvs", "x.csv", "--key", "id", "--language", "en")
    #expect(answer.errors.contains("daten/neu.cvs"), "\(answer.errors)")
  }

  /// Invisible characters are shown.
  @Test(arguments: [
    ("a", "a"), ("氏名　", "氏名　"), ("a\u{0}b", "a‹U+0000›b"), ("\u{FEFF}id", "‹U+FEFF›id"), ("a\u{A0}", "a‹U+00A0›"),
    ("\u{1B}[2J", "‹U+001B›[2J"), ("\u{202E}x", "‹U+202E›x"), ("葛\u{E0100}", "葛‹U+E0100›"), ("a\nb", "a⏎b"),
    ("\u{200B}", "‹U+200B›"), ("か\u{3099}", "か\u{3099}"), ("\u{85}", "‹U+0085›"),
  ]) func whatCannotBeSeenIsShown(_ text: String, _ shown: String) {
    #expect(ShownText.visible(text) == shown)
    #expect(Diagnostic(.diffColumn, text, "x").message(.english).contains(shown))
  }
}
