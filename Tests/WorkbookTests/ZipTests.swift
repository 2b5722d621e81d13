import Base
import Glibc
import Testing
import Workbook

/// Zip files: intact ones of every form, and damaged ones, from which only the intended content is ever read.
@Suite struct ZipTests {
  static let text = Array(String(repeating: "ぞうさん、", count: 100).utf8)
  static let whole = ZipFile(entries: [
    .init("a", text, isDeflated: true), .init("B\\c", Array("bytes".utf8)), .init("e", []),
  ])

  /// The parts by name, or the reason of the refusal in English.
  static func read(_ zip: [UInt8], by count: Int = 1 << 16, limit: Int = ZipArchive.limitBytes) throws -> String {
    let file = try TemporaryFile(zip)
    var parts: [String] = []
    let words = message {
      let archive = try ZipArchive(path: file.path, limitBytes: limit)
      for name in archive.unread {
        let unpacked = try bytes(of: archive.part(name), by: count)
        parts.append(name + "=" + (unpacked == text ? "TEXT" : String(decoding: unpacked, as: UTF8.self)))
      }
    }
    if words == "nothing was thrown" { return parts.joined(separator: " ") }
    let head = "FILE: it cannot be read as an Excel workbook (.xlsx): "
    return words.hasPrefix(head) ? String(words.dropFirst(head.count).dropLast(DamageTests.format.count + 1)) : words
  }

  static let all = "a=TEXT b/c=bytes e="
  static let list = "the zip file is damaged: the list of its parts"
  static let end = "the zip file is damaged or cut off"

  static let cases: [(change: @Sendable (inout ZipFile) -> Void, outcome: String, what: String)] = [
    ({ _ in }, all, "as it is"),
    ({ $0.comment = Array("a comment".utf8) }, all, "a comment"),
    ({ $0.comment = .init(repeating: 0x50, count: 65_535) }, all, "the longest comment"),
    ({ $0.gap = Array("nothing".utf8) }, all, "gaps"),
    ({ $0.isWide = true }, all, "ZIP64"),
    ({ $0.entries[1].extra = little(9, 2) + little(3, 2) + [1, 2, 3] }, all, "another extra field"),
    ({ $0.entries[0].localExtra = little(9, 2) + little(0, 2) }, all, "an extra field of the local header"),
    ({ $0.entries[0] = .init("a", text) }, all, "nothing deflated"),
    ({ $0.entries[2] = .init("e", [], isDeflated: true) }, all, "nothing, deflated"),
    (
      {
        $0.entries[0].flags = 8
        $0.entries[0].local = (0, 0, 0)
        $0.entries[0].descriptor = little(0x0807_4B50, 4) + little($0.entries[0].sum, 4) + little(1, 4) + little(2, 4)
      }, all, "sum and sizes behind the part"
    ),
    ({ $0.entries[0].local = ($0.entries[0].sum, 0xFFFF_FFFF, 0xFFFF_FFFF) }, all, "sizes in the ZIP64 field"),
    ({ $0.entries[0].flags = 0x0800 }, all, "names in UTF-8"),
    ({ $0.entries[0].localFlags = 6 }, all, "how well it was deflated, said in one place"),
    ({ $0.entries[0].localFlags = 1 }, list, "encrypted, said in one place"),
    // A change in one place is detected in another.
    ({ $0.entries[0].sum ^= 1 }, "the zip file is damaged: a", "a wrong sum"),
    ({ $0.entries[1].sum ^= 1 }, "the zip file is damaged: B\\c", "a wrong sum of a stored part"),
    ({ $0.entries[0].size -= 1 }, "the zip file is damaged: a", "more than it says"),
    ({ $0.entries[0].size += 1 }, "the zip file is damaged: a", "less than it says"),
    ({ $0.entries[0].packed += [0] }, "the zip file is damaged: a", "bytes behind what is deflated"),
    ({ $0.entries[0].packed.removeLast() }, "the zip file is damaged: a", "deflated bytes lack their end"),
    ({ $0.entries[0].packed[0] = 7 }, "the zip file is damaged: a", "not deflated"),
    ({ $0.entries[1].size += 1 }, "the part B\\c is packed in an unknown way (0)", "stored, and sizes differ"),
    ({ $0.entries[1].method = 12 }, "the part B\\c is packed in an unknown way (12)", "BZIP2"),
    ({ $0.entries[0].localMethod = 0 }, list, "another method"),
    ({ $0.entries[0].localName = [0x62] }, list, "another name"),
    ({ $0.entries[0].local = (1, 2, 3) }, list, "other sizes"),
    ({ $0.entries[0].header = 1 }, list, "no local header there"),
    ({ $0.entries[0].header = 1 << 30 }, list, "no such place"),
    ({ $0.entries[0].packedSize = 1 << 20 }, list, "more packed bytes than there are"),
    ({ $0.entries[0].packedSize = 0xFFFF_FFFF }, list, "a size in a field that lacks"),
    ({ $0.entries[0].name = [] }, list, "no name"),
    ({ $0.entries[0].name = .init(repeating: 97, count: 1024) }, list, "a long name"),
    ({ $0.count = 2 }, list, "fewer parts than are listed"),
    ({ $0.count = 4 }, list, "more parts than are listed"),
    ({ $0.directorySize = 1 << 20 }, list, "a longer list"),
    ({ $0.directorySize = 10 }, list, "a shorter list"),
    ({ $0.entries[2] = $0.entries[0] }, "the part a is there twice", "a name twice"),
    ({ $0.entries[2].name = Array("A".utf8) }, "the part a is there twice", "a name twice but for case"),
    ({ $0.entries[2].name = Array("b/C".utf8) }, "the part b/c is there twice", "a name twice but for slashes"),
    (
      {
        let (hidden, outer) = (ZipFile.Entry("e", text), $0.entries[0])
        let inner = ZipFile(entries: [hidden]).bytes.prefix(31 + text.count)
        $0.entries[0] = .init("a", Array(inner))
        $0.entries[2] = hidden
        $0.entries[2].header = 31
        _ = outer
      }, "the zip file is damaged: parts lie over each other", "a part within a part"
    ),
  ]

