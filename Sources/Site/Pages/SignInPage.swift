import Base
import Tables
import Report

/// The page on which a token is entered. It shows nothing of the project before sign-in.
enum SignInPage {
  static func html(_ language: Language, next: String, isWrong: Bool) -> HTML {
    let words = Words(language: language)
    let wrong: HTML =
      isWrong
      ? "<p class=\"bad\" role=\"alert\" id=\"wrong\">\(words("このアクセスキーは使えません。", "This token is not valid."))</p>"
      : ""
    let described: HTML = isWrong ? " aria-describedby=\"wrong\" aria-invalid=\"true\"" : ""
    let links = Language.allCases.map { other -> HTML in
      "<a href=\"\(PageAddress.path("sign-in", query: [("language", other.rawValue), ("next", next)]))\" lang=\"\(other.rawValue)\">\(other == .japanese ? "日本語" : "English")</a>"
    }
    return Frame.document(
      language, words("突合 サインイン", "Totsugo: sign in"),
      """
      <main id="content" class="sign-in"><h1>\(words("突合", "Totsugo"))</h1>\(wrong)
      <form method="post" action="/sign-in?language=\(language.rawValue)"><input type="hidden" name="next" value="\(next)">
      <label for="token">\(words("アクセスキー", "Token"))</label>\
      <input id="token" name="token" type="password" autocomplete="current-password" required autofocus\(described)>
      <button>\(words("サインイン", "Sign in"))</button></form>
      <p class="soft small">\(words("totsugo serve が表示した、または totsugo access で渡された文字列です。", "The word that `totsugo serve` printed, or that you were given from `totsugo access`."))</p>
      <p class="languages">\(HTML.row(links, by: " "))</p></main>
      """)
  }
}
