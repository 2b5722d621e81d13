import Base

/// Slots common to all kinds of KTDAICHO.
struct PropertySlots {
  let kind, assessed, belongs, owner, thing, history, latest, sharing, reason, day: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("KT-KIND")
    assessed = try writer.slot("KT-FUKA-NENDO")
    belongs = try writer.slot("KT-SOTO-NENDO")
    owner = try writer.slot("KT-GIMUSHA-NO")
    thing = try writer.slot("KT-BUKKEN-NO")
    history = try writer.slot("KT-RIREKI-NO")
    latest = try writer.slot("KT-SAISHIN-KBN")
    sharing = try writer.slot("KT-KYOYU-KBN")
    reason = try writer.slot("KT-IDO-JIYU")
    day = try writer.slot("KT-IDO-YMD")
    stamp = try Stamp(writer, "KT", department: department)
  }
}

/// Slots of 土地.
struct ParcelSlots {
  let town, lot, branch, registered, actual, registeredArea, actualArea, valued, value, small, general, other: Int
  let dwellings, last, lastPlanning, regular, regularPlanning, level, base, planningBase, exempt, relief, zone: Int
  let numerator, denominator: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    town = try writer.slot("KT-SHOZAI-CD")
    lot = try writer.slot("KT-CHIBAN-HON")
    branch = try writer.slot("KT-CHIBAN-EDA1")
    registered = try writer.slot("KT-TOKI-CHIMOKU")
    actual = try writer.slot("KT-GENKYO-CHIMOKU")
    registeredArea = try writer.slot("KT-TOKI-CHISEKI")
    actualArea = try writer.slot("KT-GENKYO-CHISEKI")
    valued = try writer.slot("KT-HYOKA-NENDO")
    value = try writer.slot("KT-HYOKAGAKU")
    small = try writer.slot("KT-SHOKIBO-M2")
    general = try writer.slot("KT-IPPAN-M2")
    other = try writer.slot("KT-HIJUTAKU-M2")
    dwellings = try writer.slot("KT-JUTAKU-KOSU")
    last = try writer.slot("KT-ZEN-KOTEI-HYOJUN")
    lastPlanning = try writer.slot("KT-ZEN-TOKEI-HYOJUN")
    regular = try writer.slot("KT-HONSOKU-KOTEI")
    regularPlanning = try writer.slot("KT-HONSOKU-TOKEI")
    level = try writer.slot("KT-FUTAN-SUIJUN")
    base = try writer.slot("KT-KOTEI-HYOJUN")
    planningBase = try writer.slot("KT-TOKEI-HYOJUN")
    exempt = try writer.slot("KT-HIKAZEI-KBN")
    relief = try writer.slot("KT-GEMMEN-WARI")
    zone = try writer.slot("KT-KUIKI-KBN")
    numerator = try writer.slot("KT-MOCHIBUN-SHI")
    denominator = try writer.slot("KT-MOCHIBUN-BO")
  }
}

/// Slots of 家屋.
struct HouseSlots {
  let town, registered, building, kind, structure, roof, floors, built, area, points, value, base, planningBase: Int
  let reductionKind, reducedUntil, reduction, isExtension, parent, exempt: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    town = try writer.slot("KT-SHOZAI-CD")
    registered = try writer.slot("KT-KAOKU-NO")
    building = try writer.slot("KT-TOGO-NO")
    kind = try writer.slot("KT-SHURUI")
    structure = try writer.slot("KT-KOZO")
    roof = try writer.slot("KT-YANE")
    floors = try writer.slot("KT-KAISU-CHIJO")
    built = try writer.slot("KT-KENCHIKU-YM")
    area = try writer.slot("KT-YUKA-M2")
    points = try writer.slot("KT-SAIKENCHIKU")
    value = try writer.slot("KT-HYOKAGAKU")
    base = try writer.slot("KT-KOTEI-HYOJUN")
    planningBase = try writer.slot("KT-TOKEI-HYOJUN")
    reductionKind = try writer.slot("KT-SHINCHIKU-KBN")
    reducedUntil = try writer.slot("KT-SHINCHIKU-SHURYO")
    reduction = try writer.slot("KT-GENGAKU")
    isExtension = try writer.slot("KT-ZOCHIKU-KBN")
    parent = try writer.slot("KT-ZOCHIKU-OYA")
    exempt = try writer.slot("KT-HIKAZEI-KBN")
  }
}

/// Slots of 償却資産.
struct EquipmentSlots {
  let code, price, value, base, prices, values, bases, declared, declaration: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    code = try writer.slot("KT-SHOYU-CD")
    price = try writer.slot("KT-SHURUI-SHUTOKU-GAKU")
    value = try writer.slot("KT-SHURUI-HYOKA")
    base = try writer.slot("KT-SHURUI-HYOJUN")
    prices = try writer.slot("KT-SHUTOKU-KEI")
    values = try writer.slot("KT-HYOKA-KEI")
    bases = try writer.slot("KT-HYOJUN-KEI")
    declared = try writer.slot("KT-SHINKOKU-YMD")
    declaration = try writer.slot("KT-SHINKOKU-KBN")
  }
}

/// Slots of 義務者別賦課.
struct BillSlots {
  let notice, land, house, assets, base, landPlanning, housePlanning, planningBase, landBelow, houseBelow: Int
  let assetsBelow, gross, reduction, relief, tax, planning, total, code, due, amount, parcels, houses, owners: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    notice = try writer.slot("KT-TSUCHI-NO")
    land = try writer.slot("KT-TOCHI-KOTEI")
    house = try writer.slot("KT-KAOKU-KOTEI")
    assets = try writer.slot("KT-SHOKYAKU")
    base = try writer.slot("KT-KOTEI-KEI")
    landPlanning = try writer.slot("KT-TOCHI-TOKEI")
    housePlanning = try writer.slot("KT-KAOKU-TOKEI")
    planningBase = try writer.slot("KT-TOKEI-KEI")
    landBelow = try writer.slot("KT-MENZEI-TOCHI")
    houseBelow = try writer.slot("KT-MENZEI-KAOKU")
    assetsBelow = try writer.slot("KT-MENZEI-SHOKYAKU")
    gross = try writer.slot("KT-KOTEI-SANSHUTSU")
    reduction = try writer.slot("KT-KEIGEN")
    relief = try writer.slot("KT-GEMMEN")
    tax = try writer.slot("KT-KOTEI-ZEI")
    planning = try writer.slot("KT-TOKEI-ZEI")
    total = try writer.slot("KT-NENZEI")
    code = try writer.slot("KT-KI-KI-CD")
    due = try writer.slot("KT-KI-NOKIGEN")
    amount = try writer.slot("KT-KI-ZEIGAKU")
    parcels = try writer.slot("KT-HISSU")
    houses = try writer.slot("KT-TOSU")
    owners = try writer.slot("KT-KYOYU-NINZU")
  }
}

/// Slots of 共有者.
struct ShareSlots {
  let representative, owner, numerator, denominator: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    representative = try writer.slot("KT-DAIHYO-NO")
    owner = try writer.slot("KT-KYOYU-NO")
    numerator = try writer.slot("KT-MOCHIBUN-SHI")
    denominator = try writer.slot("KT-MOCHIBUN-BO")
  }
}
