import Glibc

/// What would have to be the same for a file to be the one that was read: device, number, mode, size, and the times of its last
/// change, of content and of entry, to the clock's tick. Of what a link leads to, not of the link.
package enum FileStamp {
  /// The path alone where there is no such file.
  package static func of(_ path: String) -> String {
    var found = stat()
    guard stat(path, &found) == 0 else { return path }
    let times = [found.st_mtim, found.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }.joined(separator: " ")
    return "\(path) \(found.st_dev) \(found.st_ino) \(found.st_mode) \(found.st_size) \(times)"
  }
}
