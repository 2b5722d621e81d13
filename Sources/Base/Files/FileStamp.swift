import Glibc

/// The identity of a file's content: device, number, mode, size, and the times of the last change of content and of
/// entry, to the clock's tick. Equal stamps mean the same file as the one that was read. A link is followed.
package enum FileStamp {
  /// The stamp of a file; the path alone when there is no such file.
  package static func of(_ path: String) -> String {
    var found = stat()
    guard stat(path, &found) == 0 else { return path }
    let times = [found.st_mtim, found.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }.joined(separator: " ")
    return "\(path) \(found.st_dev) \(found.st_ino) \(found.st_mode) \(found.st_size) \(times)"
  }
}
