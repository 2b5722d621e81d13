import Evidence
import Base
import Glibc
import Projects

extension DataExtent {
  /// The id of the check that fails when a folder has files that neither definitions nor list name.
  package static let check = "NOT-READ"

  /// The files, by name, that no definition reads, in the folders of those that are read. Costs a reading of the
  /// folders, and of each file that has the length of one that was read.
  ///
  /// - Parameter read: the evidence of the files that were read.
  /// - Throws: `file.open` for a folder that cannot be listed; the errors of reading a file.
  func unread(
    in folder: String, _ files: [FilePlan], read evidence: [RunEvidence.FileEvidence]
  ) throws(Diagnostic) -> [RunEvidence.UnreadFile] {
    var known: Set<String> = []
    for file in files { known.formUnion((try? file.names(in: folder)) ?? file.sources) }
    var found: [RunEvidence.UnreadFile] = []
    for subfolder in Set(known.map(Self.folder)).sorted() {
      for name in try Self.names(in: folder + "/" + subfolder) {
        let path = subfolder + name
        // A subfolder with files that are read is searched by itself.
        if name.hasSuffix("/"), known.contains(where: { $0.hasPrefix(path) }) { continue }
        guard !known.contains(path) else { continue }
        let reason = lines.first { TargetExtent.matches($0.file, path) || TargetExtent.matches($0.file, name) }?.reason
        let twin = reason == nil && !name.hasSuffix("/") ? try twin(of: folder + "/" + path, evidence) : nil
        found.append(RunEvidence.UnreadFile(file: path, reason: reason, same: twin))
      }
    }
    return found
  }

  /// The file that was read and has the same bytes, if any.
  private func twin(of path: String, _ files: [RunEvidence.FileEvidence]) throws(Diagnostic) -> String? {
    let file = try SourceFile(path)
    let alike = files.filter { $0.bytes == file.size && $0.refused == nil }
    if alike.isEmpty { return nil }
    let digest = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var place = 0
    while true {
      // `try` within a closure would lose the error's type.
      var failure: Diagnostic?
      let got = chunk.withUnsafeMutableBufferPointer { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        do throws(Diagnostic) { return try file.read(into: base, count: buffer.count, at: place) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if got == 0 { break }
      chunk.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
      place += got
    }
    let found = digest.finish()
    return alike.first { $0.sha256 == found }?.file
  }

  /// `a/` of `a/b.dat`; empty for a file in the folder itself.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The files and subfolders of a folder, sorted; names of subfolders end with a slash. Links are followed.
  private static func names(in folder: String) throws(Diagnostic) -> [String] {
    guard let entries = opendir(folder) else {
      throw Diagnostic(.fileOpen, at: Place(file: folder), String(cString: strerror(errno)))
    }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      if stat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG { names.append(name) }
      // A folder from which nothing is read may hold a second delivery, too.
      if status.st_mode & S_IFMT == S_IFDIR, name != ".", name != ".." { names.append(name + "/") }
    }
    return names.sorted()
  }

  /// The check that fails when a file is not read and no reason is given; `nil` when there is no such file.
  static func result(_ unread: [RunEvidence.UnreadFile]) -> CheckResult? {
    .extent(
      check, Bilingual("データのフォルダにあって読まなかったファイル", "Files of the data folder that nothing reads"),
      Bilingual(
        "データのフォルダのすべてのファイル = 定義の data + not-read の一覧",
        "all files of the data folder = those of the definitions + the list not-read"), of: .legacy,
      keyNames: ["file", "same"],
      open: unread.filter { $0.reason == nil }.map { file in
        (key: [file.file, file.same ?? "–"], name: file.same.map { "\(file.file) (= \($0))" } ?? file.file)
      }
    ) { count, list in
      Bilingual(
        "定義にないファイルが\(count)個: \(list)。二重に届いたものでないか確かめ、取り除くか、not-read に理由を書いてください",
        "\(count) files that no definition names: \(list). See that none was delivered twice; remove them, or say why under not-read"
      )
    }
  }
}
