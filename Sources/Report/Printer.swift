import Base
import Foundation
import Ledger

/// Prints a page to PDF with the installed Chromium.
package enum Printer {
  /// The seconds that printing may take.
  private static let patience = 120.0

  /// - Throws: `report.chromium` when there is no Chromium or it fails.
  package static func print(_ html: String, to output: String) throws(Diagnostic) {
    let folder = NSTemporaryDirectory() + "totsugo-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try PrivateFile.makeFolder(folder)
    try PrivateFile.write(Data(html.utf8), to: folder + "/report.html")
    let names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    guard let browser = names.first(where: FileManager.default.isExecutableFile) else {
      throw Diagnostic(.reportChromium, at: Place(file: output), "not installed")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: browser)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(folder)/profile",
      "--print-to-pdf=\(folder)/report.pdf", "file://\(folder)/report.html",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch { throw Diagnostic(.reportChromium, at: Place(file: output), "\(error.localizedDescription)") }
    // A browser that does not end in time is terminated.
    let end = Date().addingTimeInterval(Self.patience)
    while process.isRunning, Date() < end { usleep(20_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data = FileManager.default.contents(atPath: folder + "/report.pdf") else {
      throw Diagnostic(.reportChromium, at: Place(file: output), "exit \(process.terminationStatus)")
    }
    try PrivateFile.write(data, to: output)
  }
}
