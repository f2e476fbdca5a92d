package dev.earmark.source.document;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.episode.FrontMatter;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.ListedChapters;
import dev.earmark.source.head.StampedLine;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.turn.TextShape;
import dev.earmark.source.turn.TurnReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a written document in paragraphs: show notes, a description, an article, plain prose.
 *
 * <p>Lines that begin with a time are chapters, if the format says so; the lines right below one
 * are its text. Every other paragraph is a note under the headings above it, of which the nearest
 * is also the title of the first note below it, so that it can be found.
 */
public final class NotesReader {
  private record Heading(int level, String title, int line) {}

  private final RawSource source;
  private final ProblemLog problems;
  private final boolean markdown;
  private final boolean withChapters;
  private final ChapterList chapters;
  private final List<Moment> notes = new ArrayList<>();
  private final List<Heading> headings = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private int paragraphLine;
  private @Nullable Heading untold;
  private boolean continues;

  /** Whether the line before is one of a block quote. */
  private boolean quotes;

  private @Nullable StampedLine chapter;
  private int chapterLine;

  private NotesReader(
      RawSource source, ProblemLog problems, boolean markdown, boolean withChapters) {
    this.source = source;
    this.problems = problems;
    this.markdown = markdown;
    this.withChapters = withChapters;
    this.chapters = new ChapterList(problems);
  }

  /** Reads a document whose lines with times are chapters. */
  public static ParsedSource readNotes(RawSource source, ProblemLog problems)
      throws SourceException {
    return new NotesReader(source, problems, true, true).read();
  }

  /** Reads a document in Markdown. */
  public static ParsedSource readMarkdown(RawSource source, ProblemLog problems)
      throws SourceException {
    return new NotesReader(source, problems, true, false).read();
  }

  /** Reads a document without markup. */
  public static ParsedSource readPlain(RawSource source, ProblemLog problems)
      throws SourceException {
    return new NotesReader(source, problems, false, false).read();
  }

  private ParsedSource read() throws SourceException {
    List<String> lines = source.lines();
    FrontMatter front = markdown ? FrontMatter.of(lines, problems) : FrontMatter.NONE;
    EpisodeFields fields =
        front
            .fields()
            .orElse(
                EpisodeFields.builder().language(LanguageNames.ofFileName(source.name())).build());
    for (int i = front.lines(); i < lines.size(); i++) {
      line(lines.get(i), i + 1);
    }
    endChapter();
    endParagraph();
    tellHeading();
    List<Moment> moments = new ArrayList<>(chapters.moments(fields.durationMs()));
    moments.addAll(notes);
    moments.sort(Comparator.comparingInt(Moment::line));
    if (moments.isEmpty()) {
      if (front.lines() == 0) {
        throw new SourceException(1, "there is no text in this document");
      }
      problems.notice("no-text", 0, "there is nothing below the front matter", null);
    }
    return ParsedSource.ofMoments(fields, moments);
  }

  private void line(String line, int number) {
    List<StampedLine> next = withChapters && !line.isBlank() ? stamped(line) : List.of();
    for (StampedLine stamped : next) {
      endChapter();
      endParagraph();
      chapter = stamped;
      chapterLine = number;
    }
    if (!next.isEmpty()) {
      return;
    }
    int level = markdown ? TurnReader.headingLevel(line.strip()) : 0;
    if (level > 0) {
      endChapter();
      endParagraph();
      heading(level, MarkdownText.plain(line.strip().substring(level)), number);
      return;
    }
    if (line.isBlank()) {
      StampedLine stamped = chapter;
      if (stamped == null) {
        endParagraph();
      } else if (!stamped.title().isEmpty() || !paragraph.isEmpty()) {
        endChapter();
      }
      return;
    }
    boolean quoted = WrittenQuote.isQuotedLine(line);
    boolean nextItem = quotes && WrittenQuote.isItem(line);
    if (((quoted && !quotes) || nextItem) && chapter == null) {
      endParagraph();
    }
    quotes = quoted;
    if (paragraph.isEmpty()) {
      paragraphLine = number;
    } else {
      paragraph.append('\n');
    }
    paragraph.append(line);
  }

