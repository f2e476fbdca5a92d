package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.episode.LanguageTag;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.time.BroadcastHour;
import dev.earmark.source.time.Times;
import dev.earmark.source.time.TtmlTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Timed text markup: TTML, DFXP, IMSC, EBU-TT-D, iTunes Timed Text, whatever their namespaces.
 *
 * <p>Time is nested (W3C TTML1, section 10, after SMIL): an element starts a {@code begin} after
 * its parent does or, in a {@code timeContainer="seq"}, after the element before it ends; it ends
 * after its {@code dur}, at its {@code end}, and in any case when its parent does. Without either
 * it lasts as long as its parent (a {@code par}), or as its content does (in a {@code seq}). Text
 * that lies bare in a {@code seq} lasts no time and is not shown; it is left out with a notice, as
 * is what would start after its parent has ended.
 *
 * <p>Each {@code p} is a cue. Where spans inside it have times of their own, the cue covers them
 * all and they become its timed stretches. Speakers are the agents that {@code ttm:agent} names.
 *
 * <p>Two things go beyond the letter. Where nearly nothing would be shown by it, and in documents
 * of Apple Podcasts, the times count from the start of the document at every level. And where the
 * head says when the programme starts (EBU Tech 3350, documentStartOfProgramme), or where the first
 * words come soon after an {@linkplain BroadcastHour hour of broadcast}, times count from there.
 */
