import Base

/// Slots common to all kinds of KESHARYO.
struct VehicleSlots {
  let kind, vehicle, history, latest, taxpayer, owner, user, region, classification, kana, serial, type: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("KE-KIND")
    vehicle = try writer.slot("KE-KANRI-NO")
    history = try writer.slot("KE-RIREKI-NO")
    latest = try writer.slot("KE-SAISHIN-KBN")
    taxpayer = try writer.slot("KE-GIMUSHA-NO")
    owner = try writer.slot("KE-SHOYUSHA-NO")
    user = try writer.slot("KE-SHIYOSHA-NO")
    region = try writer.slot("KE-HYOBAN")
    classification = try writer.slot("KE-BUNRUI-NO")
    kana = try writer.slot("KE-KANA-MOJI")
    serial = try writer.slot("KE-ICHIREN-NO")
    type = try writer.slot("KE-SHUBETSU-CD")
    stamp = try Stamp(writer, "KE", department: department)
  }
}

/// Slots of a vehicle itself.
struct VehicleBodySlots {
  let chassis, name, model, displacement, fuel, use, service, first, acquired, reported, reason: Int
  let scrapped, scrapReason, ownership: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    chassis = try writer.slot("KE-SHADAI-NO")
    name = try writer.slot("KE-SHAMEI")
    model = try writer.slot("KE-KATASHIKI")
    displacement = try writer.slot("KE-HAIKIRYO")
    fuel = try writer.slot("KE-NENRYO-KBN")
    use = try writer.slot("KE-YOTO-KBN")
    service = try writer.slot("KE-JIKA-KBN")
    first = try writer.slot("KE-SHODO-YM")
    acquired = try writer.slot("KE-SHUTOKU-YMD")
    reported = try writer.slot("KE-SHINKOKU-YMD")
    reason = try writer.slot("KE-SHINKOKU-JIYU")
    scrapped = try writer.slot("KE-HAISHA-YMD")
    scrapReason = try writer.slot("KE-HAISHA-JIYU")
    ownership = try writer.slot("KE-SHOYU-KEITAI")
  }
}

/// Slots of 年度別賦課.
struct VehicleTaxSlots {
  let assessed, belongs, notice, tier, total, reliefKind, relief, claim, state, due, certificate, bulk: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    assessed = try writer.slot("KE-FUKA-NENDO")
    belongs = try writer.slot("KE-SOTO-NENDO")
    notice = try writer.slot("KE-TSUCHI-NO")
    tier = try writer.slot("KE-ZEIRITSU-KBN")
    total = try writer.slot("KE-NENZEI")
    reliefKind = try writer.slot("KE-GEMMEN-KBN")
    relief = try writer.slot("KE-GEMMEN")
    claim = try writer.slot("KE-CHOTEI")
    state = try writer.slot("KE-KAZEI-KBN")
    due = try writer.slot("KE-NOKIGEN")
    certificate = try writer.slot("KE-SHOMEI-KIGEN")
    bulk = try writer.slot("KE-IKKATSU-NO")
  }
}
