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
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of speech in TEI, as ISO 24624 describes it: a {@code timeline} of {@code when}
 * points, and utterances {@code u}, or {@code annotationBlock} around them, with {@code who},
 * {@code start} and {@code end}. Points within an utterance ({@code anchor synch}) time what
 * follows them.
 *
 * <p>Of an utterance the words are read; pauses, incidents, notes and annotations are not. Speakers
 * are called as {@code person} names them.
 *
 * @see <a href="https://www.tei-c.org/release/doc/tei-p5-doc/en/html/TS.html">TEI, Transcriptions
 *     of Speech</a>
 */
@AutoService(SourceFormat.class)
public final class TeiTranscript implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "tei",
          "transcript of speech in TEI (ISO 24624)",
          "XML whose first element is TEI, with utterances (u) or a timeline");

  private static final Set<String> UNSPOKEN =
      Set.of(
          "pause",
          "incident",
          "vocal",
          "kinesic",
          "desc",
          "note",
          "spanGrp",
          "span",
          "shift",
          "writing",
          "gap",
          "del",
          "fs");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String first = local(XmlHead.firstElement(source.head()));
    if (!first.equals("TEI") && !first.equals("TEI.2") && !first.equals("teiCorpus")) {
      return Recognition.NO;
    }
    String text = source.text();
    return text.contains("<u ")
            || text.contains("<u>")
            || text.contains(":u ")
            || text.contains("timeline")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text(), Parser.xmlParser());
    Reader reader = new Reader(problems);
    document.traverse(reader);
    reader.flush();
    if (reader.turns.isEmpty()) {
      throw new SourceException(0, "nothing to read: utterances, <u>, are needed");
    }
    List<Cue> cues = new ArrayList<>();
    List<Moment> moments = new ArrayList<>();
    reader.turns.into(cues, moments, null);
    return new ParsedSource(reader.episode.build(), cues, moments);
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  /** Gathers points, persons and utterances as the elements pass by in their order. */
  private static final class Reader implements NodeVisitor {
    private final Turns turns;
    private final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final Map<String, Long> points = new HashMap<>();
    private final Map<String, String> persons = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private double unit = 1_000;
    private @Nullable String origin;
    private boolean titled;

    /** The depth of the utterance, of the block around it, of what is not said; -1 outside. */
    private int utterance = -1;

    private int block = -1;
    private int apart = -1;
    private @Nullable String who;
    private @Nullable String blockWho;
    private long blockStart = Times.NONE;
    private long blockEnd = Times.NONE;
    private long start = Times.NONE;
    private long end = Times.NONE;

    Reader(ProblemLog problems) {
      this.turns = new Turns(problems);
    }

    @Override
    public void head(Node node, int depth) {
      if (apart >= 0) {
        return;
      }
      if (node instanceof TextNode words) {
        if (utterance >= 0) {
          text.append(words.getWholeText());
        }
      } else if (node instanceof Element element) {
        element(local(element.tagName()), element, depth);
      }
    }

    private void element(String name, Element element, int depth) {
      switch (name) {
        case "timeline" -> {
          origin = id(element.attr("origin"));
          unit = unit(element.attr("unit"));
        }
        case "when" -> point(element);
        case "person", "personGrp" -> person(element);
        case "language" -> {
          if (utterance < 0) {
            episode.language(LanguageNames.tag(element.attr("ident")));
          }
        }
        case "title" -> {
          if (!titled && utterance < 0 && !element.text().isBlank()) {
            titled = true;
            episode.title(element.text().strip());
          }
        }
        case "annotationBlock" -> {
          block = depth;
          blockWho = element.attr("who");
          blockStart = time(element.attr("start"));
          blockEnd = time(element.attr("end"));
        }
        case "u" -> {
          flush();
          utterance = depth;
          String named = element.hasAttr("who") ? element.attr("who") : blockWho;
          who = named == null || named.isBlank() ? null : named(named);
          start = element.hasAttr("start") ? time(element.attr("start")) : blockStart;
          end = element.hasAttr("end") ? time(element.attr("end")) : blockEnd;
        }
        case "anchor" -> {
          if (utterance >= 0) {
            anchor(time(element.hasAttr("synch") ? element.attr("synch") : element.attr("sameAs")));
          }
        }
        case "w" -> space();
        case "pc" -> {
          while (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
          }
        }
        default -> {
          if (utterance >= 0 && UNSPOKEN.contains(name)) {
            space();
            apart = depth;
          }
        }
      }
    }

    private void space() {
      if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
        text.append(' ');
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (depth == apart) {
        apart = -1;
      } else if (depth == utterance) {
        flush();
        utterance = -1;
      } else if (depth == block) {
        block = -1;
        blockWho = null;
        blockStart = Times.NONE;
        blockEnd = Times.NONE;
      }
    }

    /** What was said so far ends here; what follows begins here. */
    private void anchor(long at) {
      if (at == Times.NONE) {
        return;
      }
      if (text.toString().isBlank()) {
        start = at;
      } else {
        long last = end;
        end = at;
        flush();
        start = at;
        end = last == Times.NONE || last >= at ? last : Times.NONE;
      }
    }

    void flush() {
      String said = text.toString().strip().replaceAll("\\s+", " ");
      text.setLength(0);
      if (!said.isEmpty()) {
        turns.paragraph(who, start, end == start ? Times.NONE : end, said, 0);
        start = Times.NONE;
      }
    }

    private void point(Element when) {
      String id = when.attr("xml:id").isEmpty() ? when.attr("id") : when.attr("xml:id");
      long at = Times.NONE;
      String interval = when.attr("interval").strip();
      String absolute = when.attr("absolute").strip();
      try {
        if (!interval.isEmpty() && Double.parseDouble(interval) >= 0) {
          Long since = points.get(id(when.attr("since")));
          double after = Double.parseDouble(interval) * unit;
          at = Math.round(Math.min(after, 1e12)) + (since == null ? 0 : since);
        }
      } catch (NumberFormatException noNumber) {
        at = JsonValues.fromText(interval);
      }
      if (at == Times.NONE && !absolute.isEmpty()) {
        at = JsonValues.fromText(absolute);
      }
      if (at == Times.NONE && (id.equals(origin) || points.isEmpty())) {
        at = 0;
      }
      if (at != Times.NONE) {
        points.put(id, at);
      }
    }

    private static double unit(String unit) {
      return switch (unit.strip()) {
        case "ms", "msec", "milliseconds" -> 1;
        case "min", "minutes" -> 60_000;
        case "h", "hours" -> 3_600_000;
        default -> 1_000;
      };
    }

    private void person(Element person) {
      String id = person.attr("xml:id").isEmpty() ? person.attr("id") : person.attr("xml:id");
      String name = "";
      for (Element one : person.getAllElements()) {
        String tag = local(one.tagName());
        if (name.isEmpty()
            && (tag.equals("persName") || tag.equals("name") || tag.equals("abbr"))) {
          name = named(one);
        }
      }
      name = name.isBlank() ? person.attr("n").strip() : name;
      if (!id.isEmpty() && !name.isBlank()) {
        persons.put(id, name);
        episode.speaker(name, null);
      }
    }

    private static String named(Element element) {
      StringBuilder name = new StringBuilder();
      for (Node node : element.childNodes()) {
        name.append(' ')
            .append(
                node instanceof TextNode text
                    ? text.text()
                    : node instanceof Element one ? one.text() : "");
      }
      return name.toString().strip().replaceAll("\\s+", " ");
    }

    private String named(String reference) {
      String id = id(reference.strip().split("\\s+", 2)[0]);
      return persons.getOrDefault(id, id);
    }

    /** The time of a point, or one that is written out. */
    private long time(String reference) {
      Long known = points.get(id(reference));
      return known != null
          ? known
          : reference.isBlank() || reference.startsWith("#")
              ? Times.NONE
              : JsonValues.fromText(reference);
    }

    private static String id(String reference) {
      String text = reference.strip();
      return text.substring(text.indexOf('#') + 1);
    }
  }
}
