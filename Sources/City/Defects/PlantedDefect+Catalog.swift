extension PlantedDefect {
  /// All defects that can be planted, in the order of their numbers. A new one is one entry in the list of its file.
  package static let catalog: [PlantedDefect] =
    (addressDefects + nameDefects + taxDefects + vehicleDefects + corporateDefects + propertyDefects + healthDefects
    + personDefects + collectionDefects + genericDefects).sorted { $0.id < $1.id }
}
