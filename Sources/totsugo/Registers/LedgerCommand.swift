import Office
import Outline
import Projects
import ArgumentParser
import Base
import Checks
import Commands
import Foundation
import Ledger
import Records
import Registers
import Report
import Tables
import Workspace

/// `totsugo ledger …`: 台帳: all entries, and the proof that nothing was changed afterwards.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: .said("台帳の検証、一覧、外への固定、書出し、訂正", "The ledger (台帳): verify, list, fix its end outside, export, correct."),
    subcommands: [
      VerifyLedger.self, ListLedger.self, AnchorLedger.self, MakeKey.self, ExportLedger.self, WithdrawEntry.self,
      CorrectClock.self, RebuildRegisters.self,
    ])

  struct VerifyLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: .said(
        "証跡、確認、決定が後から変更・削除・入替え・挿入されていないことを確かめる",
        "Prove that no evidence, sign-off or decision was changed, removed, moved or inserted afterwards."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("前に作ったアンカー。繰り返し指定できる", "An anchor that was made before; may be repeated.")) var anchor:
      [String] = []
    @Option(help: .said("アンカーに署名したはずの公開鍵（PEM）", "The public key (PEM) that must have signed the anchors.")) var key:
      String?

    private struct Answer: Encodable {
      struct Finding: Encodable {
        let kind: String
        let entry: Int?
        let place: String
        let text: String
      }

      let holds: Bool
      let entries: Int
      let digest: String
      let findings: [Finding]
      /// Unfinished runs and days of the parallel run: they are no findings, and are not counted.
      let unfinished: [String]
      let corrections: JSONValue
    }

    func validate() throws {
      if key != nil, anchor.isEmpty {
        throw ValidationError(
          .said(
            "--key はアンカーの署名者を確かめます。--anchor も指定してください。",
            "--key says who must have signed an anchor: name one with --anchor."))
      }
    }

    /// The result of verifying an anchor, as text.
    private static func line(
      _ anchor: Anchor, _ key: Ed25519?, _ language: Language
    ) throws(Diagnostic) -> String {
      let signed: String
      if anchor.signature.isEmpty {
        signed = language("署名なし", "not signed")
      } else if key != nil {
        signed =
          try anchor.isSigned(by: key)
          ? language("署名は鍵と一致", "signed with the key") : language("署名が鍵と不一致", "not signed with the key")
      } else {
        signed = language("署名者は未確認（--key なし）", "signer not checked (no --key)")
      }
      return language(
        "  控え 記載 \(anchor.head.number) (\(language.moment(anchor.at))): \(signed)",
        "  anchor at entry \(anchor.head.number) (\(language.moment(anchor.at))): \(signed)")
    }

    func run() throws {
      try options.run { office, language in
        guard let ledger = try Ledger(reading: office.workspace, RegisterCatalog.schemas) else {
          throw Diagnostic(.workspaceEmpty, at: Place(file: office.workspace.path))
        }
        let key = try key.map(Self.key)
        let anchors = try anchor.map(Self.anchor)
        let reading = try ledger.reading()
        var findings = try reading.verify()
        findings += try office.workspace.verifyEvidence(reading)
        for anchor in anchors { findings += try reading.verify(anchor, key: key) }
        // When a register cannot be read, the findings report it.
        let dossier = try? Dossier(reading, today: Day.today())
        let days = ((try? reading.records(ParallelDay.self)) ?? []).filter(\.isUnfinished).map(\.day)
        let head = try reading.head()
        // Released, so that no writer waits for the output.
        _ = consume reading
        switch options.common.format {
        case .json:
          try options.common.answer(
            json: Answer(
              holds: findings.isEmpty, entries: head.number, digest: head.digest,
              findings: findings.map {
                Answer.Finding(kind: $0.kind.rawValue, entry: $0.entry, place: $0.place, text: $0.text.text(language))
              }, unfinished: (dossier?.unfinished.map(\.run) ?? []) + days,
              corrections: Correction.listing.json(dossier?.corrections ?? [], Words(language: language))))
        case .text:
          var lines = findings.map { "  \($0.text.text(language)) [\($0.kind.rawValue)]" }
          lines.append(
            findings.isEmpty
              ? language("台帳は完全です: 記載\(head.number)件", "the ledger is whole: \(head.number) entries")
              : language("台帳に\(findings.count)件の異常があります", "\(findings.count) findings: the ledger is not whole"))
          lines.append("  \(head.digest)")
          lines += (dossier?.remarks ?? []).map { "  " + $0.text(language) }
          lines += days.map {
            language("  未完了: 並行稼働 \($0)（終わりの記載なし）", "  unfinished: parallel run, \($0) (no entry of its end)")
          }
          lines += try anchors.map { try Self.line($0, key, language) }
          options.common.answer(lines.joined(separator: "\n"))
        }
        if !findings.isEmpty { throw Failure.no }
      }
    }

    static func key(_ path: String) throws(Diagnostic) -> Ed25519 {
      guard let data = FileManager.default.contents(atPath: path),
        let key = try Ed25519.read(pem: String(decoding: data, as: UTF8.self))
      else { throw Diagnostic(.ledgerKey, at: Place(file: path), "Ed25519 PEM") }
      return key
    }

    private static func anchor(_ path: String) throws(Diagnostic) -> Anchor {
      guard let data = FileManager.default.contents(atPath: path),
        let anchor = Anchor(String(decoding: data, as: UTF8.self))
      else { throw Diagnostic(.ledgerKey, at: Place(file: path), "JSON") }
      return anchor
    }
  }

  struct ListLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("記録の一覧。古い順", "List the entries, oldest first."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("この番号から後だけ", "From this entry on.")) var from: Int = 1
    @Option(help: .said("この登録簿だけ。item（項目）、issue（課題）、decision（決定）など", "Only this register's: item, issue, decision …"))
    var register: String?
    @Option(help: .said("この人の記録だけ", "Only this person's.")) var person: String?

    func run() throws {
      try options.run { office, language in
        let entries = try office.reading().entries(from: from).filter {
          (register == nil || $0.amendment.register == register) && (person == nil || $0.by == person)
        }
        try options.answer(Entry.listing, entries, language)
      }
    }
  }

  struct AnchorLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "anchor",
      abstract: .said(
        "台帳の末尾を外に固定する。表示するかファイルに書き、鍵で署名できる",
        "Fix the end of the chain outside: print it or write it to a file, signed with a key."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("署名に使う秘密鍵（PEM、Ed25519）", "The private key (PEM, Ed25519) to sign with.")) var key: String?
    @Option(
      name: [.customShort("o"), .long], help: .said("書き出すファイル（省略時は標準出力）", "File to write (default: standard output)."))
    var output: String?

    func run() throws {
      try options.run { office, language in
        let key = try key.map(VerifyLedger.key)
        let head = try office.reading().head()
        guard let anchor = Anchor(head, project: office.outline.name, at: Day.now(), key: key) else {
          throw Diagnostic(.ledgerKey, at: Place(file: self.key), "private key")
        }
        if let output {
          try PrivateFile.write(Data(anchor.text.utf8), to: output)
          options.common.say(language("記載 \(head.number) までを控えました", "fixed the end at entry \(head.number)"))
        } else {
          CommonOptions.write(Data(anchor.text.utf8))
        }
      }
    }
  }

  struct MakeKey: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "key",
      abstract: .said(
        "署名の鍵を作る。FILE（秘密、0600）と FILE.pub（公開）",
        "Make a key to sign with: FILE (private, mode 0600) and FILE.pub (public)."))

    @Argument(help: .said("書き出すファイル。すでにあってはならない", "The file to write; it must not be there yet.")) var file: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      try common.reporting {
        guard !FileManager.default.fileExists(atPath: file) else { throw Diagnostic(.registerExists, file) }
        guard let key = try Ed25519.generate(), let secret = key.privatePEM, let open = key.publicPEM else {
          throw Diagnostic(.ledgerKey, at: Place(file: file), "OpenSSL")
        }
        try PrivateFile.write(Data(secret.utf8), to: file)
        try PrivateFile.write(Data(open.utf8), to: file + ".pub")
        common.say("\(file)\n\(file).pub")
      }
    }
  }

  struct ExportLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: .said(
        "台帳、登録簿、すべての証跡を、このプログラムがなくても検証できるファイルに書き出す",
        "Write the ledger, its registers and all evidence as files that verify without this program."))

    @OptionGroup var options: RegisterOptions
    @Option(name: [.customShort("o"), .long], help: .said("書き出すフォルダ", "Folder to write.")) var output: String

    func run() throws {
      try options.run { office, language in
        let reading = try office.reading()
        try ProjectOffice.checkWhole(reading, office.workspace)
        try LedgerBundle(folder: output).write(reading, evidence: try office.workspace.evidenceFiles(reading))
        let head = try reading.head()
        options.common.say(
          language("\(output) に記載\(head.number)件を書き出しました", "wrote \(head.number) entries to \(output)"))
      }
    }
  }
}
