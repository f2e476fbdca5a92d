package dev.earmark.export;

import java.util.List;

/**
 * Feeds as a list that feed readers import.
 *
 * @see <a href="http://opml.org/spec2.opml">OPML 2.0</a>
 */
public final class Opml {
  private Opml() {}

  /**
   * A feed.
   *
   * @param title what a reader lists it as
   * @param feed the address of the feed
   * @param page the address of the page that shows the same
   */
  public record Feed(String title, String feed, String page) {}

  /** The list, as a document. */
  public static String write(String title, List<Feed> feeds) {
    XmlDocument document = new XmlDocument();
    document.open("opml").with("version", "2.0");
    document.open("head").element("title", title).close();
    document.open("body");
    for (Feed feed : feeds) {
      document
          .open("outline")
          .with("type", "rss")
          .with("text", feed.title())
          .with("title", feed.title())
          .with("xmlUrl", feed.feed())
          .with("htmlUrl", feed.page())
          .close();
    }
    return document.close().close().toString();
  }
}
