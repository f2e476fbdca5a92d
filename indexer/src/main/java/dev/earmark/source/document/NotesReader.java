package dev.earmark.source.document;

import dev.earmark.model.Anchor;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.episode.FrontMatter;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.ListedChapters;
import dev.earmark.source.head.SignedQuote;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.head.StampedLine;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.syntax.Signs;
import dev.earmark.source.time.Times;
import dev.earmark.source.turn.TextShape;
import dev.earmark.source.turn.TurnReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a written document in paragraphs: show notes, a description, an article, plain prose.
 *
 * <p>A time of the recording ({@link NoteTimes}) belongs to the paragraph, entry, quotation or
 * heading it stands in, and leaves the text. A block quotation with a name or a time is a quote,
 * and so is a line with a quotation, a name and a time ({@link SignedQuote}).
 *
 * <p>Lines that begin with a time are chapters, if the format says so; the lines right below one
 * are its text. Every other paragraph is a note under the headings above it, of which the nearest
 * is also the title of the first note below it, so that it can be found.
 */
public final class NotesReader {
  private static final int LONGEST_TIME = 40;
  private static final int LONGEST_TITLE = 100;

  /** What stands before a quotation's author, and elsewhere. */
  private static final String DASHES = "-\u2013\u2014\u2015~";

  /** What may stand between a name and the time. */
  private static final List<String> BEFORE_TIMES = List.of("about", "at");

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
  private Signs paragraphSigns = Signs.NONE;
  private @Nullable Heading untold;
  private boolean continues;

  /** The tags in the open paragraph. */
  private Set<String> tags = Set.of();

  /** Whether the line before is one of a block quote. */
  private boolean quotes;

  private @Nullable StampedLine chapter;

  /** Whether a blank line, or nothing, follows. */
  private boolean closed;

  private int chapterLine;

  /** The numbers of the lines that give the time of the title above them. */
  private final BitSet titlesAbove = new BitSet();

  /** The times that the document gives beside chapters. */
  private NoteTimes times = new NoteTimes(List.of(), null);

  /** The time of the open paragraph; {@link Times#NONE} if it has none. */
  private long startMs = Times.NONE;

  private long endMs = Times.NONE;

  /** The lines of the open quotation, without their marks. */
  private final List<String> quoted = new ArrayList<>();

  private int quotedLine;

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
    NoteLines note = markdown ? NoteLines.of(lines, source.text()) : NoteLines.asWritten(lines);
    EpisodeFields fields =
        front
            .fields()
            .orElse(note.fields())
            .orElse(
                EpisodeFields.builder().language(LanguageNames.ofFileName(source.name())).build());
    Signs[] signs = new Signs[lines.size()];
    List<String> numbered = new ArrayList<>();
    for (int i = front.lines(); i < lines.size(); i++) {
      String line = note.lines().get(i);
      signs[i] = line == null ? Signs.NONE : Signs.of(line);
      if (line != null && signs[i].hasDigit()) {
        numbered.add(line);
      }
    }
    times = new NoteTimes(numbered, recording(fields));
    if (withChapters) {
      findTitlesAbove(note.lines(), front.lines());
    }
    for (int i = front.lines(); i < lines.size(); i++) {
      String line = note.lines().get(i);
      if (line != null) {
        String next = i + 1 < lines.size() ? note.lines().get(i + 1) : null;
        closed = next == null || next.isBlank();
        line(line, signs[i], i + 1);
      }
    }
    endQuotation();
    endChapter();
    endParagraph();
    tellHeading();
    chapters.dropPointers();
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

  private static @Nullable String recording(EpisodeFields fields) {
    Media media = fields.media();
    if (media.youtube() != null) {
      return media.youtube();
    }
    return media.video() != null ? media.video() : media.audio();
  }

