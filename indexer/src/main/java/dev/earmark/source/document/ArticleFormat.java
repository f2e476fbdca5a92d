package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An article about an interview: a head with guest, host and length, highlights, a table of
 * contents, sections of prose with quotes that stand alone, editorial parts, and a closing line
 * that names the source.
 *
 * <p>The table of contents tells which lines are headings. Any other short line that does not end
 * as a sentence does is one of these:
 *
 * <ul>
 *   <li>a <em>caption</em>, left over from a picture, if a section or the end follows at once;
 *   <li>the heading of a new part, if two blank lines stand before it, or another such line
 *       follows, or its name is one of those that editors give their own parts;
 *   <li>else a heading below the present one.
 * </ul>
 *
 * <p>Sections become chapters, their paragraphs notes that run on. A paragraph that is one
 * quotation becomes a quote; it has a speaker only if a name stands behind a dash after it.
 * Quotations of four words or more inside a paragraph become quotes as well, and stay in the
 * paragraph, see {@link Quotations}. Highlights and judgments become takeaways. Entries of the
 * table of contents that are headings of the article are represented by these; any other becomes a
 * note. Captions, the closing line and whatever follows it are notes.
 */
@AutoService(SourceFormat.class)
public final class ArticleFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "article",
          "Article about an interview: highlights, contents, sections with quotes",
          "a head with \"Guest:\", \"Host:\", \"Duration:\", a table of contents and its headings");

  private static final Set<String> HIGHLIGHTS =
      Set.of("key highlights", "highlights", "key takeaways", "takeaways", "key points", "tl dr");
  private static final Set<String> CONTENTS = Set.of("table of contents", "contents");

  /** Words of the headings that editors give to parts of their own. */
  private static final Set<String> EDITORIAL =
      Set.of(
          "editorial",
          "editor",
          "editors",
          "analysis",
          "commentary",
          "facts",
          "verify",
          "judgments",
          "judgements",
          "takeaways",
          "conclusion",
          "conclusions");

  private static final Set<String> TAKEAWAYS =
      Set.of("judgments", "judgements", "takeaways", "highlights", "conclude", "conclusions");

  /** How far into an article its head may reach, in lines that are not blank. */
  private static final int LONGEST_HEAD = 12;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    Outline outline = new Outline(Prose.sample(source));
    boolean header = outline.headLabels() >= 2;
    boolean contents = outline.contentsFound() >= 2;
    boolean highlights = false;
    int quotes = 0;
    for (int i = outline.headEnd(); i < outline.lines.size(); i++) {
      ProseLine line = outline.lines.get(i);
      highlights |=
          HIGHLIGHTS.contains(line.name())
              && i + 1 < outline.lines.size()
              && outline.lines.get(i + 1).isItem();
      quotes += StandAloneQuote.of(line) == null ? 0 : 1;
    }
    if (contents && header && (highlights || quotes > 0)) {
      return Recognition.CERTAIN;
    }
    int marks = (header ? 1 : 0) + (contents ? 1 : 0) + (highlights ? 1 : 0) + (quotes > 1 ? 1 : 0);
    return marks >= 3 ? Recognition.LIKELY : Recognition.NO;
  }

  /**
   * A paragraph that is one quotation.
   *
   * @param speaker whoever is named behind a dash after it; null if nobody is
   */
  private record StandAloneQuote(String words, @Nullable String speaker) {

    /** Null if the line is anything else. */
    static @Nullable StandAloneQuote of(ProseLine line) {
      String text = line.text();
      if (line.isItem() || "“\"«„".indexOf(text.charAt(0)) < 0) {
        return null;
      }
      List<Quotations.Quotation> quoted = Quotations.in(text);
      if (quoted.isEmpty() || quoted.getFirst().from() != 1) {
        return null;
      }
      Quotations.Quotation first = quoted.getFirst();
      String words = first.in(text);
      String rest = text.substring(first.to() + 1).strip();
      if (words.isEmpty() || rest.isEmpty() || rest.equals(".") || rest.equals(",")) {
        return words.isEmpty() ? null : new StandAloneQuote(words, null);
      }
      boolean dash = "—–-".indexOf(rest.charAt(0)) >= 0;
      String name = dash ? rest.substring(1).strip() : "";
      return EpisodeHeader.looksLikeName(name) ? new StandAloneQuote(words, name) : null;
    }
  }

  private static boolean isEditorial(String title) {
    return anyWord(title, EDITORIAL);
  }

  private static boolean anyWord(String title, Set<String> words) {
    for (String word : Words.of(title).folded()) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** The lines of an article, and what its head and its table of contents say of them. */
  private static final class Outline {
    final List<ProseLine> lines;
    private final Set<String> entries = new HashSet<>();
    private final Set<String> headings = new HashSet<>();
    private final int contentsFrom;
    private final int contentsTo;
    private final int headEnd;

    Outline(List<ProseLine> lines) {
      this.lines = lines;
      int from = -1;
      int labelled = 0;
      for (int i = 0; i < lines.size(); i++) {
        ProseLine line = lines.get(i);
        if (from < 0 && CONTENTS.contains(line.name())) {
          from = i;
        }
        if (i > 0
            && i < LONGEST_HEAD
            && (from < 0)
            && !line.isItem()
            && EpisodeHeader.labelCount(line.text()) > 0) {
          labelled = i;
        }
      }
      int to = from + 1;
      while (from >= 0 && to < lines.size() && lines.get(to).isItem()) {
        entries.add(Words.fold(lines.get(to).content()));
        to++;
      }
      contentsFrom = from;
      contentsTo = from < 0 ? -1 : to;
      headEnd = Math.min(lines.size(), Math.max(1, labelled + 1));
      for (int i = Math.max(contentsTo, headEnd); i < lines.size() && !entries.isEmpty(); i++) {
        ProseLine line = lines.get(i);
        if (couldBeEntry(line) && entries.contains(Words.fold(line.text()))) {
          headings.add(Words.fold(line.text()));
        }
      }
    }

    private static boolean couldBeEntry(ProseLine line) {
      return line.text().length() <= 200;
    }

    /** Whether a line heads the highlights or the contents. */
    boolean isList(ProseLine line) {
      String name = line.name();
      return HIGHLIGHTS.contains(name) || CONTENTS.contains(name);
    }

    int headEnd() {
      return headEnd;
    }

    int headLabels() {
      int labels = 0;
      for (int i = 1; i < headEnd; i++) {
        labels += EpisodeHeader.labelCount(lines.get(i).text());
      }
      return labels;
    }

    int contentsFound() {
      return headings.size();
    }

    boolean isContentsEntry(int at) {
      return at > contentsFrom && at < contentsTo;
    }

    /** Whether a line is a heading that the table of contents names. */
    boolean isListed(int at) {
      ProseLine line = lines.get(at);
      return !isContentsEntry(at)
          && at >= headEnd
          && couldBeEntry(line)
          && headings.contains(Words.fold(line.text()));
    }

    boolean hasHeading(String entry) {
      return headings.contains(Words.fold(entry));
    }

    /** Whether a line could head a part: its shape says so, or its place above a list. */
    boolean couldHead(int at) {
      ProseLine line = lines.get(at);
      if (line.looksLikeHeading()) {
        return true;
      }
      return !line.isItem()
          && line.text().endsWith(":")
          && line.text().length() <= 80
          && at + 1 < lines.size()
          && lines.get(at + 1).isItem();
    }

    /**
     * Whether a line that could be a heading has nothing below it: a section follows, or the end.
     */
    boolean isCaption(int at) {
      if (at + 1 >= lines.size() || isListed(at + 1) || isList(lines.get(at + 1))) {
        return true;
      }
      ProseLine next = lines.get(at + 1);
      boolean ownPartFollows = isEditorial(next.text()) && !isEditorial(lines.get(at).text());
      return couldHead(at + 1) && (next.blanksBefore() >= 2 || ownPartFollows);
    }
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ProseTimes times = new ProseTimes(ProseLine.of(source.text()));
    Outline outline = new Outline(times.lines());
    if (outline.lines.isEmpty()) {
      throw new SourceException(0, "the document is empty; an article has sections of prose");
    }
    Reader reader = new Reader(outline, problems);
    reader.moments.timedBy(times);
    reader.read();
    List<Moment> moments = reader.moments.finish();
    if (moments.isEmpty()) {
      throw new SourceException(
          0, "nothing but a head was found; an article has sections of prose");
    }
    return ParsedSource.ofMoments(reader.fields(), moments);
  }

  /** Reads one article. */
  private static final class Reader {
    private final Outline outline;
    private final ProblemLog problems;
    private final EpisodeHeader header = new EpisodeHeader();
    private final ProseMoments moments = new ProseMoments();

    /** The heading of the present part; null before the first and after the closing line. */
    private @Nullable String part;

    private boolean partIsListed;

    /** Whether the closing line was read. */
    private boolean closed;

    /** Whether something stands in the present part itself, not only below headings in it. */
    private boolean partHasText;

    /** What stands before the first part. */
    private final List<String> described = new ArrayList<>();

    Reader(Outline outline, ProblemLog problems) {
      this.outline = outline;
      this.problems = problems;
    }

    EpisodeFields fields() {
      header.fields().description(described.isEmpty() ? null : String.join("\n", described));
      return header.fields().build();
    }

    void read() {
      readHead();
      for (int i = outline.headEnd(); i < outline.lines.size(); i++) {
        ProseLine line = outline.lines.get(i);
        if (line.isOrnament()) {
          continue;
        }
        if (outline.isContentsEntry(i)) {
          contentsEntry(line);
        } else if (outline.isListed(i)) {
          start(line.text(), true, line);
        } else if (line.isItem()) {
          item(line);
        } else if (outline.isList(line)) {
          part = withoutColon(line.text());
          partIsListed = false;
          partHasText = true;
          moments.under(part);
        } else if (isClosing(line)) {
          closing(line);
        } else if (outline.couldHead(i)) {
          heading(i);
        } else {
          text(line);
        }
      }
    }

    private void readHead() {
      header.fields().title(outline.lines.getFirst().content());
      for (int i = 1; i < outline.headEnd(); i++) {
        ProseLine line = outline.lines.get(i);
        if (EpisodeHeader.labelCount(line.text()) == 0) {
          described.add(line.text());
          moments.paragraph(null, line.text(), line.number());
        } else if (!header.read(line.text()).isEmpty()) {
          // Kept whole: what a guest does is said beside the name.
          moments.add(Moment.builder(Kind.NOTE, line.text()), line.number());
        }
      }
    }

    private static String withoutColon(String text) {
      return text.endsWith(":") ? text.substring(0, text.length() - 1).strip() : text;
    }

    private void contentsEntry(ProseLine line) {
      if (!outline.hasHeading(line.content())) {
        problems.notice(
            "contents-without-section",
            line.number(),
            "the contents name \"" + Prose.shorten(line.content()) + "\", but no section does",
            "kept as a note");
        moments.add(Moment.builder(Kind.NOTE, line.content()), line.number());
      }
    }

    /** The line that names the source once the text is over; what follows it is about the page. */
    private static boolean isClosing(ProseLine line) {
      List<EpisodeHeader.Part> parts = EpisodeHeader.parts(line.text());
      return !parts.isEmpty()
          && parts.getFirst().label().equalsIgnoreCase("source")
          && line.text().length() <= 300;
    }

    private void closing(ProseLine line) {
      part = null;
      closed = true;
      partIsListed = false;
      moments.under();
      Moment.Builder moment = Moment.builder(Kind.NOTE, line.text());
      for (EpisodeHeader.Part named : EpisodeHeader.parts(line.text())) {
        moment.detail(Words.fold(named.label()), named.value());
      }
      if (line.text().contains("://")) {
        header.read(line.text());
      }
      moments.add(moment, line.number());
    }

    private void heading(int at) {
      ProseLine line = outline.lines.get(at);
      String title = withoutColon(line.text());
      if (outline.isCaption(at)) {
        if (beforeParts()) {
          described.add(line.text());
        }
        moments.add(Moment.builder(Kind.NOTE, line.text()), line.number());
        return;
      }
      boolean above = outline.couldHead(at + 1);
      boolean own = (partIsListed || partHasText) && isEditorial(title);
      if (part == null || line.blanksBefore() >= 2 || above || own) {
        start(title, false, line);
        return;
      }
      String parent = part;
      moments.chapter(title, line.number(), parent);
      moments.under(parent, title);
    }

    private void start(String title, boolean listed, ProseLine line) {
      part = title;
      partIsListed = listed;
      partHasText = false;
      moments.chapter(title, line.number());
      moments.under(title);
    }

    private boolean beforeParts() {
      return part == null && !closed;
    }

    private @Nullable String within() {
      return moments.section().isEmpty() ? null : moments.section().getLast();
    }

    private void noteText() {
      partHasText |= moments.section().size() == 1;
    }

    private void item(ProseLine line) {
      noteText();
      String heading = within();
      boolean takeaway =
          heading != null
              && (HIGHLIGHTS.contains(Words.fold(heading)) || anyWord(heading, TAKEAWAYS));
      moments.add(
          Moment.builder(takeaway ? Kind.TAKEAWAY : Kind.NOTE, line.content()), line.number());
      moments.quotationsIn(line.content(), heading, line.number());
    }

    private void text(ProseLine line) {
      noteText();
      StandAloneQuote quote = StandAloneQuote.of(line);
      if (quote != null) {
        moments.add(
            Moment.builder(Kind.QUOTE, quote.words()).speaker(quote.speaker()), line.number());
        return;
      }
      if (beforeParts()) {
        described.add(line.text());
      }
      moments.paragraph(null, line.text(), line.number());
      moments.quotationsIn(line.text(), within(), line.number());
    }
  }
}