@AutoService(SourceFormat.class)
public final class TtmlFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ttml", "TTML captions, also DFXP, IMSC and EBU-TT-D", "the outermost element, tt");

  /** Later than any time that can be written. */
  private static final long FOREVER = 1_000_000_000_000_000L;

  /** A timed element inside another; only then it matters from where times count. */
  private static final Pattern NESTED =
      Pattern.compile("\\bbegin\\s*=[^<>]{0,400}>[^<>]{0,200}<[^<>/]{0,400}\\bbegin\\s*=");

  private static final long MISSING = -1;
  private static final long UNREADABLE = -2;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    if (XmlSource.rootName(source.head()).equals("tt")) {
      return Recognition.CERTAIN;
    }
    return Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    boolean nested = NESTED.matcher(source.head()).find();
    if (nested) {
      ProblemLog found = new ProblemLog(source.name());
      Reader byTheLetter = new Reader(found, false);
      byTheLetter.read(source.text());
      if (!byTheLetter.isAbsolute()) {
        ParsedSource read = byTheLetter.finish();
        problems.addAll(found);
        return read;
      }
    }
    Reader reader = new Reader(problems, nested);
    reader.read(source.text());
    return reader.finish();
  }

  /** An open element that has time; its times are final but for an end that its content sets. */
  private static final class Span {
    final boolean sequential;
    final long begin;

    /** When it ends at the latest. */
    final long limit;

    /** Whether it says itself when it ends. */
    final boolean bounded;

    /** The begin as it stands there, or as it stands at the parent. */
    final long written;

    final boolean preserve;
    final boolean hidden;
    final @Nullable String speaker;

    /** When the last child ends; where the next one starts in a sequence. */
    long childEnd;

    /** Whether text lies in it that lasts as long as it does. */
    boolean holdsText;

    Span(
        boolean sequential,
        long begin,
        long limit,
        boolean bounded,
        long written,
        boolean preserve,
        boolean hidden,
        @Nullable String speaker) {
      this.sequential = sequential;
      this.begin = begin;
      this.limit = limit;
      this.bounded = bounded;
      this.written = written;
      this.preserve = preserve;
      this.hidden = hidden;
      this.speaker = speaker;
      this.childEnd = begin;
    }

    long end() {
      return bounded || holdsText ? limit : Math.min(limit, childEnd);
    }
  }

  /**
   * Reads one document.
   *
   * <p>Apple Podcasts, and others, count times from the start of the document at every level,
   * against the letter of the specification. That shows in what would become of the text by the
   * letter: most of it would start after its parent has ended.
   */
  private static final class Reader {
    private final ProblemLog problems;
    private final CueBuilder cues;
    private final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final Map<String, String> agents = new HashMap<>();
    private final Deque<Span> spans = new ArrayDeque<>();
    private TtmlTime times = TtmlTime.DEFAULT;
    private @Nullable Paragraph paragraph;
    private @Nullable String agent;
    private final boolean absolute;

    /** When the programme starts on the clock of the document; not known before its first words. */
    private long programmeMs = MISSING;

    /** Whether times are written as on a clock. */
    private boolean clock;

    /** How many texts are shown, and how many start after their parent has ended. */
    private int shown;

    private int over;

    /** Whether the document says that it is of Apple Podcasts. */
    private boolean apple;

    /** Whether an element would begin before its parent if all times were absolute. */
    private boolean early;

    /** Whether times count from the start of the document at every level. */
    boolean isAbsolute() {
      return over > shown || (apple && !early);
    }

    /** Where the XML breaks off; null if it does not. */
    private @Nullable XMLStreamException fault;

    Reader(ProblemLog problems, boolean absolute) {
      this.problems = problems;
      this.absolute = absolute;
      this.cues = new CueBuilder(problems);
      spans.push(new Span(false, 0, FOREVER, true, 0, false, false, null));
    }

    /** Reads a document up to its first fault. */
    void read(String text) throws SourceException {
      try {
        read(XmlSource.open(text));
      } catch (XMLStreamException e) {
        fault = e;
      }
    }

    private void read(XMLStreamReader xml) throws XMLStreamException, SourceException {
      boolean seenRoot = false;
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (!seenRoot) {
              root(xml);
              seenRoot = true;
            } else {
              start(xml);
            }
          }
          case XMLStreamConstants.END_ELEMENT -> end(xml);
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              text(xml.getText(), XmlSource.line(xml));
          default -> {
            // Comments and instructions are no text.
          }
        }
      }
    }

    private void root(XMLStreamReader xml) throws SourceException {
      if (!xml.getLocalName().equals("tt")) {
        throw new SourceException(
            XmlSource.line(xml),
            "the outermost element of timed text is tt, here it is " + xml.getLocalName());
      }
      times =
          TtmlTime.of(
              XmlSource.attribute(xml, "frameRate"),
              XmlSource.attribute(xml, "frameRateMultiplier"),
              XmlSource.attribute(xml, "tickRate"),
              XmlSource.attribute(xml, "timeBase"),
              XmlSource.attribute(xml, "dropMode"));
      for (int i = 0; i < xml.getNamespaceCount(); i++) {
        String name = xml.getNamespaceURI(i);
        apple |= name != null && name.contains("podcasts.apple.com");
      }
      String language = XmlSource.attribute(xml, "lang");
      episode.language(language == null ? null : LanguageTag.orNull(language));
    }

    private void start(XMLStreamReader xml) throws XMLStreamException {
      switch (xml.getLocalName()) {
        case "body", "div", "span" -> {
          open(xml);
          String unit = XmlSource.attribute(xml, "unit");
          if (paragraph != null && unit != null && !unit.equals("syllable")) {
            // Apple Podcasts writes sentences and words without spaces between.
            paragraph.unit();
          }
        }
        case "p" -> {
          open(xml);
          paragraph = new Paragraph(XmlSource.line(xml));
        }
        case "br" -> {
          if (paragraph != null) {
            paragraph.lineBreak();
          }
        }
        case "title" -> {
          if (paragraph == null) {
            episode.title(XmlSource.content(xml));
          }
        }
        case "documentStartOfProgramme", "documentStartOfProgram" ->
            programmeMs = Math.max(0, times.parse(XmlSource.content(xml)));
        case "agent" -> agent = XmlSource.attribute(xml, "id");
        case "name" -> {
          if (agent != null) {
            agents.putIfAbsent(agent, XmlSource.content(xml).strip());
          }
        }
        case "metadata" -> {
          if (paragraph != null) {
            XmlSource.content(xml);
          }
        }
        default -> {
          // Styles, regions and animation say nothing; what unknown elements hold is text.
        }
      }
    }

    private void open(XMLStreamReader xml) {
      Span parent = spans.getFirst();
      long reference = absolute ? 0 : parent.sequential ? parent.childEnd : parent.begin;
      boolean inherits = absolute && time(xml, "begin") == MISSING;
      reference = inherits ? parent.begin : reference;
      long offset = time(xml, "begin");
      early |= offset >= 0 && offset < parent.written;
      long duration = time(xml, "dur");
      long endOffset = time(xml, "end");
      long begin = Math.min(FOREVER, reference + Math.max(0, offset));
      long end = FOREVER;
      if (duration >= 0) {
        end = Math.min(end, begin + duration);
      }
      if (endOffset >= 0) {
        end = Math.min(end, absolute ? endOffset : reference + endOffset);
      }
      if (end < begin) {
        problems.warning(
            "cue-ends-before-start",
            XmlSource.line(xml),
            "the element "
                + xml.getLocalName()
                + " ends at "
                + XmlSource.attribute(xml, "end")
                + ", before its start at "
                + XmlSource.attribute(xml, "begin"),
            "it ends where it starts");
        end = begin;
      }
      String container = XmlSource.attribute(xml, "timeContainer");
      String space = XmlSource.attribute(xml, "space");
      spans.push(
          new Span(
              "seq".equals(container),
              begin,
              absolute && end < FOREVER ? end : Math.min(end, parent.limit),
              duration >= 0 || endOffset >= 0,
              offset >= 0 ? offset : parent.written,
              space == null ? parent.preserve : space.equals("preserve"),
              parent.hidden
                  || offset == UNREADABLE
                  || begin >= FOREVER
                  || (!absolute && begin >= parent.limit && begin > parent.begin),
              speaker(xml, parent)));
    }

    /** A time attribute; {@link #MISSING} if it is not there. */
    private long time(XMLStreamReader xml, String name) {
      String value = XmlSource.attribute(xml, name);
      if (value == null) {
        return MISSING;
      }
      clock |= value.indexOf(':') >= 0;
      long millis = times.parse(value);
      if (millis == Times.NONE) {
        problems.warning(
            "unreadable-time",
            XmlSource.line(xml),
            "\"" + Excerpt.of(value) + "\" is not a time",
            "write 00:01:02.500 or 62.5s");
        return UNREADABLE;
      }
      return Math.min(millis, FOREVER);
    }

    private @Nullable String speaker(XMLStreamReader xml, Span parent) {
      String reference = XmlSource.attribute(xml, "agent");
      String id = reference == null ? null : reference.strip().split("\\s+")[0];
      String name = id == null ? null : agents.get(id);
      if (name == null && id != null && id.startsWith("SPEAKER")) {
        // An agent without a name, as Apple Podcasts has them, is still somebody else.
        name = JsonValues.label(id);
      }
      return name == null ? parent.speaker : name;
    }

    private void text(String text, int line) {
      Paragraph open = paragraph;
      if (open == null) {
        return;
      }
      Span span = spans.getFirst();
      if (text.isBlank()) {
        open.space(text, span.preserve);
      } else if (span.hidden || span.sequential) {
        over++;
        problems.notice(
            "text-without-time",
            line,
            "\"" + Excerpt.of(text) + "\" is never shown: its time is over or empty",
            "left out");
      } else {
        span.holdsText = true;
        shown++;
        open.add(text, span);
      }
    }

    private void end(XMLStreamReader xml) {
      switch (xml.getLocalName()) {
        case "p" -> {
          Paragraph done = paragraph;
          if (done != null) {
            if (programmeMs < 0 && done.begin() != FOREVER) {
              // Times in seconds count from the start of the media; only a clock may be one of
              // tapes.
              programmeMs = clock ? BroadcastHour.startMs(done.begin(), problems) : 0;
            }
            done.flush(cues, programmeMs, problems);
          }
          paragraph = null;
          close();
        }
        case "body", "div", "span" -> close();
        case "agent" -> agent = null;
        default -> {
          // Has no time.
        }
      }
    }

    private void close() {
      if (spans.size() > 1) {
        long end = spans.pop().end();
        Span parent = spans.getFirst();
        parent.childEnd = parent.sequential ? end : Math.max(parent.childEnd, end);
      }
    }

    ParsedSource finish() throws SourceException {
      if (fault != null) {
        String message = "the XML is broken: " + XmlSource.message(fault);
        if (cues.isEmpty()) {
          throw new SourceException(XmlSource.line(fault), message);
        }
        problems.error(
            "broken-xml", XmlSource.line(fault), message, "what stands before it is read");
      }
      return cues.finish(episode.build());
    }
  }

  /** The text of a {@code p}, white space collapsed, and the stretches with times of their own. */
  private static final class Paragraph {
    private record Stretch(int from, int to, long begin, long end) {}

    private final int line;
    private final StringBuilder text = new StringBuilder();
    private final List<Stretch> stretches = new ArrayList<>();
    private boolean spaceBefore;
    private boolean unitBefore;
    private @Nullable String speaker;

    Paragraph(int line) {
      this.line = line;
    }

    /** Begins a unit that may be a word of its own, written without the space before it. */
    void unit() {
      unitBefore = true;
    }

    /** Whether two characters may stand together: before a mark, and in scripts without spaces. */
    private static boolean isJoined(int before, char next) {
      return ",.;:!?)]}\u2026\u2019'%".indexOf(next) >= 0
          || isWide(next)
          || (before >= 0 && (isWide((char) before) || before == '(' || before == '['));
    }

    private static boolean isWide(char c) {
      boolean thai = c >= 0xE00 && c < 0xF00;
      boolean eastAsian = c >= 0x2E80 && c < 0xA000;
      return thai || eastAsian || c >= 0xF900;
    }

    void space(String space, boolean preserve) {
      if (preserve) {
        text.append(space);
      } else {
        spaceBefore = true;
      }
    }

    void lineBreak() {
      text.append('\n');
      spaceBefore = false;
    }

    void add(String piece, Span span) {
      speaker = speaker == null ? span.speaker : speaker;
      int from = -1;
      int to = 0;
      for (int i = 0; i < piece.length(); i++) {
        char c = piece.charAt(i);
        boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (space && !span.preserve) {
          spaceBefore = true;
          continue;
        }
        int before = text.isEmpty() ? '\n' : text.charAt(text.length() - 1);
        boolean apart = spaceBefore || (unitBefore && before != ' ' && !isJoined(before, c));
        if (apart && before != '\n') {
          text.append(' ');
        }
        spaceBefore = false;
        unitBefore = false;
        from = from < 0 && !space ? text.length() : from;
        text.append(c);
        to = space ? to : text.length();
      }
      if (from < 0) {
        return;
      }
      Stretch last = stretches.isEmpty() ? null : stretches.getLast();
      if (last != null && last.begin == span.begin && last.end == span.limit) {
        stretches.set(stretches.size() - 1, new Stretch(last.from, to, last.begin, last.end));
      } else {
        stretches.add(new Stretch(from, to, span.begin, span.limit));
      }
    }

    /** When the first of its words is shown; {@link #FOREVER} if it has none. */
    long begin() {
      long begin = FOREVER;
      for (Stretch stretch : stretches) {
        begin = Math.min(begin, stretch.begin);
      }
      return begin;
    }

    void flush(CueBuilder cues, long programmeMs, ProblemLog problems) {
      if (stretches.isEmpty()) {
        return;
      }
      long begin = begin();
      long end = 0;
      for (Stretch stretch : stretches) {
        end = Math.max(end, stretch.end);
      }
      if (begin < programmeMs) {
        problems.notice(
            "before-the-programme",
            line,
            "\"" + Excerpt.of(text.toString()) + "\" stands before the start of the programme",
            "left out");
        return;
      }
      cues.add(
          begin - programmeMs,
          end >= FOREVER ? Times.NONE : end - programmeMs,
          speaker,
          text.toString(),
          stretches.size() == 1 ? List.of() : words(programmeMs),
          line);
    }

    /** The stretches as timed words: each ends at the latest where the next one starts. */
    private List<TimedWord> words(long programmeMs) {
      List<TimedWord> words = new ArrayList<>(stretches.size());
      for (int i = 0; i < stretches.size(); i++) {
        Stretch stretch = stretches.get(i);
        long end = stretch.end;
        long next = i + 1 < stretches.size() ? stretches.get(i + 1).begin : FOREVER;
        if (next > stretch.begin) {
          end = Math.min(end, next);
        }
        words.add(
            new TimedWord(
                stretch.from,
                stretch.to,
                Math.max(0, stretch.begin - programmeMs),
                Math.max(0, Math.max(stretch.begin, end >= FOREVER ? 0 : end) - programmeMs)));
      }
      return words;
    }
  }
}
