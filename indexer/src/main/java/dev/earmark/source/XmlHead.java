package dev.earmark.source;

/** What an XML or HTML source begins with. */
final class XmlHead {
  private XmlHead() {}

  /**
   * The name of the first element, after the declaration, comments and document type; empty if the
   * text is no markup.
   */
  static String firstElement(String head) {
    int at = 0;
    while (true) {
      while (at < head.length() && Character.isWhitespace(head.charAt(at))) {
        at++;
      }
      if (at >= head.length() || head.charAt(at) != '<') {
        return "";
      }
      String close = head.startsWith("<!--", at) ? "-->" : ">";
      char kind = at + 1 < head.length() ? head.charAt(at + 1) : ' ';
      if (kind != '?' && kind != '!') {
        break;
      }
      int end = head.indexOf(close, at);
      if (end < 0) {
        return "";
      }
      at = end + close.length();
    }
    int from = ++at;
    while (at < head.length()
        && (Character.isLetterOrDigit(head.charAt(at)) || head.charAt(at) == ':')) {
      at++;
    }
    return head.substring(from, at);
  }
}
