import Base
import Glibc

extension RecordReader {
  /// Fills the block with at least one line, unless the file ends before. A line ends with LF or CRLF; the last may end
  /// with the file.
  func frameLines(_ most: Int) throws(Diagnostic) {
    while true {
      let needed = scanLines(most)
      if count > 0 || needed == 0 { return }
      if try source.fill(needed) { continue }
      if source.available == 0 { return }
    }
  }

  /// The number of bytes that must be available for another line; 0 when the block is full.
  private func scanLines(_ most: Int) -> Int {
    let base = source.buffer
    let limit = source.position + source.available
    let isComplete = source.isComplete
    let first = source.position
    var position = first
    defer {
      source.position = position
      tally.nulBytes += Self.nulBytes(base + first, position - first)
    }
    while count < most {
      if position == limit { return 1 }
      var end = limit
      var ending = 0
      var markBytes = 0
      if let found = memchr(base + position, 0x0A, limit - position) {
        end = found.assumingMemoryBound(to: UInt8.self) - base
        ending = 1
        if end > position, base[end - 1] == 0x0D {
          end -= 1
          ending = 2
        }
      } else if !isComplete {
        return limit - position + 1
      } else if base[limit - 1] == 0x1A {
        tally.skip(.endMark, bytes: 1)
        end = limit - 1
        if end == position {
          position = limit
          return 1
        }
        markBytes = 1
      }
      switch ending {
      case 0: tally.linesOpen += 1
      case 1: tally.linesLF += 1
      default: tally.linesCRLF += 1
      }
      let length = end - position
      if length == 0, !format.keepsEmptyLines {
        tally.skip(.emptyLine, bytes: ending)
      } else if length < format.minimum {
        tally.skip(.short, bytes: length + ending)
      } else {
        starts[count] = position
        lengths[count] = length
        count += 1
        tally.headerBytes += ending
      }
      position = end + ending + markBytes
    }
    return 0
  }

  private static func nulBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    var found = 0
    var position = 0
    while position < count, let next = memchr(bytes + position, 0, count - position) {
      position = next.assumingMemoryBound(to: UInt8.self) - bytes + 1
      found += 1
    }
    return found
  }
}
