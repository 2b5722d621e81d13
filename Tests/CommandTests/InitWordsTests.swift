import Foundation
import Testing

/// What `init` knows from the words of columns, and what `run --draft` says of a column that it does not know: the other
/// city of the samples with another DDL.
@Suite struct InitWordsTests {
  private static func city(_ changes: [(String, String)]) throws -> Program {
    let program = try Program.beside("Samples")
    let path = program.folder + "/Samples/another-city/new.sql"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for (old, new) in changes {
      #expect(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let page = try CommandPage("README.md", in: "Samples/another-city")
    let command = try #require(page.commands.first { $0.words.first == "init" })
    let made = try program.run(all: command.words)
    #expect(made.code == 0, "\(made.errors)")
    return program
  }

  private static func read(_ name: String, _ program: Program) throws -> String {
    try String(contentsOfFile: program.folder + "/shiomi/" + name, encoding: .utf8)
  }

  @Test(arguments: [
    (
      "'世帯主カナ氏名'", "'世帯主カナ氏名（全角）'", "nushi_kana: wide(KS-NUSHI-KANA)", "KS-NUSHI-KANA: narrow(nushi_kana)"
    ),
    ("'世帯主氏名'", "'世帯主氏名（半角）'", "nushi_shimei: narrow(KS-NUSHI-SHIMEI)", "KS-NUSHI-SHIMEI: wide(nushi_shimei)"),
    ("'郵便番号（ハイフンあり）'", "'郵便番号'", "yubin_bango: KS-YUBIN-NO", "KS-YUBIN-NO: yubin_bango"),
    ("'期別'", "'期'", "ki: occurrence()", "at: ki"),
    (
      "'更新日時'", "'更新日'",
      "koshin_nichiji: \"concat(text(KS-KOSHIN-YMD, 'yyyy-mm-dd'), ' ', slice(KS-KOSHIN-HMS, 1, 2), ':', ",
      "KS-KOSHIN-HMS: \"concat(slice(koshin_nichiji, 12, 2), "
    ),
  ]) func wordsOfColumnsNameTheForm(old: String, new: String, mapped: String, rebuilt: String) throws {
    let program = try Self.city([(old, new)])
    defer { program.remove() }
    #expect(try Self.read("kokuho/pipeline.yaml", program).contains(mapped))
    let checks = try Self.read("kokuho/checks.yaml", program)
    #expect(checks.contains(mapped) || mapped == "ki: occurrence()", "\(checks)")
    #expect(checks.contains(rebuilt), "\(checks)")
    let lint = try program.run("lint", "shiomi/project.yaml", "--language", "en")
    #expect(lint.code == 0, "\(lint.output)")
  }

  /// What a varying table lacks is no value: it makes no rule about blanks.
  @Test func absentEntriesAreNoBlankNumbers() throws {
    let program = try Self.city([])
    defer { program.remove() }
    #expect(try !Self.read("project.yaml", program).contains("spaces:"))
    #expect(try !Self.read("kokuho/pipeline.yaml", program).contains("when:"))
  }

  /// Checks that fail since a column is null are told with the column, not as causes of their own.
  @Test func whatFailsForWantOfAColumnIsToldWithIt() throws {
    let program = try Self.city([
      ("  ki            smallint      NOT NULL,\n  nokigen", "  xx            smallint      NOT NULL,\n  nokigen"),
      ("PRIMARY KEY (setai_bango, fuka_nendo, ki)", "PRIMARY KEY (setai_bango, fuka_nendo, xx)"),
      ("kibetsu.ki IS '期別'", "kibetsu.xx IS '不明'"),
      (
        "REFERENCES kokuho.kibetsu (setai_bango, fuka_nendo, ki)",
        "REFERENCES kokuho.kibetsu (setai_bango, fuka_nendo, xx)"
      ),
    ])
    defer { program.remove() }
    let run = try program.run(
      "run", "--draft", "shiomi/project.yaml", "--data", "Samples/another-city/data", "--language", "en")
    let list = run.output.components(separatedBy: "To do").last ?? ""
    #expect(
      list.contains(
        "[1] columns of kibetsu that nobody has mapped (null); because of it fail T03-C01-02, T04-C07-1 — xx"),
      "\(list)")
    #expect(!list.contains("Keys of kibetsu"), "\(list)")
    #expect(!list.contains("shuno refers to"), "\(list)")
  }
}