  @Test(arguments: cases.indices) func aFileIsReadOrRefused(_ index: Int) throws {
    let row = Self.cases[index]
    var file = Self.whole
    row.change(&file)
    for count in [1, 7, 1 << 16] { #expect(try Self.read(file.bytes, by: count) == row.outcome, "\(row.what)") }
  }

  @Test(arguments: [1, 0x40, 0x2000, 9]) func encryptedPartsAreRefused(_ flags: Int) throws {
    var file = Self.whole
    file.entries[0].flags = flags
    #expect(try Self.read(file.bytes).hasSuffix("[workbook.protected]"))
  }

  @Test func bombsAreRefusedBeforeTheyAreUnpacked() throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    let bomb = ZipFile(entries: [.init("a", zeros, isDeflated: true)])
    #expect(bomb.bytes.count < 2000)
    #expect(try Self.read(bomb.bytes, limit: 1 << 20).hasPrefix("a=\0\0"))
    #expect(try Self.read(bomb.bytes, limit: 1 << 20 - 1).hasSuffix("[workbook.large]"))
    #expect(try Self.read(bomb.bytes, limit: 1000).contains("unpacked it has 1048576 bytes; the limit is 1000."))
    // A part that declares a smaller size than it has is not decompressed beyond it.
    var liar = bomb
    liar.entries[0].size = 10
    #expect(try Self.read(liar.bytes, limit: 1000) == "the zip file is damaged: a")
    // Many parts of one size, each of which the list counts once.
    var many = ZipFile(entries: (0..<300).map { .init("p\($0)", zeros, isDeflated: true) })
    #expect(try Self.read(many.bytes, limit: 299 << 20).hasSuffix("[workbook.large]"))
    for index in many.entries.indices.dropFirst() { many.entries[index].header = 0 }
    #expect(try Self.read(many.bytes) == Self.list)
    var wide = Self.whole
    wide.isWide = true
    wide.entries[0].size = 1 << 41
    #expect(try Self.read(wide.bytes) == Self.list)
    var most = ZipFile(entries: [.init("a", [])])
    most.count = 65_535
    #expect(try Self.read(most.bytes) == Self.list)
  }

