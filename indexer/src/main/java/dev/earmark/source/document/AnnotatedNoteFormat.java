package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.text.Words;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A note somebody keeps on an episode among other notes: why it is kept, the argument point by
 * point, what it means to the keeper, what to do next, and the notes related to it.
 *
 * <p>With its markup lost, the form shows in four ways:
 *
 * <ul>
 *   <li>a heading is a short line that does not end as a sentence does, above text;
 *   <li>a line that ends with a colon above a list heads that list, below the present heading;
 *   <li>paragraphs, or entries of a list, each begin with a short sentence that was set in bold;
 *   <li>related notes go by file names that begin with a date: {@code 2025-10-17-some-name — why}.
 * </ul>
 *
 * <p>A bold lead cannot be told from a short first sentence in one paragraph; it can in several. So
 * a first sentence of up to {@value #MOST_LEAD_WORDS} words is taken for a title only where two
 * thirds of the paragraphs under a heading, or entries of a list, and at least two, have one.
 *
 * <p>Headings become chapters, paragraphs and entries notes, related notes mentions. Quotation
 * marks in such a note mostly hold the keeper's own wording, so no quotes are made of them.
 */
@AutoService(SourceFormat.class)
public final class AnnotatedNoteFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "annotated-note",
          "Note on an episode: argument, follow-ups, related notes",
          "headings above prose, lists below lines with a colon, related notes named by date");

  static final int MOST_LEAD_WORDS = 12;

  private static final int MOST_LIST_HEADING_CHARACTERS = 160;
  private static final int FEWEST_PARAGRAPH_WORDS = 20;
  private static final Set<String> RELATED =
      Set.of("related", "related notes", "see also", "links", "connections", "backlinks");
  private static final Set<String> FOLLOW_UPS =
      Set.of("follow", "followups", "hooks", "open", "todo");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    List<ProseLine> lines = Prose.sample(source);
    boolean related = false;
    boolean dated = false;
    boolean listHeading = false;
    boolean followUps = false;
    boolean why = false;
    int sections = 0;
    for (int i = 1; i < lines.size(); i++) {
      ProseLine line = lines.get(i);
      ProseLine next = i + 1 < lines.size() ? lines.get(i + 1) : null;
      dated |= line.isItem() && Reference.of(line.content()).date() != null;
      if (headsList(line, next)) {
        listHeading = true;
        followUps |= hasFollowUpWord(line.text());
      } else if (next != null && isHeading(line)) {
        related |= next.isItem() && RELATED.contains(line.name());
        followUps |= next.isItem() && hasFollowUpWord(line.text());
        why |= asksWhy(line.text());
        sections +=
            !next.isItem() && Prose.wordCount(next.text()) >= FEWEST_PARAGRAPH_WORDS ? 1 : 0;
      }
    }
    int marks = (related ? 1 : 0) + (listHeading ? 1 : 0) + (followUps ? 1 : 0) + (why ? 1 : 0);
    if (dated && sections >= 1 && marks >= 2) {
      return Recognition.CERTAIN;
    }
    return sections >= 2 && marks >= 3 ? Recognition.LIKELY : Recognition.NO;
  }

  private static boolean asksWhy(String heading) {
    if (!heading.regionMatches(true, 0, "why", 0, 3)) {
      return false;
    }
    String name = Words.fold(heading);
    return name.startsWith("why this") || name.startsWith("why i");
  }

  private static boolean hasFollowUpWord(String heading) {
    for (String word : Words.of(heading).folded()) {
      if (FOLLOW_UPS.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHeading(ProseLine line) {
    return line.looksLikeHeading() && !line.text().startsWith("§");
  }

  /** Whether a line ends with a colon above a list. */
  private static boolean headsList(ProseLine line, @Nullable ProseLine next) {
    return !line.isItem()
        && line.text().endsWith(":")
        && line.text().length() > 1
        && line.text().length() <= MOST_LIST_HEADING_CHARACTERS
        && next != null
        && next.isItem();
  }

  /**
   * A note named by its file, and why it is related.
   *
   * @param name the whole name; null if the text does not begin with one
   * @param date what the name begins with; null if that is no date
   * @param note the name without the date
   * @param why what follows
   */
  private record Reference(
      @Nullable String name, @Nullable LocalDate date, @Nullable String note, String why) {

    static Reference of(String text) {
      int end = 0;
      String rest;
      String name;
      if (text.startsWith("[[") && text.indexOf("]]") > 2) {
        end = text.indexOf("]]");
        name = text.substring(2, end).strip();
        rest = text.substring(end + 2).strip();
      } else {
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        name = text.substring(0, end);
        rest = text.substring(end).strip();
      }
      boolean dash = !rest.isEmpty() && "—–-:".indexOf(rest.charAt(0)) >= 0;
      boolean linked = end < text.length() && text.charAt(end) == ']';
      if (name.isEmpty() || name.length() > 200 || !(linked || (isSlug(name) && dash))) {
        return new Reference(null, null, null, text);
      }
      String why = dash ? rest.substring(1).strip() : rest;
      LocalDate date = name.length() >= 10 ? date(name.substring(0, 10)) : null;
      String note = date == null ? name : name.substring(10).replaceFirst("^[-_ ]", "");
      return new Reference(name, date, note, why);
    }

    /** Whether a word is the name of a file: words and numbers with hyphens between. */
    private static boolean isSlug(String word) {
      return word.indexOf('-') > 0
          && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_./".indexOf(c) >= 0);
    }

    private static @Nullable LocalDate date(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException noDate) {
        return null;
      }
    }

    /** Whether the name begins as a date does, but none such exists. */
    boolean hasBadDate() {
      if (name == null || date != null || name.length() < 10) {
        return false;
      }
      String start = name.substring(0, 10);
      return start.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
          && start.charAt(4) == '-'
          && start.charAt(7) == '-';
    }
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ProseTimes times = new ProseTimes(ProseLine.of(source.text()));
    Reader reader = new Reader(times.lines(), problems);
    reader.moments.timedBy(times);
    reader.read();
    List<Moment> moments = reader.moments.finish();
    if (moments.isEmpty()) {
      throw new SourceException(0, "nothing but a title was found; a note has sections of prose");
    }
    return ParsedSource.ofMoments(reader.header.fields().build(), moments);
  }

  /** Reads one note. */
  private static final class Reader {
    private final List<ProseLine> lines;
    private final ProblemLog problems;
    private final EpisodeHeader header = new EpisodeHeader();
    private final ProseMoments moments = new ProseMoments();
    private @Nullable String heading;

    Reader(List<ProseLine> lines, ProblemLog problems) {
      this.lines = lines;
      this.problems = problems;
    }

    void read() {
      int at = 0;
      if (!lines.isEmpty() && !lines.getFirst().isItem()) {
        header.fields().title(lines.getFirst().text());
        at = 1;
      }
      while (at < lines.size()) {
        ProseLine line = lines.get(at);
        ProseLine next = at + 1 < lines.size() ? lines.get(at + 1) : null;
        if (line.isOrnament()) {
          at++;
        } else if (headsList(line, next)) {
          listHeading(line);
          at++;
        } else if (line.isItem()) {
          at = list(at);
        } else if (isHeading(line)) {
          heading(line, next);
          at++;
        } else {
          at = paragraphs(at);
        }
      }
    }

    private void heading(ProseLine line, @Nullable ProseLine next) {
      if (next == null) {
        // With nothing below it, it is a last remark.
        moments.under();
        moments.add(Moment.builder(Kind.NOTE, line.text()), line.number());
        return;
      }
      heading = line.text();
      moments.chapter(line.text(), line.number());
      moments.under(line.text());
    }

    private void listHeading(ProseLine line) {
      String title = line.text().substring(0, line.text().length() - 1).strip();
      if (title.isEmpty()) {
        return;
      }
      if (heading == null) {
        moments.chapter(title, line.number());
        moments.under(title);
      } else {
        moments.chapter(title, line.number(), heading);
        moments.under(heading, title);
      }
    }

    /** Reads the paragraphs that follow each other here, and returns the index behind them. */
    private int paragraphs(int from) {
      int to = from;
      while (to < lines.size() && isParagraph(to)) {
        to++;
      }
      to = Math.max(to, from + 1);
      boolean led = haveLeads(lines.subList(from, to));
      for (ProseLine line : lines.subList(from, to)) {
        int end = led ? endOfLead(line.content()) : 0;
        String text = line.content();
        moments.paragraph(
            end == 0 ? null : text.substring(0, end),
            end == 0 ? text : text.substring(end).strip(),
            line.number());
      }
      return to;
    }

    private boolean isParagraph(int at) {
      ProseLine line = lines.get(at);
      ProseLine next = at + 1 < lines.size() ? lines.get(at + 1) : null;
      return !line.isItem() && !line.isOrnament() && !isHeading(line) && !headsList(line, next);
    }

    /** Reads the entries of the list that starts here, and returns the index behind them. */
    private int list(int from) {
      int to = from;
      while (to < lines.size() && lines.get(to).isItem()) {
        to++;
      }
      List<ProseLine> entries = lines.subList(from, to);
      String above = moments.section().isEmpty() ? "" : moments.section().getLast();
      if (RELATED.contains(Words.fold(above))) {
        entries.forEach(this::related);
        return to;
      }
      boolean led = haveLeads(entries);
      for (ProseLine entry : entries) {
        String text = entry.content();
        int end = led ? endOfLead(text) : 0;
        moments.add(
            Moment.builder(Kind.NOTE, end == 0 ? text : text.substring(end).strip())
                .title(end == 0 ? null : text.substring(0, end)),
            entry.number());
      }
      return to;
    }

    private void related(ProseLine entry) {
      Reference reference = Reference.of(entry.content());
      if (reference.name() == null) {
        problems.notice(
            "related-without-name",
            entry.number(),
            "\"" + Prose.shorten(entry.content()) + "\" does not begin with the name of a note",
            "kept whole; write it as \"2025-10-17-some-name — why\"");
      } else if (reference.hasBadDate()) {
        problems.warning(
            "no-such-date",
            entry.number(),
            "\"" + Prose.shorten(reference.name()) + "\" begins with a date that does not exist",
            "kept without a date");
      }
      LocalDate date = reference.date();
      moments.add(
          Moment.builder(Kind.MENTION, reference.why())
              .title(reference.name())
              .detail("date", date == null ? null : date.toString())
              .detail("note", reference.note()),
          entry.number());
    }

    /** Whether most of these begin with a short sentence that others follow. */
    private static boolean haveLeads(List<ProseLine> lines) {
      int leads = 0;
      for (ProseLine line : lines) {
        leads += endOfLead(line.content()) > 0 ? 1 : 0;
      }
      return leads >= 2 && leads * 3 >= lines.size() * 2;
    }

    /** Where a short first sentence ends, if more follows; else 0. */
    private static int endOfLead(String text) {
      int end = Prose.endOfFirstSentence(text);
      return end < text.length() && Prose.wordCount(text.substring(0, end)) <= MOST_LEAD_WORDS
          ? end
          : 0;
    }
  }
}