  private void line(String line, Signs signs, int number) {
    if (quotation(line, signs, number) || signedQuote(line, signs, number)) {
      return;
    }
    // Only a link that is no item may lead to what is said rather than to a chapter.
    boolean mayBeChapter = withChapters && signs.hasDigit();
    boolean linked = mayBeChapter && !isItem(line) && NoteTimes.mayLink(line);
    NoteTimes.Timed link = linked ? times.in(line) : null;
    boolean spoken = link != null && isSpoken(link);
    List<StampedLine> next = mayBeChapter && !spoken ? stamped(line) : List.of();
    for (StampedLine stamped : next) {
      boolean alone = stamped.title().isEmpty() && (titlesAbove.get(number) || closed);
      String above = alone && (chapter == null || titlesAbove.get(number)) ? titleAbove() : "";
      endChapter();
      endParagraph();
      chapter = above.isEmpty() ? stamped : stamped.withTitle(above);
      chapterLine = number;
    }
    if (!next.isEmpty()) {
      return;
    }
    boolean timed = linked ? link != null : signs.hasDigit() && times.has(line);
    int level = markdown && signs.hasHash() ? TurnReader.headingLevel(line.strip()) : 0;
    if (level > 0) {
      endChapter();
      endParagraph();
      NoteTimes.Timed time = timed ? times.in(line) : null;
      String title = (time == null ? line : time.text()).strip().substring(level);
      heading(level, MarkdownText.plain(title), number);
      if (time != null && untold != null) {
        untold = null;
        chapters.add(time.startMs(), time.endMs(), MarkdownText.plain(title), null, number);
      }
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
    if (timed && chapter == null) {
      for (NoteTimes.Timed part : times.parts(line)) {
        timed(line, signs, part, number);
      }
      return;
    }
    if (startMs != Times.NONE && isItem(line)) {
      endParagraph();
    }
    untimed(line, signs, number);
  }

  /**
   * Takes the line above a time that stands alone: its title. It must be all there is, unless times
   * end all blocks of lines and begin none.
   */
  private String titleAbove() {
    int last = paragraph.lastIndexOf("\n");
    boolean one = last < 0 || !titlesAbove.isEmpty();
    if (!one || paragraph.length() - last - 1 > LONGEST_TITLE) {
      return "";
    }
    String title = paragraph.substring(last + 1);
    paragraph.setLength(Math.max(0, last));
    return title;
  }

  /**
   * Finds the times that stand alone below titles: those in blocks of lines that end with such a
   * time and do not begin with one.
   */
  private void findTitlesAbove(List<@Nullable String> lines, int from) {
    int begin = from;
    for (int i = from; i <= lines.size(); i++) {
      String line = i < lines.size() ? lines.get(i) : null;
      if (line != null && !line.isBlank()) {
        continue;
      }
      if (i - begin > 2 && isTimeAlone(lines.get(i - 1)) && !isTimeAlone(lines.get(begin))) {
        for (int k = begin + 1; k < i; k++) {
          boolean below = isTimeAlone(lines.get(k)) && !isTimeAlone(lines.get(k - 1));
          titlesAbove.set(k + 1, below);
        }
      }
      begin = i + 1;
    }
  }

  private static boolean isTimeAlone(@Nullable String line) {
    StampedLine stamped =
        line == null || line.length() > LONGEST_TIME ? null : StampedLine.of(line);
    return stamped != null && stamped.title().isEmpty();
  }

  private void untimed(String line, Signs signs, int number) {
    boolean quoted = signs.hasQuoteSign() && WrittenQuote.isQuotedLine(line);
    boolean nextItem = quotes && isItem(line);
    if (((quoted && !quotes) || nextItem) && chapter == null) {
      endParagraph();
    }
    quotes = quoted;
    append(line, signs, number);
  }

  private void append(String line, Signs signs, int number) {
    if (paragraph.isEmpty()) {
      paragraphLine = number;
      paragraphSigns = signs;
    } else {
      paragraph.append('\n');
      paragraphSigns = paragraphSigns.and(signs);
    }
    paragraph.append(line);
  }

  /** A line with a time begins a note of its own, unless it ends the paragraph it stands in. */
  private void timed(String line, Signs signs, NoteTimes.Timed timed, int number) {
    boolean ends = !timed.first() && !isItem(line) && startMs == Times.NONE;
    if (!ends) {
      endParagraph();
    }
    startMs = timed.startMs();
    endMs = timed.endMs();
    if (hasWords(timed.text()) || !paragraph.isEmpty()) {
      append(timed.text(), signs, number);
    }
  }

  /** Whether what follows a time is said, rather than the title of a chapter. */
  private static boolean isSpoken(NoteTimes.Timed timed) {
    String words = MarkdownText.plain(timed.text());
    boolean sentence =
        !words.isEmpty() && ".?!\"\u201D\u2026".indexOf(words.charAt(words.length() - 1)) >= 0;
    return timed.linked() && sentence && words.indexOf(' ') > 0;
  }

  private static boolean hasWords(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line begins an item of a list. */
  private static boolean isItem(String line) {
    String text = line.strip();
    if (text.length() > 1 && "-*+\u2022".indexOf(text.charAt(0)) >= 0) {
      return Character.isWhitespace(text.charAt(1));
    }
    int digits = 0;
    while (digits < text.length() && digits < 3 && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    return digits > 0
        && digits + 1 < text.length()
        && ".)".indexOf(text.charAt(digits)) >= 0
        && text.charAt(digits + 1) == ' ';
  }

  /** Takes a line of a block quotation; one with a time is a quote then. */
  private boolean quotation(String line, Signs signs, int number) {
    boolean mayBe = markdown && signs.hasQuoteSign() && chapter == null;
    if (!mayBe || !line.strip().startsWith(">")) {
      endQuotation();
      return false;
    }
    if (quoted.isEmpty()) {
      endParagraph();
      quotedLine = number;
    }
    quoted.add(line);
    return true;
  }

  /** Takes a line that is a quotation with a name and a time of its own. */
  private boolean signedQuote(String line, Signs signs, int number) {
    SignedQuote signed = signs.hasQuotationMark() && signs.hasDigit() ? SignedQuote.of(line) : null;
    if (signed == null) {
      return false;
    }
    endChapter();
    endParagraph();
    startMs = signed.startMs();
    endMs = signed.endMs();
    paragraphLine = number;
    add(Moment.builder(Kind.QUOTE, signed.words()).speaker(signed.speaker()));
    continues = false;
    startMs = Times.NONE;
    endMs = Times.NONE;
    return true;
  }

  private void endQuotation() {
    if (quoted.isEmpty()) {
      return;
    }
    List<String> block = List.copyOf(quoted);
    quoted.clear();
    boolean timed = false;
    List<String> inside = new ArrayList<>(block.size());
    for (String line : block) {
      timed = timed || times.has(line);
      inside.add(inside(line));
    }
    if (!timed || !saidQuote(inside)) {
      for (int i = 0; i < block.size(); i++) {
        untimed(block.get(i), Signs.of(block.get(i)), quotedLine + i);
      }
    }
  }

  /** A line of a block quotation without its mark. */
  private static String inside(String line) {
    return line.strip().substring(1).strip();
  }

  /**
   * Adds the quote of a block quotation: its words, and whoever and whenever stand behind a dash
   * below or behind them, or at their head; nothing if neither is there.
   */
  private boolean saidQuote(List<String> block) {
    NoteTimes.Timed signed = signature(block);
    List<String> words = new ArrayList<>();
    String speaker = signed == null ? null : signatory(signed.text());
    long start = signed == null ? Times.NONE : signed.startMs();
    long end = signed == null ? Times.NONE : signed.endMs();
    if (signed != null) {
      block.subList(0, block.size() - 1).stream().map(MarkdownText::plain).forEach(words::add);
    }
    for (String line : signed == null ? block : List.<String>of()) {
      NoteTimes.Timed timed = line.isEmpty() ? null : times.in(line);
      String text = timed == null ? line : timed.text().strip();
      if (timed != null && start == Times.NONE) {
        start = timed.startMs();
        end = timed.endMs();
      }
      int dash = attribution(text, !words.isEmpty());
      String name = dash < 0 || speaker != null ? null : SpeakerName.of(text.substring(dash));
      if (name != null && SpeakerName.looksLikeName(name)) {
        speaker = name;
        text = text.substring(0, dash).stripTrailing();
        while (!text.isEmpty() && DASHES.indexOf(text.charAt(text.length() - 1)) >= 0) {
          text = text.substring(0, text.length() - 1).stripTrailing();
        }
      }
      if (words.isEmpty() && speaker == null && !text.isEmpty()) {
        LineHead head = LineHead.of(text);
        String before = head.form() == LineHead.Form.COLON ? head.name() : null;
        boolean quotes =
            !head.rest().isEmpty() && "\"\u201C\u00AB\u201E".indexOf(head.rest().charAt(0)) >= 0;
        if (before != null && SpeakerName.looksLikeName(before) && (timed != null || quotes)) {
          speaker = before;
          text = head.rest();
        }
      }
      if (hasWords(text)) {
        words.add(MarkdownText.plain(text));
      }
    }
    if (words.isEmpty() || (speaker == null && start == Times.NONE)) {
      return false;
    }
    Heading heading = untold;
    untold = null;
    List<String> section = above(heading);
    String said = unquoted(String.join("\n", words));
    boolean repeats = heading != null && said.contains(unquoted(heading.title()));
    Moment.Builder quote =
        Moment.builder(Kind.QUOTE, said)
            .speaker(speaker)
            .section(section)
            .title(heading == null || repeats ? null : heading.title())
            .line(quotedLine);
    if (start != Times.NONE) {
      quote.anchor(anchor(start, end));
    }
    notes.add(quote.build());
    continues = false;
    return true;
  }

  /**
   * The last line of a block quotation if a dash begins it and a link with a time ends it; null if
   * not, or if such a link begins a line above.
   */
  private NoteTimes.@Nullable Timed signature(List<String> block) {
    String last = block.getLast();
    boolean mayBe = !last.isEmpty() && DASHES.indexOf(last.charAt(0)) >= 0 && last.endsWith(")");
    if (block.size() < 2 || !mayBe) {
      return null;
    }
    for (String line : block.subList(0, block.size() - 1)) {
      NoteTimes.Timed above = times.in(line);
      if (above != null && above.linked() && above.first()) {
        return null;
      }
    }
    NoteTimes.Timed timed = times.in(last);
    return timed != null && timed.linked() ? timed : null;
  }

  /** Who signs: what stands behind the dash, without a page of a wiki that is named as well. */
  private static @Nullable String signatory(String signature) {
    String name = MarkdownText.plain(withoutPage(signature));
    int from = 0;
    while (from < name.length() && (DASHES + " ").indexOf(name.charAt(from)) >= 0) {
      from++;
    }
    return from == name.length() ? null : name.substring(from);
  }

  private static String withoutPage(String signature) {
    String left = signature.stripTrailing();
    for (String word : BEFORE_TIMES) {
      int at = left.length() - word.length();
      boolean apart = at == 0 || (at > 0 && !Character.isLetterOrDigit(left.charAt(at - 1)));
      if (apart && left.endsWith(word)) {
        left = left.substring(0, at);
        break;
      }
    }
    left = withoutComma(left);
    int open = left.endsWith("]]") ? left.lastIndexOf("[[") : -1;
    boolean page = open >= 0 && left.indexOf(']', open) == left.length() - 2;
    return page ? withoutComma(left.substring(0, open)) : left;
  }

  private static String withoutComma(String text) {
    String left = text.stripTrailing();
    return left.endsWith(",") ? left.substring(0, left.length() - 1).stripTrailing() : left;
  }

  /** Where the name behind the last dash of a line begins; -1 if there is no such dash. */
  private static int attribution(String text, boolean below) {
    for (int i = text.length() - 1; i >= 0; i--) {
      boolean dash = DASHES.indexOf(text.charAt(i)) >= 0;
      boolean begins = i == 0 || Character.isWhitespace(text.charAt(i - 1));
      boolean behindQuote = i > 0 && "\"\u201D\u00BB.!?".indexOf(text.charAt(i - 1)) >= 0;
      boolean twice = i > 0 && text.charAt(i - 1) == '-' && (i == 1 || text.charAt(i - 2) == ' ');
      if (dash && (begins || behindQuote || twice) && i + 1 < text.length()) {
        boolean alone = text.substring(0, i).chars().noneMatch(Character::isLetterOrDigit);
        boolean closed = i > 0 && endsSentence(text.substring(0, i).stripTrailing());
        return (alone && below) || (!alone && closed) ? i + 1 : -1;
      }
    }
    return -1;
  }

  private static boolean endsSentence(String text) {
    int end = text.endsWith("-") ? text.length() - 1 : text.length();
    return end > 0 && "\"\u201D\u00BB.!?".indexOf(text.charAt(end - 1)) >= 0;
  }

  private static String unquoted(String text) {
    String words = text.strip();
    int last = words.length() - 1;
    boolean marks =
        last > 1
            && "\"\u201C\u00AB\u201E".indexOf(words.charAt(0)) >= 0
            && "\"\u201D\u00BB\u201C".indexOf(words.charAt(last)) >= 0
            && words.indexOf(words.charAt(last), 1) == last;
    return marks ? words.substring(1, last).strip() : words;
  }

  private static Anchor anchor(long start, long end) {
    return Anchor.exact(
        end > start ? TimeSpan.ofMillis(start, end) : TimeSpan.from(Timestamp.clamped(start)));
  }

  /** The chapters that a line names; mostly one or none. */
  private List<StampedLine> stamped(String line) {
    ListedChapters listed = ListedChapters.in(line);
    List<StampedLine> several = listed.several();
    if (!several.isEmpty()) {
      return several;
    }
    StampedLine stamped = StampedLine.of(line);
    if (stamped == null && !listed.endsWithTime()) {
      stamped = listed.single();
    }
    if (stamped == null && TextShape.of(source).hasTitlesBeforeTimes()) {
      StampedLine single = listed.single();
      stamped = single == null ? StampedLine.ofEnd(LineHead.of(line)) : single;
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

  /** The titles of the open headings above one; of all if there is none. */
  private List<String> above(@Nullable Heading heading) {
    if (headings.isEmpty()) {
      return List.of();
    }
    List<String> titles = new ArrayList<>(headings.size());
    for (Heading each : headings) {
      if (heading != null && each.line() >= heading.line()) {
        break;
      }
      titles.add(each.title());
    }
    return titles;
  }

  private void endChapter() {
    StampedLine stamped = chapter;
    if (stamped == null) {
      return;
    }
    String body = text(paragraph.toString(), paragraphSigns);
    String title = text(stamped.title(), Signs.of(stamped.title()));
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

  private String text(String raw, Signs signs) {
    return markdown && signs.hasMarkup()
        ? NoteLines.withoutCallOuts(MarkdownText.plain(raw))
        : raw.strip();
  }

  private void endParagraph() {
    if (paragraph.isEmpty()) {
      startMs = Times.NONE;
      return;
    }
    String raw = paragraph.toString();
    paragraph.setLength(0);
    quotes = false;
    Signs signs = paragraphSigns;
    tags = markdown && signs.hasHash() ? NoteLines.tags(raw) : Set.of();
    boolean mayBeQuote = signs.hasQuotationMark() || signs.hasQuoteSign();
    WrittenQuote quote = mayBeQuote ? WrittenQuote.of(raw, markdown) : null;
    if (quote != null) {
      add(Moment.builder(Kind.QUOTE, quote.words()).speaker(quote.speaker()));
      continues = false;
      startMs = Times.NONE;
      endMs = Times.NONE;
      return;
    }
    boolean emphasis = markdown && signs.hasEmphasis();
    List<String> emphasised = emphasis ? WrittenQuote.emphasised(raw) : List.of();
    for (String part : MarkdownText.parts(text(raw, signs))) {
      if (!part.isBlank()) {
        Moment.Builder note = Moment.builder(Kind.NOTE, part).continues(continues);
        for (int i = 0; i < emphasised.size(); i++) {
          if (part.contains(emphasised.get(i))) {
            note.detail(i == 0 ? "emphasis" : "emphasis " + (i + 1), emphasised.get(i));
          }
        }
        add(note);
        continues = startMs == Times.NONE;
      }
    }
    startMs = Times.NONE;
    endMs = Times.NONE;
  }

  private void note(String text) {
    add(Moment.builder(Kind.NOTE, text).continues(continues));
    continues = true;
  }

  private void add(Moment.Builder moment) {
    Heading heading = untold;
    untold = null;
    List<String> section = above(heading);
    if (startMs != Times.NONE) {
      moment.anchor(anchor(startMs, endMs)).continues(false);
    }
    tags.forEach(moment::topic);
    tags = Set.of();
    notes.add(
        moment
            .title(heading == null ? null : heading.title())
            .section(section)
            .line(paragraphLine)
            .build());
  }
}
