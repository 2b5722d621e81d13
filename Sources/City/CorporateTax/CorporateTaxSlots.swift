import Base

/// Slots common to both kinds of HJSHINK.
struct CorporateTaxSlots {
  let kind, ledger, number, corporate, businessYear, filing, latest: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("HJ-KIND")
    ledger = try writer.slot("HJ-KANRI-NO")
    number = try writer.slot("HJ-ATENA-NO")
    corporate = try writer.slot("HJ-HOJIN-NO")
    businessYear = try writer.slot("HJ-JIGYO-NENDO-NO")
    filing = try writer.slot("HJ-SHINKOKU-RIREKI")
    latest = try writer.slot("HJ-SAISHIN-KBN")
    stamp = try Stamp(writer, "HJ", department: department)
  }
}

/// Slots of 法人基本.
struct CorporateLedgerSlots {
  let founded, closing, form, split, capital, staff, tier, extended, consolidated, offices: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    founded = try writer.slot("HJ-SETSURITSU-YMD")
    closing = try writer.slot("HJ-KESSAN-MD")
    form = try writer.slot("HJ-HOJIN-KBN")
    split = try writer.slot("HJ-BUNKATSU-KBN")
    capital = try writer.slot("HJ-SHIHONKIN-TO")
    staff = try writer.slot("HJ-JUGYOSHA-SHINAI")
    tier = try writer.slot("HJ-KINTO-GOSU")
    extended = try writer.slot("HJ-ENCHO-TSUKI")
    consolidated = try writer.slot("HJ-RENKETSU-KBN")
    offices = try writer.slot("HJ-JIMUSHO-SU")
  }
}

/// Slots of 申告・調定.
struct CorporateReturnSlots {
  let start, end, kind, filed, deadline, due, months, capital, staff, cityStaff, tier, base, share, rate: Int
  let onProfit, credit, net, perCapita, paidOnProfit, paidPerCapita, owedOnProfit, owedPerCapita: Int
  let claim, refund, transitional, notice: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    start = try writer.slot("HJ-JIGYO-KAISHI")
    end = try writer.slot("HJ-JIGYO-SHURYO")
    kind = try writer.slot("HJ-SHINKOKU-KBN")
    filed = try writer.slot("HJ-SHINKOKU-YMD")
    deadline = try writer.slot("HJ-SHINKOKU-KIGEN")
    due = try writer.slot("HJ-NOKIGEN")
    months = try writer.slot("HJ-TSUKISU")
    capital = try writer.slot("HJ-SHIHONKIN-TO")
    staff = try writer.slot("HJ-JUGYOSHA-ZEN")
    cityStaff = try writer.slot("HJ-JUGYOSHA-SHINAI")
    tier = try writer.slot("HJ-KINTO-GOSU")
    base = try writer.slot("HJ-HOJINZEI-HYOJUN")
    share = try writer.slot("HJ-BUNKATSU-HYOJUN")
    rate = try writer.slot("HJ-ZEIRITSU")
    onProfit = try writer.slot("HJ-HOJINZEIWARI")
    credit = try writer.slot("HJ-KOJO")
    net = try writer.slot("HJ-SASHIHIKI-HZW")
    perCapita = try writer.slot("HJ-KINTOWARI")
    paidOnProfit = try writer.slot("HJ-CHUKAN-HZW")
    paidPerCapita = try writer.slot("HJ-CHUKAN-KTW")
    owedOnProfit = try writer.slot("HJ-NOFU-HZW")
    owedPerCapita = try writer.slot("HJ-NOFU-KTW")
    claim = try writer.slot("HJ-CHOTEI")
    refund = try writer.slot("HJ-KANPU")
    transitional = try writer.slot("HJ-KEIKA-KBN")
    notice = try writer.slot("HJ-TSUCHI-NO")
  }
}
