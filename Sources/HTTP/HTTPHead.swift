/// The head of a request: its line and its fields, by RFC 9112. It is parsed strictly: a head that two parsers could
/// understand as two different requests is refused.
package struct HTTPHead: Sendable, Equatable {
  /// The largest number of bytes of a head, and of its fields.
  package static let bytesAtMost = 16 * 1024
  package static let fieldsAtMost = 100

  package let request: HTTPRequest
  /// The number of bytes of the body, which follows the head.
  package let bodyLength: Int
  /// Whether the connection ends after the response.
  package let isLast: Bool
  /// Whether the client speaks HTTP/1.0.
  package let isOld: Bool
  /// Whether the client waits for `100 Continue` before sending the body.
  package let expectsContinue: Bool

  /// The state of the bytes received so far.
  package enum Reading: Sendable, Equatable {
    /// The head is not yet complete.
    case incomplete
    /// A head, and the number of its bytes.
    case head(HTTPHead, length: Int)
    /// A refusal before the connection ends: the status and the reason.
    case refused(Int, String)
  }

  private struct Refusal: Error {
    let status: Int
    let reason: String
    init(_ status: Int, _ reason: String) { (self.status, self.reason) = (status, reason) }
  }

  /// Parses a head from the beginning of the bytes.
  ///
  /// - Parameter bodyAtMost: the largest number of bytes of a body; more is refused with 413.
  package static func read(_ bytes: ArraySlice<UInt8>, bodyAtMost: Int) -> Reading {
    guard let end = self.end(of: bytes.prefix(bytesAtMost)) else {
      return bytes.count < bytesAtMost ? .incomplete : .refused(431, "The head of the request is too long.")
    }
    do throws(Refusal) { return .head(try HTTPHead(bytes[..<end], bodyAtMost), length: end - bytes.startIndex) } catch {
      return .refused(error.status, error.reason)
    }
  }

  /// The end of the empty line that ends the head.
  private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while index + 3 < bytes.endIndex {
      if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 { return index + 4 }
      index += 1
    }
    return nil
  }

  private init(_ bytes: ArraySlice<UInt8>, _ bodyAtMost: Int) throws(Refusal) {
    var lines = try Self.lines(bytes)
    let (method, target, isOld) = try Self.requestLine(lines.removeFirst())
    guard lines.count <= Self.fieldsAtMost else { throw Refusal(431, "The request has too many header fields.") }
    var fields: [String: String] = [:]
    var hosts = 0
    for line in lines {
      let (name, value) = try Self.field(line)
      if name == "host" { hosts += 1 }
      if name == "content-length", fields[name] != nil { throw Refusal(400, "Content-Length is given twice.") }
      fields[name] = fields[name].map { $0 + (name == "cookie" ? "; " : ", ") + value } ?? value
    }
    guard hosts == 1 || isOld && hosts == 0 else { throw Refusal(400, "The request must name one host.") }
    // A chunked body is not sent by any form; beside a length it is a means of request smuggling.
    if fields["transfer-encoding"] != nil { throw Refusal(411, "A body must be sent with its length.") }
    bodyLength = try Self.length(fields["content-length"], bodyAtMost)
    let options = (fields["connection"] ?? "").lowercased().split(separator: ",").map {
      $0.filter { $0 != " " && $0 != "\t" }
    }
    self.isOld = isOld
    isLast = options.contains("close") || isOld
    expectsContinue = fields["expect"]?.lowercased() == "100-continue" && !isOld
    request = HTTPRequest(method: method, target: target, fields: fields)
  }

  /// The lines of a head without their ends, and without the empty one.
  private static func lines(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    let last = bytes.endIndex - 2
    while start < last {
      guard let end = bytes[start..<last + 2].firstIndex(of: 13), bytes[end + 1] == 10 else {
        throw Refusal(400, "A line of the head does not end as lines do.")
      }
      lines.append(bytes[start..<end])
      start = end + 2
    }
    guard let first = lines.first, !first.isEmpty else { throw Refusal(400, "The request has no first line.") }
    return lines
  }

  private static func requestLine(
    _ line: ArraySlice<UInt8>
  ) throws(Refusal) -> (method: HTTPRequest.Method, target: String, isOld: Bool) {
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, words[0].allSatisfy(isToken), !words[0].isEmpty else {
      throw Refusal(400, "The request's first line is not one.")
    }
    let isOld: Bool
    switch String(decoding: words[2], as: UTF8.self) {
    case "HTTP/1.1": isOld = false
    case "HTTP/1.0": isOld = true
    default: throw Refusal(505, "This server speaks HTTP/1.1.")
    }
    guard let method = HTTPRequest.Method(rawValue: String(decoding: words[0], as: UTF8.self)) else {
      throw Refusal(405, "This server answers GET and POST.")
    }
    let target = words[1]
    guard target.first == UInt8(ascii: "/"), target.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Refusal(400, "The address must be a path.")
    }
    return (method, String(decoding: target, as: UTF8.self), isOld)
  }

  private static func field(_ line: ArraySlice<UInt8>) throws(Refusal) -> (name: String, value: String) {
    // A line that begins with a space (an obsolete continuation) has no name either.
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(isToken)
    else { throw Refusal(400, "A header field has no name.") }
    var value = line[(colon + 1)...]
    while let first = value.first, first == 0x20 || first == 9 { value.removeFirst() }
    while let last = value.last, last == 0x20 || last == 9 { value.removeLast() }
    guard value.allSatisfy({ ($0 >= 0x20 || $0 == 9) && $0 != 0x7F }),
      let text = String(validating: value, as: UTF8.self)
    else { throw Refusal(400, "A header field has characters that it may not have.") }
    return (String(decoding: line[..<colon], as: UTF8.self).lowercased(), text)
  }

  private static func length(_ value: String?, _ atMost: Int) throws(Refusal) -> Int {
    guard let value else { return 0 }
    guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw Refusal(400, "Content-Length is no number.")
    }
    guard let length = Int(value), length <= atMost else { throw Refusal(413, "What was sent is too long.") }
    return length
  }

  /// The characters of names (RFC 9110, 5.6.2).
  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