  /** The chapters that a line names; mostly one or none. */
  private List<StampedLine> stamped(String line) {
    ListedChapters listed = ListedChapters.in(line);
    List<StampedLine> several = listed.several();
    if (!several.isEmpty()) {
      return several;
    }
    boolean behind = TextShape.of(source).hasTitlesBeforeTimes();
    StampedLine stamped = StampedLine.of(line);
    if (stamped == null && (behind || !listed.endsWithTime())) {
      stamped = listed.single();
    }
    if (stamped == null && behind) {
      stamped = StampedLine.ofEnd(LineHead.of(line));
    }
    return stamped == null ? List.of() : List.of(stamped);
  }

  private void heading(int level, String title, int number) {
    if (title.isBlank()) {
      return;
    }
    tellHeading();
    while (!headings.isEmpty() && headings.getLast().level() >= level) {
      headings.removeLast();
    }
    untold = new Heading(level, title, number);
    headings.add(untold);
    continues = false;
  }

  /** A heading with nothing below it is a note of its own. */
  private void tellHeading() {
    Heading heading = untold;
    if (heading != null) {
      untold = null;
      notes.add(
          Moment.builder(Kind.NOTE, "")
              .title(heading.title())
              .section(above(heading))
              .line(heading.line())
              .build());
    }
  }

  private List<String> above(Heading heading) {
    return headings.stream()
        .takeWhile(each -> each.line() < heading.line())
        .map(Heading::title)
        .toList();
  }

  private void endChapter() {
    StampedLine stamped = chapter;
    if (stamped == null) {
      return;
    }
    String body = text(paragraph.toString());
    String title = text(stamped.title());
    if (title.isEmpty()) {
      int end = body.indexOf('\n');
      title = end < 0 ? body : body.substring(0, end);
      body = end < 0 ? "" : body.substring(end).strip();
    }
    List<String> parts = MarkdownText.parts(body);
    chapters.add(stamped.startMs(), stamped.endMs(), title, parts.getFirst(), chapterLine);
    // The heading stands above chapters, which have titles of their own.
    tellHeading();
    continues = false;
    for (String part : parts.subList(1, parts.size())) {
      note(part);
    }
    paragraph.setLength(0);
    chapter = null;
    continues = false;
  }

  private String text(String raw) {
    return markdown ? MarkdownText.plain(raw) : raw.strip();
  }

  private void endParagraph() {
    if (paragraph.isEmpty()) {
      return;
    }
    String raw = paragraph.toString();
    paragraph.setLength(0);
    quotes = false;
    WrittenQuote quote = WrittenQuote.of(raw, markdown);
    if (quote != null) {
      add(Moment.builder(Kind.QUOTE, quote.words()).speaker(quote.speaker()));
      continues = false;
      return;
    }
    List<String> emphasised = markdown ? WrittenQuote.emphasised(raw) : List.of();
    for (String part : MarkdownText.parts(text(raw))) {
      if (!part.isBlank()) {
        Moment.Builder note = Moment.builder(Kind.NOTE, part).continues(continues);
        for (int i = 0; i < emphasised.size(); i++) {
          if (part.contains(emphasised.get(i))) {
            note.detail(i == 0 ? "emphasis" : "emphasis " + (i + 1), emphasised.get(i));
          }
        }
        add(note);
        continues = true;
      }
    }
  }

  private void note(String text) {
    add(Moment.builder(Kind.NOTE, text).continues(continues));
    continues = true;
  }

  private void add(Moment.Builder moment) {
    Heading heading = untold;
    untold = null;
    List<String> section =
        heading == null ? headings.stream().map(Heading::title).toList() : above(heading);
    notes.add(
        moment
            .title(heading == null ? null : heading.title())
            .section(section)
            .line(paragraphLine)
            .build());
  }
}
