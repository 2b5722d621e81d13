import Projects
import Outline
import Commands
import ArgumentParser
import Base
import Foundation
import Site

/// `totsugo serve PROJECT`: serves the pages on which people work, for this machine alone.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: .said(
      "判定、項目、不一致、レコード、資料を、この機械のブラウザーで見る",
      "Show gates, items, differences, records and papers as pages in a browser of this machine."),
    discussion: .said(
      "--access がなければ、表示されるアドレスから一人が使います。--access があれば、利用者一覧の人がそれぞれ `totsugo access` のアクセスキーで使い、担当課は自分の分だけを見ます。--enter を指定しない限り、記録はできません。",
      "Without --access one person signs in, with the address that is printed. With --access those whom the list names, each with a token of `totsugo access`; sections see their own. Nothing can be entered unless --enter is given."
    ))

  @Argument(help: .project)
  var project: String

  @Option(help: .workspace)
  var workspace: String?

  @Option(
    help: .said(
      "レコードを表示するための旧システムのファイルのフォルダ（省略時は実行のもの）",
      "Folder of the legacy files, to show their records (default: where the run found them)."))
  var data: String?

  @Option(help: .said("127.0.0.1 のポート番号。0なら空いている番号を使う", "The port on 127.0.0.1; 0 takes any that is free."))
  var port: Int = 8018

  @Option(
    help: .said(
      "庁内のほかの機械から見るときのアドレス。https://HOST[:PORT]。この機械のリバースプロキシーがTLSで受け、127.0.0.1へ渡す",
      "The address for other machines, https://HOST[:PORT]: a reverse proxy of this machine takes TLS and passes on to 127.0.0.1."
    ))
  var origin: String?

  @Option(
    help: .said(
      "利用者一覧。だれが何を見て記録できるか。`totsugo access` で加える",
      "The access list: who may see and enter what; `totsugo access` adds to it."))
  var access: String?

  @Flag(
    help: .said(
      "利用者一覧が許す人に、項目の回答と確認の記録を認める", "Let people answer and confirm items, those whom the access list allows it."))
  var enter = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !(0...65_535).contains(port) {
      throw ValidationError(.said("--port は0から65535までの数です。", "--port takes a number from 0 to 65535."))
    }
    if enter, access == nil {
      throw ValidationError(
        .said(
          "--enter には --access FILE が要ります。だれの記録かが要るためです。",
          "--enter needs --access FILE: what is entered is entered by somebody."))
    }
    if let origin {
      if origin.wholeMatch(of: #/https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?/#) == nil
        || origin.hasSuffix(":443")
      {
        throw ValidationError(
          .said(
            "--origin は https://HOST または https://HOST:PORT です（小文字、末尾の / と :443 なし）。",
            "--origin takes https://HOST or https://HOST:PORT, in lower case, without / or :443 at its end."))
      }
      if access == nil {
        throw ValidationError(
          .said(
            "--origin には --access FILE が要ります。ほかの機械からは利用者一覧の人だけが入れます。",
            "--origin needs --access FILE: from other machines only the people of an access list come in."))
      }
    }
  }

  func run() throws {
    let outline = try common.reporting { try ProjectOutline.read(project) }
    let language = common.language(outline.language)
    try common.reporting(language) {
      let options = Site.Options(
        project: project, workspace: workspace, data: data, access: access, enters: enter, language: language,
        origin: origin)
      try serve(try Site(options), language)
    }
  }

  private func serve(_ site: Site, _ language: Language) throws {
    // A database that does not answer must not delay a page for minutes.
    setenv("PGCONNECT_TIMEOUT", "3", 0)
    let server = try Server(site, port: port)
    let own = "http://127.0.0.1:\(server.port)/"
    let address = origin.map { $0 + "/" } ?? own
    switch common.format {
    case .json:
      try common.answer(
        json: Answer(address: address, local: own, signIn: site.token.map { address + "sign-in?token=\($0)" }))
    case .text: common.answer(Self.greeting(address, own, site.token, language))
    }
    try server.run()
  }

  private struct Answer: Encodable {
    let address: String
    /// Where the server listens, for the proxy.
    let local: String
    let signIn: String?
  }

  private static func greeting(_ address: String, _ own: String, _ token: String?, _ language: Language) -> String {
    guard let token else {
      if address != own {
        return language(
          "\(own) で待っています。リバースプロキシーを通して \(address) で見ます。終えるには Ctrl-C。",
          "Waiting at \(own); people open \(address), through the reverse proxy. Ctrl-C ends it.")
      }
      return language(
        "\(address) で待っています。サインインには totsugo access で渡したアクセスキーを使います。終えるには Ctrl-C。",
        "Waiting at \(address); people sign in with the tokens of `totsugo access`. Ctrl-C ends it.")
    }
    let link = address + "sign-in?token=" + token
    return language(
      "次のアドレスをブラウザーで開いてください（この端末を起動した人だけのものです）。終えるには Ctrl-C。\n\(link)",
      "Open this address in a browser; it is for whoever started this. Ctrl-C ends it.\n\(link)")
  }
}