  /// Cut at each byte, and with an additional byte: refused. Only bytes at the end of the file's comment may be
  /// missing.
  @Test(arguments: [false, true]) func everyCutIsSeen(_ isWide: Bool) throws {
    var file = Self.whole
    file.isWide = isWide
    let bytes = file.bytes
    #expect(try Self.read(bytes) == Self.all)
    for count in bytes.indices {
      let outcome = try Self.read(Array(bytes[..<count]))
      #expect(count < 4 ? outcome == "the file is empty" : outcome == Self.end, "cut at \(count): \(outcome)")
    }
    for byte: UInt8 in [0, 0x50, 0xFF] { #expect(try Self.read(bytes + [byte]) == Self.end) }
  }

  /// Each bit inverted: the intended content is read, or a name differs, or the file is refused.
  @Test(arguments: [false, true]) func everyBitThatIsTurnedIsSeen(_ isWide: Bool) throws {
    var file = Self.whole
    file.isWide = isWide
    file.entries[0] = .init("a", Array("aaaaaaaaaab".utf8), isDeflated: true)
    let bytes = file.bytes
    let all = "a=aaaaaaaaaab b/c=bytes e="
    #expect(try Self.read(bytes) == all)
    var read = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        var turned = bytes
        turned[index] ^= 1 << bit
        let outcome = try Self.read(turned)
        // A name in another case is the same name.
        if outcome == all {
          read += 1
        } else {
          #expect(!outcome.contains("="), "byte \(index), bit \(bit): \(outcome)")
        }
      }
    }
    // Versions, times and the like are not checked.
    #expect(read > 100)
  }

  /// A file written part by part is read again, whatever the chunks in which it was written.
  @Test func whatIsWrittenIsReadAgain() throws {
    let file = try TemporaryFile([])
    let descriptor = open(file.path, O_WRONLY)
    defer { close(descriptor) }
    let zip = ZipWriter(descriptor, place: Place(file: file.path), limitBytes: 300_000)
    let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    for (name, bytes, count) in [("a", Self.text, 7), ("e", [], 1), ("b", large, 70_000), ("一", [0x41], 1)] {
      try zip.begin(name)
      for start in stride(from: 0, to: bytes.count, by: count) {
        try bytes[start...].prefix(count).withUnsafeBufferPointer { piece throws(Diagnostic) in try zip.add(piece) }
      }
      try zip.end()
    }
    try zip.finish()
    let archive = try ZipArchive(path: file.path)
    #expect(archive.unread == ["a", "b", "e", "一"])
    #expect(try bytes(of: archive.part("a")) == Self.text)
    #expect(try bytes(of: archive.part("b")) == large)
    #expect(try bytes(of: archive.part("e")) == [])
    #expect(archive.unread == ["一"])

    try zip.begin("more")
    let message = message {
      try large.withUnsafeBufferPointer { bytes throws(Diagnostic) in try zip.add(bytes) }
    }
    #expect(message.hasPrefix("FILE: unpacked it has 401501 bytes; the limit is 300000."))
  }

  @Test func aFullDiskIsSaid() {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let message = message { try ZipWriter(descriptor, place: Place(file: "x")).begin("a") }
    #expect(message.hasPrefix("FILE: the workbook cannot be written: No space left on device."))
  }
}
