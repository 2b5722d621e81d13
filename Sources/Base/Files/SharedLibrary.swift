import Glibc

/// A library of the system, loaded only when it is needed: without it the program starts and does everything else. It
/// stays loaded until the process ends.
package struct SharedLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer
  private let name: String
  private let package: String

  /// Loads a library.
  ///
  /// - Parameters:
  ///   - name: its file, with the version of its functions: `libpq.so.5`.
  ///   - package: the Debian package that has it, for the message.
  /// - Throws: `library.missing`.
  package init(_ name: String, package: String) throws(Diagnostic) {
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { throw Diagnostic(.libraryMissing, name, package) }
    self.handle = handle
    self.name = name
    self.package = package
  }

  /// A function of the library.
  ///
  /// - Parameter type: its type in C, `@convention(c)`; nothing checks that it is.
  /// - Throws: `library.missing` when the library has no function of that name, because it is too old.
  package func function<Function>(_ symbol: String, _ type: Function.Type) throws(Diagnostic) -> Function {
    guard let address = dlsym(handle, symbol) else { throw Diagnostic(.libraryMissing, "\(name) (\(symbol))", package) }
    return unsafeBitCast(address, to: type)
  }
}
