import Base
import Foundation

/// The files that a command writes. None may be one that it reads, and none may be given twice, since that would
/// destroy data.
package enum OutputFiles {
  /// - Parameters:
  ///   - outputs: the option and the path of each.
  ///   - inputs: paths of the files that are read; a path that is not a file is ignored.
  /// - Throws: `option.value` for the first output that is an input or another output, by whatever path or link.
  package static func check(_ outputs: [(option: String, path: String?)], apartFrom inputs: [String?])
    throws(Diagnostic)
  {
    var taken = Set(inputs.compactMap(\.self).compactMap(identity))
    for (option, path) in outputs {
      guard let path, let identity = identity(path) else { continue }
      guard taken.insert(identity).inserted else {
        throw Diagnostic(.optionValue, "\(option) \(path)", "a file that is no input and no other output")
      }
    }
  }

  /// The identity of a file, whatever the path to it; `nil` for devices, which may be named several times.
  private static func identity(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return URL(fileURLWithPath: path).standardizedFileURL.path }
    return status.st_mode & S_IFMT == S_IFREG ? "\(status.st_dev):\(status.st_ino)" : nil
  }
}
