import Base
import Glibc

/// The bytes of a file, a pipe or a device in order, decompressed when they begin like gzip (1F 8B 08).
///
/// It keeps one buffer; bytes that were not consumed stay in it, contiguous, and the buffer grows when a record needs
/// it.
package final class ByteSource {
  /// The largest size of the buffer in bytes.
  package static let limitBytes = 256 << 20

  package var path: String { file.path }
  private let file: SourceFile
  private var gzip: GzipStream?
  var isCompressed: Bool { gzip != nil }
  /// The number of bytes of a regular file that is not compressed; `nil` when it is known only after reading to the
  /// end.
  let size: Int?
  /// The number of bytes at the end that are never returned.
  private let footer: Int

  private(set) var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Within the buffer: the next byte to consume, and the end of the bytes read.
  var position = 0
  private var limit = 0
  /// The place in the file of the buffer's first byte.
  private(set) var origin = 0
  private var hasEnded = false

  /// Reads `file` from its beginning, and looks at its first bytes.
  ///
  /// - Parameter capacity: the initial size of the buffer in bytes.
  /// - Throws: `file.read`; `run.interrupted`.
  package init(_ file: SourceFile, footer: Int = 0, capacity: Int = 1 << 20) throws(Diagnostic) {
    self.file = file
    self.footer = footer
    self.capacity = max(capacity, 3)
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: self.capacity)
    self.buffer = buffer
    var begun = 0
    do throws(Diagnostic) {
      while begun < 3 {
        let got = try file.read(into: buffer + begun, count: self.capacity - begun, at: begun)
        if got == 0 { break }
        begun += got
      }
    } catch {
      buffer.deallocate()
      throw error
    }
    let isPacked = begun >= 3 && buffer[0] == 0x1F && buffer[1] == 0x8B && buffer[2] == 8
    size = isPacked ? nil : file.size
    if isPacked {
      gzip = GzipStream(file, begun: buffer, begun)
    } else {
      limit = begun
    }
  }

  deinit { buffer.deallocate() }

  /// The number of bytes that can be consumed without reading.
  var available: Int { max(0, limit - footer - position) }

  /// The place in the file of the next byte to consume.
  var offset: Int { origin + position }

  /// Whether nothing can be read beyond the available bytes.
  var isComplete: Bool { hasEnded }

  /// Makes at least `count` bytes available; false when the file ends before.
  ///
  /// Pointers into the buffer are invalid afterwards; unconsumed bytes move with `position`.
  /// - Throws: `frame.large` when the buffer would outgrow ``limitBytes``; `file.read`; `frame.gzip`.
  func fill(_ count: Int) throws(Diagnostic) -> Bool {
    if available >= count { return true }
    if hasEnded { return false }
    makeRoom(try room(for: count))
    while available < count {
      if limit == capacity { makeRoom(capacity + 1) }
      let free = capacity - limit
      let got =
        if let gzip { try gzip.read(into: buffer + limit, count: free) } else {
          try file.read(into: buffer + limit, count: free, at: origin + limit)
        }
      if got == 0 {
        hasEnded = true
        return false
      }
      limit += got
    }
    return true
  }

  /// The size of the buffer for `count` bytes; one byte more than the file shows its end.
  private func room(for count: Int) throws(Diagnostic) -> Int {
    let room = min(count + footer, size.map { max(limit - position, $0 - offset) + 1 } ?? .max)
    if room <= Self.limitBytes { return room }
    throw Diagnostic(.frameLarge, at: Place(file: path, offset: offset), String(Self.limitBytes))
  }

  /// Moves the unconsumed bytes to the buffer's beginning, and enlarges the buffer for `wanted` bytes.
  private func makeRoom(_ wanted: Int) {
    let kept = limit - position
    if wanted > capacity {
      capacity = max(wanted, 2 * capacity)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: buffer + position, count: kept)
      buffer.deallocate()
      buffer = larger
    } else {
      memmove(buffer, buffer + position, kept)
    }
    origin += position
    limit = kept
    position = 0
  }

  /// Reads up to `count` of the next bytes straight to `target`; 0 at the end.
  ///
  /// - Throws: `file.read`; `frame.gzip`.
  package func read(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(Diagnostic) -> Int {
    let held = min(available, count)
    if held > 0 {
      target.update(from: buffer + position, count: held)
      position += held
      return held
    }
    let got =
      if let gzip { try gzip.read(into: target, count: count) } else {
        try file.read(into: target, count: count, at: offset)
      }
    origin += got
    return got
  }

  /// Consumes up to `count` bytes, by seeking when the file allows it; returns the number consumed, which is less at
  /// the file's end.
  ///
  /// - Throws: `file.read`, `frame.gzip`.
  func skip(_ count: Int) throws(Diagnostic) -> Int {
    var done = min(count, available)
    position += done
    if let size, count > done {
      let target = min(origin + position + count - done, max(origin + position, size - footer))
      done += target - origin - position
      origin = target
      position = 0
      limit = 0
      hasEnded = false
    }
    while done < count, try fill(1) {
      let step = min(count - done, available)
      position += step
      done += step
    }
    return done
  }

  /// Consumes the footer at the end, or the part of it that exists.
  func takeFooter() -> Int {
    let left = limit - position
    position = limit
    return left
  }
}
