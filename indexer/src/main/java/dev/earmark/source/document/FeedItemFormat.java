package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.Anchor;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.cue.PodloveChapters;
import dev.earmark.source.episode.MediaAddresses;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.source.turn.TextShape;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * One item of a podcast feed: what a feed says of an episode, without the documents it links to.
 *
 * <p>The fields of the episode come from RSS 2.0 or Atom, {@code itunes:*} and {@code podcast:*};
 * prefixes are the usual ones. Chapters come from {@code psc:chapters}, else from a list of times
 * in the description, whose other text is notes. A {@code podcast:soundbite} is a quote. People are
 * those of the {@code cast} group, who are heard, and not those of the crew; without any, the
 * author is named as such.
 *
 * @see <a href="https://www.rssboard.org/rss-specification">RSS 2.0</a>
 * @see <a href="https://github.com/Podcastindex-org/podcast-namespace">Podcasting 2.0 namespace</a>
 * @see <a href="https://podlove.org/simple-chapters/">Podlove Simple Chapters</a>
 */
@AutoService(SourceFormat.class)
public final class FeedItemFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "feed-item",
          "item of a podcast feed: RSS 2.0 or Atom with itunes, podcast and psc elements",
          "XML whose first element is item or entry; a whole feed is read item by item");

  /** The id of the format. */
  public static final String ID = DESCRIPTOR.id();

  private static final int MOST_TOPICS = 30;
  private static final int LONGEST_SUMMARY = 2_000;

  /** In UTF-16 units; show notes that people wrote are a hundredth of it. */
  private static final int LONGEST_NOTES = 1 << 20;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String first = XmlHead.firstElement(source.head());
    return first.equals("item") || first.equals("entry") ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text(), "", Parser.xmlParser().setMaxDepth(XML_DEPTH));
    Element item = document.firstElementChild();
    if (item == null) {
      throw new SourceException(1, "there is no item element in it");
    }
    EpisodeFields fields = fields(item, problems);
    List<Moment> moments = new ArrayList<>();
    ChapterList chapters = chapters(item, problems);
    moments.addAll(chapters.moments(fields.durationMs()));
    soundbites(item, fields.title(), moments, problems);
    String notes = longest(item, "content:encoded", "content", "description", "itunes:summary");
    if (notes.length() > LONGEST_NOTES) {
      problems.warning(
          "notes-too-long",
          0,
          "the notes have " + notes.length() + " characters",
          "the first " + LONGEST_NOTES + " are read");
      notes = notes.substring(0, LONGEST_NOTES);
    }
    if (!notes.isBlank()) {
      moments.addAll(notes(plainText(notes), chapters.isEmpty(), problems));
    }
    String part = part(item);
    // Lines would be those of the description, which is no document that a person can open.
    moments.replaceAll(moment -> moment.toBuilder().line(0).section(under(part, moment)).build());
    return ParsedSource.ofMoments(fields, moments);
  }

  private static final int XML_DEPTH = 64;

  private static EpisodeFields fields(Element item, ProblemLog problems) {
    EpisodeFields.Builder fields =
        EpisodeFields.builder()
            .title(plainLine(text(item, "itunes:title", "title")))
            .date(date(text(item, "pubDate", "published", "dc:date", "updated"), problems))
            .durationMs(duration(text(item, "itunes:duration"), problems))
            .season(whole(number(text(item, "podcast:season", "itunes:season"))))
            .number(whole(number(text(item, "podcast:episode", "itunes:episode"))))
            .media(media(item));
    String summary = longest(item, "itunes:summary", "summary", "description", "itunes:subtitle");
    fields.description(shortened(oneLine(start(summary, 10 * LONGEST_SUMMARY))));
    people(item, fields);
    int topics = 0;
    for (Element child : item.children()) {
      if (child.tagName().equals("category") && topics++ < MOST_TOPICS) {
        String term = child.attr("term");
        fields.topic(plainLine(term.isEmpty() ? child.text() : term));
      } else if (child.tagName().equals("itunes:keywords")) {
        StringTokenizer words = new StringTokenizer(child.text(), ",");
        while (words.hasMoreTokens() && topics++ < MOST_TOPICS) {
          fields.topic(words.nextToken());
        }
      }
    }
    return fields.build();
  }

  private static void people(Element item, EpisodeFields.Builder fields) {
    boolean named = false;
    for (Element person : item.children()) {
      String group = person.attr("group").strip();
      if (person.tagName().equals("podcast:person")
          && (group.isEmpty() || group.equalsIgnoreCase("cast"))) {
        String role = person.attr("role").strip().toLowerCase(Locale.ROOT);
        fields.speaker(plainLine(person.text()), role.isEmpty() ? "host" : role);
        named = true;
      }
    }
    if (!named) {
      Element author = item.selectFirst("> author > name");
      String name = author != null ? author.text() : text(item, "itunes:author", "dc:creator");
      fields.speaker(plainLine(name), "author");
    }
  }

  private static Media media(Element item) {
    Media media = Media.NONE;
    Media alternates = Media.NONE;
    for (Element child : item.children()) {
      switch (child.tagName()) {
        case "enclosure" -> media = media.orElse(media(child.attr("url"), child.attr("type")));
        case "podcast:alternateEnclosure" -> {
          for (Element source : child.children()) {
            String address = source.attr("uri");
            if (source.tagName().equals("podcast:source") && isWeb(address)) {
              alternates = alternates.orElse(media(address, child.attr("type")));
            }
          }
        }
        case "link" -> media = media.orElse(link(child));
        default -> {
          // Not about media.
        }
      }
    }
    return media.orElse(alternates);
  }

  /** RSS has the page's address as text; Atom has an attribute, and enclosures as links. */
  private static Media link(Element link) {
    String address = link.attr("href").strip();
    if (address.isEmpty()) {
      String page = link.text().strip();
      return isWeb(page) ? MediaAddresses.media(page, "page").orElse(page(page)) : Media.NONE;
    }
    String relation = link.attr("rel").strip();
    if (relation.equals("enclosure")) {
      return media(address, link.attr("type"));
    }
    boolean page = relation.isEmpty() || relation.equals("alternate");
    return page && isWeb(address) ? page(address) : Media.NONE;
  }

  private static Media page(String address) {
    return new Media(null, null, null, address);
  }

  private static Media media(String address, String type) {
    String clean = address.strip();
    if (!isWeb(clean)) {
      return Media.NONE;
    }
    Media told = MediaAddresses.media(clean, "");
    if (told.youtube() != null) {
      return told;
    }
    if (type.startsWith("video/")) {
      return new Media(null, null, clean, null);
    }
    return type.startsWith("audio/") ? new Media(null, clean, null, null) : told;
  }

  private static boolean isWeb(String address) {
    return address.regionMatches(true, 0, "https://", 0, 8)
        || address.regionMatches(true, 0, "http://", 0, 7);
  }

  private static ChapterList chapters(Element item, ProblemLog problems) {
    ChapterList chapters = new ChapterList(problems);
    for (Element list : item.children()) {
      if (PodloveChapters.isList(list)) {
        list.children().forEach(chapter -> PodloveChapters.addIfChapter(chapters, chapter));
      }
    }
    return chapters;
  }

  /** A soundbite without a title of its own has that of the episode, as its specification says. */
  private static void soundbites(
      Element item, @Nullable String episode, List<Moment> moments, ProblemLog problems) {
    for (Element child : item.children()) {
      if (!child.tagName().equals("podcast:soundbite")) {
        continue;
      }
      long start = JsonValues.fromText(child.attr("startTime"));
      long length = JsonValues.fromText(child.attr("duration"));
      String title = plainLine(child.text());
      String text = title == null ? episode : title;
      if (start < 0 || text == null) {
        problems.warning(
            "bad-soundbite",
            0,
            "the soundbite at \"" + Excerpt.of(child.attr("startTime")) + "\" has no start",
            "left out");
        continue;
      }
      TimeSpan span =
          length < 0
              ? TimeSpan.from(new Timestamp(start))
              : TimeSpan.ofMillis(start, Timestamp.clamped(start + length).millis());
      moments.add(Moment.builder(Kind.QUOTE, text).anchor(Anchor.exact(span)).build());
    }
  }

  private static List<Moment> notes(String text, boolean withChapters, ProblemLog problems)
      throws SourceException {
    RawSource notes = RawSource.ofText("notes.txt", text);
    boolean list = TextShape.of(notes).hasChapterList();
    if (text.isBlank()) {
      return List.of();
    }
    if (!list) {
      return NotesReader.readPlain(notes, problems).moments();
    }
    List<Moment> read = NotesReader.readNotes(notes, problems).moments();
    return withChapters
        ? read
        : read.stream().filter(moment -> moment.kind() != Kind.CHAPTER).toList();
  }

  private static List<String> under(@Nullable String part, Moment moment) {
    if (part == null) {
      return moment.section();
    }
    List<String> section = new ArrayList<>();
    section.add(part);
    section.addAll(moment.section());
    return section;
  }

  /** The season and number of the episode, as in {@code Season 2, episode 13}; null if neither. */
  private static @Nullable String part(Element item) {
    String season = number(text(item, "podcast:season", "itunes:season"));
    String episode = number(text(item, "podcast:episode", "itunes:episode"));
    if (season == null) {
      return episode == null ? null : "Episode " + episode;
    }
    return episode == null ? "Season " + season : "Season " + season + ", episode " + episode;
  }

  private static @Nullable String number(@Nullable String text) {
    boolean number =
        text != null
            && !text.isEmpty()
            && text.length() < 10
            && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    return number ? text : null;
  }

  /** A whole number; null of one such as 12.5, which the field of an episode does not hold. */
  private static @Nullable Integer whole(@Nullable String number) {
    return number == null || number.indexOf('.') >= 0 ? null : Integer.valueOf(number);
  }

  private static @Nullable Long duration(@Nullable String text, ProblemLog problems) {
    if (text == null) {
      return null;
    }
    long duration = JsonValues.fromText(text);
    if (duration < 0) {
      problems.notice(
          "bad-duration",
          0,
          "itunes:duration \"" + Excerpt.of(text) + "\" is not a length of time",
          "taken for unknown");
      return null;
    }
    return duration;
  }

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /**
   * The day in {@code Fri, 09 Oct 2020 04:30:38 GMT} (RFC 822, whatever the weekday and zone) or in
   * {@code 2020-10-09T04:30:38Z} (RFC 3339), as it is written there; null if there is none.
   */
  private static @Nullable LocalDate date(@Nullable String text, ProblemLog problems) {
    if (text == null) {
      return null;
    }
    LocalDate date = null;
    try {
      date =
          text.length() >= 10 && text.charAt(4) == '-'
              ? LocalDate.parse(text.substring(0, 10))
              : mailDate(text);
    } catch (DateTimeException | NumberFormatException notADate) {
      // Reported below, as what was not understood at all is.
    }
    if (date == null) {
      problems.notice(
          "bad-date", 0, "\"" + Excerpt.of(text) + "\" is not a date", "taken for unknown");
    }
    return date;
  }

  private static @Nullable LocalDate mailDate(String text) {
    StringTokenizer parts = new StringTokenizer(text.length() > 80 ? "" : text, " ,-\t\n");
    String before = "";
    while (parts.hasMoreTokens()) {
      String part = parts.nextToken();
      int month =
          part.length() < 3 ? -1 : MONTHS.indexOf(part.substring(0, 3).toLowerCase(Locale.ROOT));
      if (month >= 0 && parts.hasMoreTokens()) {
        String next = parts.nextToken();
        // "09 Oct 2020" as it should be, or "Oct 09, 2020".
        boolean dayFirst = !before.isEmpty() && Character.isDigit(before.charAt(0));
        String year = dayFirst || !parts.hasMoreTokens() ? next : parts.nextToken();
        int day = Integer.parseInt(dayFirst ? before : next);
        int number = Integer.parseInt(year);
        return LocalDate.of(number < 100 ? 2000 + number : number, month + 1, day);
      }
      before = part;
    }
    return null;
  }

  /** The text of the first child of these that has any; null if none has. */
  private static @Nullable String text(Element item, String... names) {
    for (String name : names) {
      for (Element child : item.children()) {
        if (child.tagName().equals(name)) {
          String text = child.wholeText().strip();
          if (!text.isEmpty()) {
            return text;
          }
        }
      }
    }
    return null;
  }

  private static String longest(Element item, String... names) {
    String longest = "";
    for (String name : names) {
      for (Element child : item.children()) {
        if (child.tagName().equals(name)) {
          // Atom may hold markup as elements rather than as text.
          boolean markup = child.attr("type").equals("xhtml");
          String text = markup ? child.html() : child.wholeText();
          longest = text.strip().length() > longest.length() ? text.strip() : longest;
        }
      }
    }
    return longest;
  }

  private static @Nullable String plainLine(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String plain = oneLine(start(text, LONGEST_SUMMARY));
    return plain.isEmpty() ? null : plain;
  }

  private static String oneLine(String text) {
    return plainText(text).replaceAll("\\s+", " ").strip();
  }

  private static String start(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_SUMMARY) {
      return text;
    }
    int cut = text.lastIndexOf(' ', LONGEST_SUMMARY);
    return text.substring(0, cut < LONGEST_SUMMARY / 2 ? LONGEST_SUMMARY - 1 : cut) + "…";
  }

  /**
   * HTML as lines of text: a block is a paragraph, a break and a list item a line. What holds no
   * markup stays as it is.
   */
  private static String plainText(String html) {
    if ((html.indexOf('<') < 0 && html.indexOf('&') < 0) || XmlHead.longName(html) >= 0) {
      return html;
    }
    boolean markup = hasTag(html);
    StringBuilder text = new StringBuilder(html.length());
    Jsoup.parseBodyFragment(html)
        .body()
        .traverse(
            new NodeVisitor() {
              private int apart = -1;

              @Override
              public void head(Node node, int depth) {
                if (apart >= 0) {
                  return;
                }
                if (node instanceof TextNode words) {
                  append(text, words.getWholeText(), markup);
                } else if (node instanceof Element element) {
                  String name = element.normalName();
                  if (UNREAD.contains(name)) {
                    apart = depth;
                  } else if (name.equals("br") || name.equals("li") || name.equals("tr")) {
                    text.append('\n');
                  } else if (element.isBlock()) {
                    text.append("\n\n");
                  }
                }
              }

              @Override
              public void tail(Node node, int depth) {
                if (depth == apart) {
                  apart = -1;
                } else if (apart < 0
                    && node instanceof Element element
                    && element.isBlock()
                    && !element.normalName().equals("li")) {
                  text.append("\n\n");
                }
              }
            });
    return text.toString().strip();
  }

  private static final Set<String> UNREAD =
      Set.of("script", "style", "head", "template", "noscript", "iframe");

  private static boolean hasTag(String html) {
    for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
      char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
      if (next == '/' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')) {
        return true;
      }
    }
    return false;
  }

  /** Appends text; in HTML a line end is a space, and a space at the start of a line nothing. */
  private static void append(StringBuilder text, String words, boolean markup) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i) == '\u00A0' ? ' ' : words.charAt(i);
      if (!markup) {
        text.append(c);
      } else if (!Character.isWhitespace(c)) {
        text.append(c);
      } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
        text.append(' ');
      }
    }
  }
}
