package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.syntax.XmlHead;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.helper.ValidationException;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * A podcast feed, RSS 2.0, RSS 1.0 or Atom, split into its items.
 *
 * <p>Items are kept as XML and read like any other source, by the format {@code feed-item}. Here
 * only that is looked at which leads further: each item's own id and its links. What the channel
 * says for all items is joined to them: its people, unless an item names its own.
 *
 * <p>Reading is forgiving, as feeds are: a stray ampersand or an unclosed element costs nothing. No
 * document type or entity beyond those of HTML is processed. An item of more than {@value
 * #MOST_ELEMENTS} elements ends the reading.
 *
 * @param fields what the channel says: the show and its language
 * @param items in the order of the feed
 * @param images the addresses of pictures of the show, the best first
 */
record Feed(EpisodeFields fields, List<Item> items, List<String> images) {
  static final int MOST_ELEMENTS = 20_000;
  private static final int XML_DEPTH = 64;

  /** The usual prefixes, under which formats look for elements. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes",
          "https://podcastindex.org/namespace/1.0", "podcast",
          "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", "podcast",
          "http://podlove.org/simple-chapters", "psc",
          "http://purl.org/rss/1.0/modules/content/", "content",
          "http://purl.org/dc/elements/1.1/", "dc",
          "http://search.yahoo.com/mrss", "media",
          "http://search.yahoo.com/mrss/", "media");

  private static final Set<String> ROOTS = Set.of("rss", "feed", "rdf");
  private static final Set<String> PARENTS = Set.of("channel", "feed", "rdf", "rss");

  /**
   * An item.
   *
   * @param guid what the feed names it by
   * @param xml the item itself
   * @param transcripts links to its transcripts, the best first
   * @param chapters a link to its chapters; null if there is none
   * @param images the addresses of pictures of it, the best first
   */
  record Item(
      String guid,
      String xml,
      List<Link> transcripts,
      @Nullable Link chapters,
      List<String> images) {}

  /**
   * A link to a document about an episode.
   *
   * @param address as the feed writes it, perhaps relative
   * @param type the media type it is said to be of; empty if none
   * @param language it is said to be in; null if none
   */
  record Link(String address, String type, @Nullable String language) {}

  /** Whether the head of a document is that of a feed. */
  static boolean isFeed(String head) {
    int at = 0;
    while (true) {
      at = head.indexOf('<', at);
      if (at < 0 || at + 1 >= head.length()) {
        return false;
      }
      char next = head.charAt(at + 1);
      if (next != '?' && next != '!') {
        break;
      }
      String close = head.startsWith("<!--", at) ? "-->" : ">";
      int end = head.indexOf(close, at);
      if (end < 0) {
        return false;
      }
      at = end + close.length();
    }
    int end = at + 1;
    while (end < head.length() && Character.isLetterOrDigit(head.charAt(end))) {
      end++;
    }
    return ROOTS.contains(head.substring(at + 1, end).toLowerCase(Locale.ROOT));
  }

  /** Reads a feed; what is wrong with it is reported, and what can be read is read. */
  static Feed read(String xml, ProblemLog problems) {
    Reading reading = new Reading(problems);
    // To take a namespace back is good XML, and more than the parser takes.
    String text = xml.replace(" xmlns=\"\"", "").replace(" xmlns=''", "");
    int bad = XmlHead.longName(text);
    if (bad >= 0) {
      // A parser takes time in proportion to the square of its length.
      problems.warning(
          "bad-feed",
          0,
          "the feed has an element name of more than a thousand characters",
          "read up to there");
      text = text.substring(0, bad);
    }
    try (StreamParser parser =
        new StreamParser(Parser.xmlParser().setMaxDepth(XML_DEPTH)).parse(text, "")) {
      reading.read(parser.document(), parser.iterator());
    } catch (UncheckedIOException | ValidationException e) {
      problems.warning(
          "bad-feed", 0, "the XML of the feed is broken: " + e.getMessage(), "read up to there");
    }
    return reading.finish();
  }

  private static final class Reading {
    private final ProblemLog problems;
    private final EpisodeFields.Builder fields = EpisodeFields.builder();
    private final List<Item> items = new ArrayList<>();
    private final List<Boolean> peopled = new ArrayList<>();
    private final StringBuilder people = new StringBuilder();
    private @Nullable String language;
    private boolean titled;
    private final FeedImages images = new FeedImages();

    Reading(ProblemLog problems) {
      this.problems = problems;
    }

    void read(Document document, Iterator<Element> elements) {
      document.outputSettings().prettyPrint(false).syntax(Document.OutputSettings.Syntax.xml);
      int since = 0;
      while (elements.hasNext()) {
        Element element = elements.next();
        if (++since > MOST_ELEMENTS) {
          problems.error(
              "bad-feed",
              0,
              "there are more than " + MOST_ELEMENTS + " elements with no item around them",
              "read up to there");
          return;
        }
        Element parent = element.parent();
        if (parent == null || !PARENTS.contains(local(parent))) {
          continue;
        }
        String name = local(element);
        if (name.equals("item") || name.equals("entry")) {
          item(element);
          element.remove();
          since = 0;
        } else if (!PARENTS.contains(name)) {
          channel(element, name);
        }
      }
    }

    private void channel(Element element, String name) {
      boolean plain = element.tagName().equals(name);
      String text = element.text().strip();
      if (name.equals("title") && plain && !titled) {
        titled = !text.isEmpty();
        fields.show(text);
      } else if ((name.equals("language") || name.equals("dc:language")) && language == null) {
        language = text.isEmpty() ? null : text;
      } else {
        element.getAllElements().forEach(Feed::canonical);
        images.add(element);
        boolean author = element.tagName().equals("itunes:author");
        if (element.tagName().equals("podcast:person") || author) {
          people.append(element.outerHtml());
        }
      }
    }

    private void item(Element item) {
      List<Link> transcripts = new ArrayList<>();
      Link chapters = null;
      String guid = "";
      String enclosure = "";
      String link = "";
      String title = "";
      boolean cast = false;
      FeedImages pictures = new FeedImages();
      for (Element part : item.getAllElements()) {
        canonical(part);
      }
      item.tagName(local(item));
      for (Element part : item.children()) {
        pictures.add(part);
        switch (part.tagName()) {
          case "guid", "id" -> guid = part.text().strip();
          case "enclosure" -> enclosure = part.attr("url").strip();
          case "link" -> {
            String address = part.hasAttr("href") ? part.attr("href") : part.text();
            link = link.isEmpty() ? address.strip() : link;
          }
          case "title" -> title = part.text().strip();
          case "podcast:transcript" -> link(part, transcripts);
          case "podcast:chapters" -> {
            List<Link> found = new ArrayList<>();
            link(part, found);
            chapters = found.isEmpty() || chapters != null ? chapters : found.getFirst();
          }
          case "podcast:person" -> cast = true;
          default -> {
            // Read with the item.
          }
        }
      }
      String named =
          Stream.of(guid, enclosure, link, title)
              .filter(name -> !name.isEmpty())
              .findFirst()
              .orElse("");
      if (named.isEmpty()) {
        problems.warning("item-without-id", 0, "an item has no guid, link or title", "left out");
        return;
      }
      items.add(new Item(named, item.outerHtml(), transcripts, chapters, pictures.addresses()));
      peopled.add(cast);
    }

    private static void link(Element element, List<Link> links) {
      String address = element.attr("url").strip();
      if (!address.isEmpty()) {
        String language = element.attr("language").strip();
        links.add(
            new Link(address, element.attr("type").strip(), language.isEmpty() ? null : language));
      }
    }

    Feed finish() {
      String tag = language;
      fields.language(tag);
      List<Item> joined = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        int end = item.xml().lastIndexOf("</");
        String xml =
            peopled.get(i) || people.isEmpty() || end < 0
                ? item.xml()
                : item.xml().substring(0, end) + people + item.xml().substring(end);
        List<Link> best =
            item.transcripts().stream()
                .sorted(java.util.Comparator.comparingInt(link -> rank(link, tag)))
                .toList();
        joined.add(new Item(item.guid(), xml, best, item.chapters(), item.images()));
      }
      return new Feed(fields.build(), joined, images.addresses());
    }
  }

  /**
   * Lower is better. A transcript in the language of the show comes before all others; then those
   * come first that say most: who speaks and when, then when, then neither.
   */
  private static int rank(Link link, @Nullable String language) {
    boolean foreign =
        link.language() != null
            && language != null
            && !primary(link.language()).equals(primary(language));
    String extension = SourceRef.MediaTypes.extension(link.type());
    if (extension.isEmpty()) {
      String path = link.address();
      int query = path.indexOf('?');
      path = query < 0 ? path : path.substring(0, query);
      int dot = path.lastIndexOf('.');
      extension = dot < 0 ? "" : path.substring(dot).toLowerCase(Locale.ROOT);
    }
    int form =
        switch (extension) {
          case ".json" -> 0;
          case ".vtt" -> 1;
          case ".srt" -> 2;
          case ".ttml", ".dfxp" -> 3;
          case ".html", ".htm" -> 4;
          case ".txt", ".md" -> 5;
          default -> 6;
        };
    return foreign ? 10 + form : form;
  }

  private static String primary(String tag) {
    int end = 0;
    while (end < tag.length() && Character.isLetter(tag.charAt(end))) {
      end++;
    }
    return tag.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static String local(Element element) {
    String name = element.tagName().toLowerCase(Locale.ROOT);
    return name.startsWith("rdf:") ? name.substring(4) : name.substring(name.indexOf(':') + 1);
  }

  /** A namespace as the table of prefixes has it, whichever way a feed writes its address. */
  private static String namespace(String stated) {
    String plain = stated.strip().toLowerCase(Locale.ROOT);
    if (PREFIXES.containsKey(plain)) {
      return plain;
    }
    plain = plain.startsWith("https:") ? "http:" + plain.substring(6) : plain;
    return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /** Gives an element the usual prefix of its namespace, whatever prefix the feed gave it. */
  private static void canonical(Element element) {
    String prefix = PREFIXES.get(namespace(element.tag().namespace()));
    String name = element.tagName();
    if (prefix != null) {
      String usual = prefix + ":" + name.substring(name.indexOf(':') + 1);
      if (!usual.equals(name)) {
        element.tagName(usual);
      }
    }
  }
}
