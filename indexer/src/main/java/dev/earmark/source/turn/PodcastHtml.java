package dev.earmark.source.turn;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * A transcript as the Podcasting 2.0 namespace describes it in HTML: {@code cite} names the
 * speaker, {@code time} says when the monologue starts, {@code p} holds it; all but the last may be
 * missing.
 *
 * <p>The first paragraph after a time is exact; others get their share of the time up to the next,
 * as {@link Turns} describes. Without any time they are unplaced segments. Text outside of
 * paragraphs is read as well. Where there is no {@code cite}, what is bold at the head of a
 * paragraph names the speaker, if few such names come again and again.
 *
 * @see <a
 *     href="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md">Transcript
 *     File Format Details</a>
 */
@AutoService(SourceFormat.class)
public final class PodcastHtml implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "podcast-html",
          "Podcasting 2.0 transcript in HTML: cite, time and p elements",
          "HTML with cite, or with time elements and paragraphs");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    String first = XmlHead.firstElement(head).toLowerCase(Locale.ROOT);
    if (!OPENINGS.contains(first)) {
      return Recognition.NO;
    }
    String lower = source.lowerHead();
    // A citation below a quotation says who said it.
    boolean cite = lower.contains("<cite") && !lower.contains("<blockquote");
    boolean time = lower.contains("<time");
    if (cite && time) {
      return Recognition.CERTAIN;
    }
    return cite || (time && !first.equals("html")) ? Recognition.LIKELY : Recognition.NO;
  }

  private static final Set<String> OPENINGS =
      Set.of("html", "head", "body", "cite", "time", "p", "div", "article", "section", "main");
  private static final int LONGEST_NAME = 60;
  private static final Set<String> UNREAD =
      Set.of("script", "style", "head", "template", "noscript");

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text());
    EpisodeFields.Builder episode = EpisodeFields.builder();
    episode.title(document.title());
    Element root = document.selectFirst("html");
    episode.language(root == null ? null : LanguageNames.tag(root.attr("lang")));
    Collector collector = new Collector(boldNames(document.body()), problems);
    document.body().traverse(collector);
    collector.flush();
    if (collector.turns.isEmpty()) {
      throw new SourceException(0, "nothing to read: paragraphs, <p>, are needed");
    }
    List<Cue> cues = new ArrayList<>();
    List<Moment> moments = new ArrayList<>();
    collector.turns.into(cues, moments, null);
    return new ParsedSource(episode.build(), cues, moments);
  }

  /** The bold elements that name who speaks. */
  private static Set<Element> boldNames(Element body) {
    if (body.selectFirst("cite") != null) {
      return Set.of();
    }
    Set<Element> names = new HashSet<>();
    Set<String> distinct = new HashSet<>();
    for (Element bold : body.select("b, strong")) {
      Node before = bold.previousSibling();
      while (before instanceof TextNode text && text.isBlank()) {
        before = before.previousSibling();
      }
      String name = name(bold);
      boolean first = before == null || before.normalName().equals("time");
      if (first && name.length() <= LONGEST_NAME && SpeakerName.looksLikeName(name)) {
        names.add(bold);
        distinct.add(name);
      }
    }
    boolean again = names.size() > 2 && distinct.size() * 2 <= names.size();
    return again ? names : Set.of();
  }

  private static String name(Element element) {
    String cited = element.text().strip();
    return cited.endsWith(":") ? cited.substring(0, cited.length() - 1).strip() : cited;
  }

  /** Gathers text as the elements pass by in their order. */
  private static final class Collector implements NodeVisitor {
    private final Turns turns;
    private final ProblemLog problems;
    private final Set<Element> names;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String speaker;
    private long stampMs = Times.NONE;

    /** How deep the element lies whose text is not to be read as speech; -1 outside of one. */
    private int apart = -1;

    Collector(Set<Element> names, ProblemLog problems) {
      this.names = names;
      this.problems = problems;
      this.turns = new Turns(problems);
    }

    @Override
    public void head(Node node, int depth) {
      if (apart >= 0) {
        return;
      }
      if (node instanceof TextNode words) {
        text.append(words.getWholeText());
      } else if (node instanceof Element element) {
        String name = element.normalName();
        if (name.equals("cite") || names.contains(element)) {
          flush();
          speaker = name(element);
          apart = depth;
        } else if (name.equals("time")) {
          flush();
          time(element);
          apart = depth;
        } else if (UNREAD.contains(name)) {
          apart = depth;
        } else if (name.equals("br")) {
          text.append(' ');
        } else if (element.isBlock()) {
          flush();
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (depth == apart) {
        apart = -1;
      } else if (apart < 0 && node instanceof Element element && element.isBlock()) {
        flush();
      }
    }

    private void time(Element element) {
      String written = element.hasAttr("datetime") ? element.attr("datetime") : element.text();
      long millis = JsonValues.fromText(written);
      if (millis == Times.NONE) {
        millis = JsonValues.fromText(element.text());
      }
      if (millis == Times.NONE) {
        problems.warning(
            "bad-time",
            0,
            "<time>" + Excerpt.of(element.text()) + "</time> is not a time",
            "the text was placed by its neighbours");
      }
      stampMs = millis;
    }

    void flush() {
      String said = lines(text);
      // The colon behind a bold name.
      said = said.startsWith(":") && !names.isEmpty() ? said.substring(1).strip() : said;
      if (!said.isEmpty()) {
        turns.paragraph(speaker, stampMs, said, 0);
        stampMs = Times.NONE;
      }
      text.setLength(0);
    }

    /** White space as HTML shows it: one space, or one line end for a break. */
    private static String lines(StringBuilder raw) {
      StringBuilder out = new StringBuilder(raw.length());
      boolean space = false;
      for (int i = 0; i < raw.length(); i++) {
        char c = raw.charAt(i);
        if (Character.isWhitespace(c)) {
          space = true;
        } else {
          out.append(space && !out.isEmpty() ? " " : "").append(c);
          space = false;
        }
      }
      return out.toString();
    }
  }
}
