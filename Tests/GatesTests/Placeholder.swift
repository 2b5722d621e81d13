import Testing

@Suite struct GatesPlaceholder {}
