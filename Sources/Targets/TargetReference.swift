import Base

/// The targets that a reference can name.
package enum TargetReference {
  /// - Throws: `target.reference` when no target accepts it; `library.missing`; those of `CSVTarget`.
  package static func open(_ reference: String) throws(Diagnostic) -> any Target {
    if reference.hasPrefix("sqlite:"), reference.count > 7, !reference.contains("://"),
      ShownText.withoutSecrets(reference) == reference
    {
      return SQLiteTarget(path: String(reference.dropFirst(7)))
    }
    if reference.hasPrefix("csv:"), !["", "?"].contains(reference.dropFirst(4).prefix(1)), !reference.contains("://"),
      ShownText.withoutSecrets(reference) == reference
    {
      return try CSVTarget(reference)
    }
    if PostgresReference.names(reference) { return try PostgresTarget(reference) }
    throw Diagnostic(.targetReference, at: Place(file: ShownText.reference(reference)))
  }
}
