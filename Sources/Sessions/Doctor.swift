import Base
import Evidence
import Foundation
import Glibc
import Ledger
import Office
import Pipeline
import Projects
import Targets
import Workspace

/// 事前点検: what would go wrong in a run tonight, before it begins. Nothing is changed; the table by which the rights in the
/// target are tried is undone with its transaction.
package struct Doctor {
  package enum Standing: String, Sendable, Encodable { case ok, warning, trouble }

  /// One thing that was looked at.
  package struct Line {
    /// A word that keeps its name: `file/KJFUKA`, `disk/target`.
    package let id: String
    package let standing: Standing
    package let found: Bilingual
    /// What to do; `nil` when all is well.
    package let act: Bilingual?
  }

  package private(set) var lines: [Line] = []
  private let project: Project
  /// Bytes of the legacy files.
  private var size = 0

  /// Looks at everything. Costs a reading of each file whose records vary in length.
  ///
  /// - Parameters:
  ///   - data: the folder of the legacy files.
  ///   - target: a target's reference; `nil` for the file that a run makes in the workspace.
  ///   - writes: whether rights are tried by a table that is undone.
  package init(
    _ project: Project, _ office: ProjectOffice, data: String, target: String?, writes: Bool, program: String
  ) {
    self.project = project
    add("program", .ok, "totsugo \(program)", "totsugo \(program)")
    add("charset", .ok, "文字集合 \(project.charset)", "character set \(project.charset)")
    for file in project.files { look(at: file, in: data) }
    lookAtDisks(office.workspace, hasOwnTarget: target == nil || target?.hasPrefix("sqlite:") == true)
    lookAtMachine()
    lookAtLibraries()
    lookAtClock(office)
    lookAt(target ?? "sqlite:" + office.workspace.path + "/totsugo-probe.sqlite", isOwn: target == nil, writes)
  }

  /// The gravest of all.
  package var standing: Standing {
    lines.contains { $0.standing == .trouble }
      ? .trouble : lines.contains { $0.standing == .warning } ? .warning : .ok
  }

  private mutating func add(
    _ id: String, _ standing: Standing, _ ja: String, _ en: String, act: Bilingual? = nil
  ) {
    lines.append(Line(id: id, standing: standing, found: Bilingual(ja, en), act: act))
  }

  /// What a diagnostic says, which tells what to do, too.
  private mutating func add(_ id: String, _ standing: Standing, _ diagnostic: Diagnostic) {
    add(id, standing, diagnostic.message(.japanese), diagnostic.message(.english))
  }

  // MARK: files

  private mutating func look(at file: FilePlan, in folder: String) {
    let id = "file/" + file.id
    do throws(Diagnostic) {
      let names = try file.names(in: folder)
      _ = try file.open(in: folder)
      let bytes = names.reduce(0) { $0 + Self.size(of: folder + "/" + $1) }
      size += bytes
      let list = names.joined(separator: ", ")
      if bytes == 0 {
        add(
          id, .warning, "\(list): 空のファイル", "\(list): an empty file",
          act: Bilingual("抽出が終わっているか確かめる", "See whether the extract has ended."))
      } else {
        add(id, .ok, "\(list): \(Self.amount(bytes))", "\(list): \(Self.amount(bytes))")
      }
    } catch { add(id, .trouble, error) }
  }

  private static func size(of path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  // MARK: the machine

  /// Bytes that may be needed for two bytes of the legacy files: a target in a file with its journal; lists, quarantine
  /// and evidence; keys that do not fit into memory.
  private static let factors = (target: 2, workspace: 1, scratch: 1)

  /// What several purposes need of one disk is added up.
  private mutating func lookAtDisks(_ workspace: Workspace, hasOwnTarget: Bool) {
    let scratch = NSTemporaryDirectory()
    var needs: [(id: String, path: String, bytes: Int)] = [
      (
        "disk/workspace", workspace.path, size * (Self.factors.workspace + (hasOwnTarget ? Self.factors.target : 0)) / 2
      ),
      ("disk/scratch", scratch, size * Self.factors.scratch / 2),
    ]
    if Self.device(workspace.path) == Self.device(scratch) {
      needs = [("disk", workspace.path, needs[0].bytes + needs[1].bytes)]
    }
    for need in needs {
      let (path, free) = Self.free(need.path)
      let standing: Standing = free < need.bytes ? .trouble : free / 2 < need.bytes ? .warning : .ok
      let (have, want) = (Self.amount(free), Self.amount(need.bytes))
      add(
        need.id, standing, "\(path): 空き \(have)、必要な量の目安 \(want)", "\(path): \(have) free, about \(want) may be needed",
        act: standing == .ok
          ? nil
          : Bilingual(
            "空きを増やすか、--workspace と TMPDIR を別のディスクに置く", "Make room, or put --workspace and TMPDIR on another disk."))
      if access(path, W_OK) != 0 {
        add(
          need.id, .trouble, "\(path): 書けない", "\(path): cannot be written",
          act: Bilingual("フォルダの権限を直す", "Correct the rights of the folder."))
      }
    }
  }

  /// The folder, or the nearest above it that exists.
  private static func existing(_ path: String) -> String {
    var path = path.isEmpty ? "." : path
    while !FileManager.default.fileExists(atPath: path) {
      let above = (path as NSString).deletingLastPathComponent
      path = above.isEmpty ? "." : above
    }
    return path
  }

  private static func device(_ path: String) -> UInt {
    var found = stat()
    return stat(existing(path), &found) == 0 ? UInt(found.st_dev) : 0
  }

  private static func free(_ path: String) -> (path: String, bytes: Int) {
    var found = statvfs()
    let path = existing(path)
    guard statvfs(path, &found) == 0 else { return (path, 0) }
    return (path, Int(clamping: UInt64(found.f_bavail) &* UInt64(found.f_frsize)))
  }

  private mutating func lookAtMachine() {
    let memory = sysconf(Int32(_SC_AVPHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let all = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let isScarce = all < 1 << 30
    add(
      "memory", isScarce ? .warning : .ok, "メモリ \(Self.amount(all))、うち空き \(Self.amount(memory))",
      "memory \(Self.amount(all)), \(Self.amount(memory)) of it free",
      act: isScarce ? Bilingual("1 GB以上の機械を使うか、--jobs を減らす", "Use a machine with 1 GB or more, or fewer --jobs.") : nil)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let isNarrow = limit.rlim_cur < 256
    add(
      "open-files", isNarrow ? .warning : .ok, "同時に開けるファイル \(limit.rlim_cur)",
      "\(limit.rlim_cur) files may be open at once",
      act: isNarrow ? Bilingual("`ulimit -n 1024` を実行する", "Run `ulimit -n 1024`.") : nil)
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    let isUTF8 = locale?.lowercased().replacing("-", with: "").contains("utf8") ?? false
    add(
      "locale", isUTF8 ? .ok : .warning, "ロケール \(locale ?? "–")", "locale \(locale ?? "–")",
      act: isUTF8
        ? nil
        : Bilingual("画面の日本語が読めるように LANG=ja_JP.UTF-8 とする", "Set LANG=ja_JP.UTF-8, so that a terminal shows Japanese."))
  }

  private mutating func lookAtClock(_ office: ProjectOffice) {
    let (zone, now) = (TimeZone.current.identifier, Day.now())
    do {
      try office.reading().checkClock(now)
      add(
        "clock", .ok, "時計 \(now)、時間帯 \(zone)、台帳の最後の記録より前ではない",
        "clock \(now), time zone \(zone), not before the ledger’s last entry")
    } catch let error as Diagnostic { add("clock", .trouble, error) } catch let error as Diagnostics {
      for item in error.items { add("clock", .trouble, item) }
    } catch { add("clock", .trouble, "\(error)", "\(error)") }
  }

  private mutating func lookAtLibraries() {
    do throws(Diagnostic) {
      _ = try Ed25519.generate()
      add("library/crypto", .ok, "libcrypto あり（署名付きの控え）", "libcrypto is there, for signed anchors")
    } catch { add("library/crypto", .warning, error) }
  }

  // MARK: the target

  private mutating func lookAt(_ reference: String, isOwn: Bool, _ writes: Bool) {
    do throws(Diagnostic) {
      let target = try TargetReference.open(reference)
      if let probed = target as? any ProbedTarget {
        let version = try probed.version()
        add("target", .ok, version, version)
        if writes, !isOwn { tryRights(probed) }
      } else if let exports = target as? CSVTarget {
        let found = try exports.summary
        add("target", .ok, found.ja, found.en)
      }
      if isOwn { return }
      try lookInto(target)
    } catch { add("target", .trouble, error) }
  }

  private mutating func tryRights(_ target: any ProbedTarget) {
    do throws(Diagnostic) {
      try target.probe()
      add(
        "target/rights", .ok, "表を作り、書き、読み、消せる（試した表は残っていない）",
        "tables can be made, written, read and dropped (the one tried is gone)")
    } catch { add("target/rights", .trouble, error) }
  }

  /// The tables that are there: those of the schema, and others.
  private mutating func lookInto(_ target: any Target) throws(Diagnostic) {
    let isNewFile = (target as? SQLiteTarget).map { access($0.path, F_OK) != 0 } ?? false
    let stored = isNewFile ? [] : try target.inventory(beside: project.tables)
    let missing = project.tables.filter { table in !stored.contains { $0.name == table.name } }
    if !missing.isEmpty {
      let names = missing.prefix(5).map(\.name).joined(separator: ", ") + (missing.count > 5 ? " …" : "")
      add(
        "target/tables", .warning, "まだない表 \(missing.count)件: \(names)",
        "\(missing.count) table(s) are not there: \(names)",
        act: Bilingual(
          "run は表を作る。reconcile なら移行先の名前を確かめる", "`run` makes them; for `reconcile` see whether it is the right target."))
    }
    for table in project.tables where !missing.contains(where: { $0.name == table.name }) {
      do throws(Diagnostic) {
        // A reader refuses types that do not hold the schema's values.
        _ = try target.reader(table)
      } catch { add("table/" + table.name, .trouble, error) }
    }
    let open = project.extent.unverified(stored, project.tables).filter { $0.reason == nil }
    if open.isEmpty, missing.isEmpty {
      add("target/tables", .ok, "表と列は定義のとおり", "tables and columns are those of the definitions")
    }
    for line in open {
      let name = line.column.map { "\(line.table).\($0)" } ?? line.table
      add(
        "outside/" + name, .warning, "\(name) は定義にない", "\(name) is in no definition",
        act: Bilingual("schema に加えるか、not-verified に理由を書く", "Add it to the schema, or say why not under not-verified."))
    }
  }

  private static func amount(_ bytes: Int) -> String {
    var (value, unit) = (bytes, "B")
    for next in ["kB", "MB", "GB", "TB"] where value >= 10_000 { (value, unit) = (value / 1_000, next) }
    return "\(value) \(unit)"
  }
}
