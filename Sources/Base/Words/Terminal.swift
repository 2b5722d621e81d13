import Foundation

/// What standard output is: a terminal with a width and colours, or a file or pipe with neither.
package struct Terminal: Sendable {
  /// The colours of marks.
  package enum Colour: Int, Sendable {
    case red = 31
    case green = 32
    case yellow = 33
  }

  /// The columns of a line; `nil` where lines may have any length.
  package let width: Int?
  package let isColored: Bool

  package init(width: Int?, isColored: Bool) {
    self.width = width
    self.isColored = isColored
  }

  /// A file or a pipe.
  package static let none = Terminal(width: nil, isColored: false)

  /// Standard output.
  ///
  /// - Parameter colors: whether the user allows colours; `NO_COLOR` forbids them (https://no-color.org).
  package static func output(colors: Bool) -> Terminal {
    guard isatty(STDOUT_FILENO) == 1 else { return .none }
    let environment = ProcessInfo.processInfo.environment
    return Terminal(
      width: columns(environment["COLUMNS"], of: STDOUT_FILENO),
      isColored: colors && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb")
  }

  /// The number that the environment names, else the terminal's own.
  private static func columns(_ named: String?, of file: Int32) -> Int? {
    if let named, let columns = Int(named), columns > 0 { return columns }
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The text in a colour, where there are colours.
  package func text(_ text: String, in colour: Colour?) -> String {
    guard isColored, let colour else { return text }
    return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
  }
}
