package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.Anchor;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
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
import dev.earmark.source.time.LeadingTime;
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A video digest: lists that were made from a video, one a kind of thing, most entries with a time.
 *
 * <p>It opens with a title and labelled lines (category, duration, speakers). Then come sections,
 * most with the number of their entries behind the name: {@code Segments (25)}, {@code Specific
 * Prices (19)}, {@code Predictions (12)}. What an entry looks like depends on its section:
 *
 * <ul>
 *   <li>segments: {@code • 13:55 · title}, a summary below;
 *   <li>prices: {@code 13:55 item value context} with nothing between, see {@link PriceRow};
 *   <li>facts, bottlenecks, predictions: {@code • [13:55, horizon] text}, with the subject or the
 *       evidence below;
 *   <li>technologies: {@code • name: explanation};
 *   <li>companies and topics: names with dots between;
 *   <li>quotes: {@code words — speaker @ 13:55}, a paragraph each.
 * </ul>
 *
 * <p>A section with another name is read as notes, so nothing is lost. A segment ends where the
 * next starts; the other times are points. Segments are summaries, not speech, and have no word
 * times.
 *
 * <p>What the head says and no field of an episode holds, the category for one, becomes the
 * episode's description. The numbers behind section names are checked, not kept.
 */
@AutoService(SourceFormat.class)
public final class VideoDigestFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "video-digest",
          "Digest of a video: timed segments, prices, facts, predictions, quotes and the like",
          "sections with their number of entries (\"Segments (25)\"), entries with times");

  /** The sections that need no number behind their name to be known. */
  private static final Map<String, Kind> SECTIONS =
      Map.ofEntries(
          Map.entry("segments", Kind.SEGMENT),
          Map.entry("timeline", Kind.SEGMENT),
          Map.entry("specific prices", Kind.PRICE),
          Map.entry("prices", Kind.PRICE),
          Map.entry("memory facts", Kind.FACT),
          Map.entry("key facts", Kind.FACT),
          Map.entry("facts", Kind.FACT),
          Map.entry("bottleneck claims", Kind.BOTTLENECK),
          Map.entry("bottlenecks", Kind.BOTTLENECK),
          Map.entry("predictions", Kind.PREDICTION),
          Map.entry("key technologies", Kind.TECHNOLOGY),
          Map.entry("technologies", Kind.TECHNOLOGY),
          Map.entry("companies mentioned", Kind.MENTION),
          Map.entry("companies", Kind.MENTION),
          Map.entry("people mentioned", Kind.MENTION),
          Map.entry("notable quotes", Kind.QUOTE),
          Map.entry("key quotes", Kind.QUOTE),
          Map.entry("quotes", Kind.QUOTE),
          Map.entry("key topics", Kind.TERM),
          Map.entry("topics", Kind.TERM),
          Map.entry("key takeaways", Kind.TAKEAWAY),
          Map.entry("takeaways", Kind.TAKEAWAY));

  /** What the name of a section with a number may contain, for names not listed above. */
  private static final Map<String, Kind> NAME_PARTS =
      Map.ofEntries(
          Map.entry("segment", Kind.SEGMENT),
          Map.entry("segments", Kind.SEGMENT),
          Map.entry("price", Kind.PRICE),
          Map.entry("prices", Kind.PRICE),
          Map.entry("facts", Kind.FACT),
          Map.entry("bottleneck", Kind.BOTTLENECK),
          Map.entry("bottlenecks", Kind.BOTTLENECK),
          Map.entry("predictions", Kind.PREDICTION),
          Map.entry("forecasts", Kind.PREDICTION),
          Map.entry("technologies", Kind.TECHNOLOGY),
          Map.entry("tools", Kind.TECHNOLOGY),
          Map.entry("mentioned", Kind.MENTION),
          Map.entry("companies", Kind.MENTION),
          Map.entry("quotes", Kind.QUOTE),
          Map.entry("topics", Kind.TERM),
          Map.entry("takeaways", Kind.TAKEAWAY));

  private static final Set<String> COLUMN_NAMES =
      Set.of(
          "timestamp",
          "time",
          "at",
          "item",
          "product",
          "name",
          "value",
          "price",
          "amount",
          "cost",
          "context",
          "notes",
          "note",
          "description");

  private static final int MOST_NAME_WORDS = 6;
  private static final int LONGEST_NAME = 80;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    int numbered = 0;
    int named = 0;
    boolean header = false;
    boolean entries = false;
    boolean attributions = false;
    for (ProseLine line : Prose.sample(source)) {
      Heading heading = Heading.of(line);
      if (heading != null && SECTIONS.containsKey(Words.fold(heading.name()))) {
        named++;
        numbered += heading.count() >= 0 ? 1 : 0;
      }
      header |= line.item() == null && EpisodeHeader.labelCount(line.text()) >= 2;
      entries |= line.item() != null && LeadingTime.of(line.content()).isPresent();
      attributions |= Attribution.of(line.text()).filter(a -> a.at() != null).isPresent();
    }
    int others = (header ? 1 : 0) + (entries ? 1 : 0) + (attributions ? 1 : 0);
    if ((numbered >= 2 && others >= 1) || numbered >= 3) {
      return Recognition.CERTAIN;
    }
    return named >= 2 && others >= 2 ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Reader reader = new Reader(problems);
    reader.read(ProseLine.of(source.text()));
    List<Moment> moments = reader.moments.finish();
    if (moments.isEmpty()) {
      throw new SourceException(
          0, "no entries found; a video digest has sections such as \"Segments (25)\"");
    }
    return ParsedSource.ofMoments(reader.header.fields().build(), moments);
  }

  /**
   * The name of a section.
   *
   * @param kind what its entries are
   * @param count how many it says there are; -1 if it does not say
   */
  private record Heading(String name, Kind kind, int count, int line) {

    /** The heading a line is; null if it is none. */
    static @Nullable Heading of(ProseLine line) {
      String text = line.text();
      if (line.item() != null || text.length() > LONGEST_NAME) {
        return null;
      }
      if (text.endsWith(":")) {
        text = text.substring(0, text.length() - 1).strip();
      }
      int count = -1;
      int open = text.lastIndexOf(" (");
      if (open > 0 && text.endsWith(")")) {
        count = number(text.substring(open + 2, text.length() - 1));
        text = count < 0 ? text : text.substring(0, open).strip();
      }
      Kind known = SECTIONS.get(count < 0 ? line.name() : Words.fold(text));
      if (known != null) {
        return new Heading(text, known, count, line.number());
      }
      boolean name =
          count >= 0
              && Character.isLetter(text.charAt(0))
              && Prose.wordCount(text) <= MOST_NAME_WORDS
              && text.chars().noneMatch(c -> "·@:.".indexOf(c) >= 0);
      return name ? new Heading(text, kindOf(text), count, line.number()) : null;
    }

    private static Kind kindOf(String name) {
      Kind kind = Kind.NOTE;
      for (String word : Words.of(name).folded()) {
        kind = NAME_PARTS.getOrDefault(word, kind);
      }
      return kind;
    }

    private static int number(String text) {
      boolean digits = !text.isEmpty() && text.length() <= 6;
      return digits && text.chars().allMatch(c -> c >= '0' && c <= '9')
          ? Integer.parseInt(text)
          : -1;
    }
  }

  /**
   * Words with who says them and when: {@code words — speaker @ 13:55}.
   *
   * @param speaker null if nobody is named
   * @param at null if there is no time
   */
  private record Attribution(String words, @Nullable String speaker, @Nullable Timestamp at) {

    /** Nothing if the text ends with neither a name nor a time. */
    static Optional<Attribution> of(String text) {
      Timestamp at = null;
      String words = text;
      int sign = text.lastIndexOf('@');
      if (sign >= 0 && text.length() - sign < 24) {
        String clock = text.substring(sign + 1).strip();
        at = clock.indexOf(':') > 0 ? Timestamp.tryParse(clock).orElse(null) : null;
        words = at == null ? text : text.substring(0, sign).strip();
      }
      for (String dash : List.of(" — ", " – ", " - ")) {
        int mark = words.lastIndexOf(dash);
        String name = mark < 0 ? "" : words.substring(mark + dash.length()).strip();
        if (mark > 0 && EpisodeHeader.looksLikeName(name)) {
          return Optional.of(new Attribution(unquoted(words.substring(0, mark)), name, at));
        }
      }
      return at == null
          ? Optional.empty()
          : Optional.of(new Attribution(unquoted(words), null, at));
    }

    /** The words without quotation marks around all of them. */
    private static String unquoted(String text) {
      String words = text.strip();
      List<Quotations.Quotation> quoted = Quotations.in(words);
      boolean whole =
          quoted.size() == 1
              && quoted.getFirst().from() == 1
              && quoted.getFirst().to() == words.length() - 1;
      return whole ? quoted.getFirst().in(words) : words;
    }
  }

  /** An entry of a list, with the lines that belong to it. */
  private record Entry(ProseLine line, List<ProseLine> below) {
    int number() {
      return line.number();
    }
  }

  /** Reads one digest. */
  private static final class Reader {
    private final ProblemLog problems;
    private final EpisodeHeader header = new EpisodeHeader();
    private final ProseMoments moments = new ProseMoments();
    private final List<String> leftOfHeader = new ArrayList<>();
    private final Set<String> topics = new HashSet<>();
    private @Nullable Timestamp duration;

    Reader(ProblemLog problems) {
      this.problems = problems;
    }

    void read(List<ProseLine> lines) {
      int first = 0;
      while (first < lines.size() && Heading.of(lines.get(first)) == null) {
        first++;
      }
      // With no section at all there is nothing to tell a head from: the lines are notes.
      int head = first == lines.size() ? 0 : first;
      for (int i = 0; i < head; i++) {
        headLine(lines.get(i), i == 0);
      }
      header.fields().description(leftOfHeader.isEmpty() ? null : String.join(" · ", leftOfHeader));
      EpisodeFields soFar = header.fields().build();
      duration = soFar.durationMs() == null ? null : Timestamp.clamped(soFar.durationMs());
      for (int i = head; i < lines.size(); ) {
        Heading heading = Heading.of(lines.get(i));
        int from = heading == null ? i : i + 1;
        int to = from;
        while (to < lines.size() && !startsSection(lines, to, heading)) {
          to++;
        }
        section(heading, lines.subList(from, to));
        i = Math.max(to, i + 1);
      }
    }

    /**
     * Whether a section starts here: at a heading known by name or number, or, after a list with
     * bullets, at a short line with a blank line before and a list behind.
     */
    private static boolean startsSection(List<ProseLine> lines, int at, @Nullable Heading present) {
      ProseLine line = lines.get(at);
      if (Heading.of(line) != null) {
        return true;
      }
      boolean bulleted = present != null && at > 0 && lines.get(at - 1).isItem();
      return bulleted
          && line.blanksBefore() > 0
          && line.indent() == 0
          && line.looksLikeHeading()
          && Prose.wordCount(line.text()) <= MOST_NAME_WORDS
          && at + 1 < lines.size()
          && lines.get(at + 1).isItem();
    }

    private void headLine(ProseLine line, boolean first) {
      String text = line.content();
      if (first && EpisodeHeader.labelCount(text) == 0) {
        header.fields().title(text);
        return;
      }
      List<String> left = header.read(text);
      leftOfHeader.addAll(left);
      // A paragraph at the head sums the video up: it is to be found as well.
      if (left.size() == 1 && left.getFirst().equals(text) && Prose.wordCount(text) > 8) {
        moments.under();
        moments.add(Moment.builder(Kind.NOTE, text), line.number());
      }
    }

    private void section(@Nullable Heading heading, List<ProseLine> lines) {
      Kind kind = Kind.NOTE;
      List<ProseLine> body = lines;
      if (heading != null) {
        kind = heading.kind();
        moments.under(heading.name());
      } else if (lines.size() > 1 && lines.getFirst().looksLikeHeading()) {
        moments.under(lines.getFirst().text());
        body = lines.subList(1, lines.size());
      }
      int before = moments.size();
      switch (kind) {
        case SEGMENT -> segments(body);
        case PRICE -> prices(body);
        case QUOTE -> quotes(body);
        case TECHNOLOGY -> technologies(body);
        case MENTION, TERM -> names(kind, body);
        default -> claims(kind, body);
      }
      int found = moments.size() - before;
      if (heading != null && heading.count() >= 0 && heading.count() != found) {
        problems.notice(
            "count-differs",
            heading.line(),
            "\""
                + heading.name()
                + "\" says it has "
                + heading.count()
                + " entries, but "
                + found
                + " follow",
            "those that follow were read");
      }
    }

    /**
     * Groups lines into entries. A line further in than its entry belongs to it; so does a line
     * without a time right below an entry with one, where the indents are lost.
     */
    private static List<Entry> entries(List<ProseLine> lines) {
      List<Entry> entries = new ArrayList<>();
      boolean timed = false;
      for (ProseLine line : lines) {
        boolean ownTime = startsWithTime(line.content());
        Entry last = entries.isEmpty() ? null : entries.getLast();
        if (last != null && isBelow(line, last, ownTime, timed)) {
          last.below().add(line);
        } else {
          entries.add(new Entry(line, new ArrayList<>()));
          timed = ownTime;
        }
      }
      return entries;
    }

    private static boolean isBelow(
        ProseLine line, Entry last, boolean ownTime, boolean lastHasTime) {
      if (!line.isItem()) {
        return !ownTime;
      }
      return line.indent() > last.line().indent()
          || (lastHasTime && !ownTime && last.below().isEmpty());
    }

    /** Whether an entry starts as if with a time, be it a good one or not. */
    private static boolean startsWithTime(String text) {
      int space = text.indexOf(' ');
      String first = space < 0 ? text : text.substring(0, space);
      return text.startsWith("[")
          || (first.length() <= 20
              && Character.isDigit(first.charAt(0))
              && first.indexOf(':', 1) > 0);
    }

    /** The anchor of an entry; a time that cannot be, or is missing, is reported. */
    private Anchor anchor(@Nullable TimeSpan at, ProseLine line) {
      if (at == null) {
        problems.warning(
            "entry-without-time",
            line.number(),
            "no time can be read in \"" + Prose.shorten(line.content()) + "\"",
            "kept without a time; write it as 13:55 or 1:20:16");
        return Anchor.unplaced();
      }
      if (duration != null && at.start().compareTo(duration) > 0) {
        problems.warning(
            "time-past-end",
            line.number(),
            "the time " + at.start() + " is past the end of the video, " + duration,
            "kept as it is");
      }
      return Anchor.exact(at);
    }

    private void segments(List<ProseLine> lines) {
      List<Entry> entries = entries(lines);
      List<Optional<LeadingTime>> times = new ArrayList<>();
      NavigableSet<Timestamp> starts = new TreeSet<>();
      for (Entry entry : entries) {
        Optional<LeadingTime> time = LeadingTime.of(entry.line().content());
        times.add(time);
        time.ifPresent(t -> starts.add(t.start()));
      }
      Timestamp latest = Timestamp.ZERO;
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        LeadingTime time = times.get(i).orElse(null);
        TimeSpan at = time == null ? null : new TimeSpan(time.start(), end(time, starts));
        if (time != null && time.start().compareTo(latest) < 0) {
          problems.notice(
              "segments-out-of-order",
              entry.number(),
              "the segment at " + time.start() + " comes after one at " + latest,
              "each ends where the next by time starts");
        }
        latest = time != null && time.start().compareTo(latest) > 0 ? time.start() : latest;
        String title = time == null ? entry.line().content() : time.rest();
        String body = body(entry);
        if (title.isEmpty() && body.isEmpty()) {
          problems.warning(
              "entry-without-text",
              entry.number(),
              "nothing follows \"" + entry.line().content() + "\"",
              "left out");
          continue;
        }
        moments.add(
            Moment.builder(Kind.SEGMENT, body).title(title).anchor(anchor(at, entry.line())),
            entry.number());
      }
    }

    private @Nullable Timestamp end(LeadingTime time, NavigableSet<Timestamp> starts) {
      if (time.end() != null) {
        return time.end();
      }
      Timestamp next = starts.higher(time.start());
      boolean last = next == null && duration != null && duration.compareTo(time.start()) > 0;
      return last ? duration : next;
    }

    private static String body(Entry entry) {
      return String.join("\n", entry.below().stream().map(ProseLine::content).toList());
    }

    private void prices(List<ProseLine> lines) {
      for (ProseLine line : lines) {
        if (isColumnNames(line)) {
          continue;
        }
        LeadingTime time = LeadingTime.of(line.content()).orElse(null);
        String row = time == null ? line.content() : time.rest();
        if (row.isEmpty()) {
          problems.warning(
              "entry-without-text", line.number(), "a price says only when", "left out");
          continue;
        }
        Anchor anchor = anchor(time == null ? null : time.span(), line);
        PriceRow price = PriceRow.split(row).orElse(null);
        if (price == null) {
          problems.warning(
              "price-without-value",
              line.number(),
              "no amount can be found in \"" + Prose.shorten(row) + "\"",
              "kept whole; an amount is written as $50 trillion, 10 to 15%, €9");
          moments.add(Moment.builder(Kind.PRICE, row).anchor(anchor), line.number());
          continue;
        }
        String body =
            price.context().isEmpty() ? price.value() : price.value() + " — " + price.context();
        moments.add(
            Moment.builder(Kind.PRICE, body)
                .title(price.item())
                .anchor(anchor)
                .detail("item", price.item())
                .detail("value", price.value())
                .detail("context", price.context()),
            line.number());
      }
    }

    private static boolean isColumnNames(ProseLine line) {
      if (line.text().length() > LONGEST_NAME) {
        return false;
      }
      String[] words = Words.of(line.text()).folded();
      return words.length >= 2 && COLUMN_NAMES.containsAll(List.of(words));
    }

    /** Facts, bottlenecks, predictions, takeaways, and entries of sections nobody knows. */
    private void claims(Kind kind, List<ProseLine> lines) {
      boolean timesExpected =
          kind == Kind.FACT || kind == Kind.BOTTLENECK || kind == Kind.PREDICTION;
      for (Entry entry : entries(lines)) {
        String content = entry.line().content();
        LeadingTime time = LeadingTime.of(content).orElse(null);
        String text = time == null ? content : time.rest();
        Anchor anchor =
            time == null && !timesExpected && !content.startsWith("[")
                ? Anchor.unplaced()
                : anchor(time == null ? null : time.span(), entry.line());
        String note = time == null ? null : time.note();
        if (text.isEmpty() && entry.below().isEmpty()) {
          problems.warning(
              "entry-without-text", entry.number(), "an entry says only when", "left out");
          continue;
        }
        StringBuilder body = new StringBuilder(text);
        if (note != null) {
          body.append(body.isEmpty() ? "[" : " [").append(note).append(']');
        }
        Moment.Builder moment = claim(kind, entry, body).anchor(anchor);
        moment.detail(kind == Kind.PREDICTION ? "horizon" : "note", note);
        moments.add(moment, entry.number());
      }
    }

    /** A claim with what stands below it: the subject of a fact, the evidence of a bottleneck. */
    private static Moment.Builder claim(Kind kind, Entry entry, StringBuilder body) {
      String subject = null;
      List<String[]> details = new ArrayList<>();
      for (ProseLine line : entry.below()) {
        String text = line.content();
        int colon = text.indexOf(": ");
        boolean labelled = colon > 0 && colon <= 24 && isLabel(text.substring(0, colon));
        if (labelled) {
          details.add(
              new String[] {Words.fold(text.substring(0, colon)), text.substring(colon + 2)});
        } else if (kind == Kind.FACT && line.isItem() && subject == null) {
          subject = text;
          continue;
        } else if (kind == Kind.BOTTLENECK) {
          details.add(new String[] {"evidence", text});
        }
        body.append(body.isEmpty() ? "" : "\n").append(text);
      }
      Moment.Builder moment = Moment.builder(kind, body.toString()).title(subject);
      moment.detail("subject", subject);
      details.forEach(detail -> moment.detail(detail[0], detail[1].strip()));
      return moment;
    }

    private static boolean isLabel(String text) {
      return Character.isUpperCase(text.charAt(0))
          && text.chars().allMatch(c -> Character.isLetter(c) || c == ' ');
    }

    private void technologies(List<ProseLine> lines) {
      for (Entry entry : entries(lines)) {
        String content = entry.line().content();
        LeadingTime time = LeadingTime.of(content).orElse(null);
        String text = time == null || time.rest().isEmpty() ? content : time.rest();
        int colon = text.indexOf(": ");
        String name = colon > 0 ? text.substring(0, colon).strip() : text;
        String explanation = colon > 0 ? text.substring(colon + 2).strip() : "";
        String below = body(entry);
        String body =
            explanation.isEmpty() || below.isEmpty()
                ? explanation + below
                : explanation + "\n" + below;
        if (body.isEmpty()) {
          problems.notice(
              "technology-without-explanation",
              entry.number(),
              "no explanation follows \"" + Prose.shorten(name) + "\"",
              "kept as a name; write it as \"name: explanation\"");
        }
        Anchor anchor = time == null ? Anchor.unplaced() : anchor(time.span(), entry.line());
        moments.add(
            Moment.builder(Kind.TECHNOLOGY, body).title(name).anchor(anchor), entry.number());
      }
    }

    private void names(Kind kind, List<ProseLine> lines) {
      for (ProseLine line : lines) {
        LeadingTime time = LeadingTime.of(line.content()).orElse(null);
        Anchor anchor = time == null ? Anchor.unplaced() : anchor(time.span(), line);
        for (String name : Prose.parts(time == null ? line.content() : time.rest(), "·|•;")) {
          moments.add(Moment.builder(kind, name).anchor(anchor), line.number());
          if (kind == Kind.TERM && topics.add(name)) {
            header.fields().topic(name);
          }
        }
      }
    }

    /** Paragraphs that end with a name and a time; one may run over several lines. */
    private void quotes(List<ProseLine> lines) {
      StringBuilder words = new StringBuilder();
      ProseLine first = null;
      for (ProseLine line : lines) {
        if (first != null && (line.blanksBefore() > 0 || line.isItem())) {
          quote(words.toString(), first);
          words.setLength(0);
          first = null;
        }
        first = first == null ? line : first;
        words.append(words.isEmpty() ? "" : "\n").append(line.content());
        if (Attribution.of(line.content()).filter(a -> a.at() != null).isPresent()) {
          quote(words.toString(), first);
          words.setLength(0);
          first = null;
        }
      }
      if (first != null) {
        quote(words.toString(), first);
      }
    }

    private void quote(String text, ProseLine first) {
      Attribution said = Attribution.of(text).orElse(new Attribution(text, null, null));
      Timestamp at = said.at();
      if (said.words().isEmpty()) {
        problems.warning("entry-without-text", first.number(), "a quote has no words", "left out");
        return;
      }
      moments.add(
          Moment.builder(Kind.QUOTE, said.words())
              .speaker(said.speaker())
              .anchor(anchor(at == null ? null : TimeSpan.from(at), first)),
          first.number());
    }
  }
}
