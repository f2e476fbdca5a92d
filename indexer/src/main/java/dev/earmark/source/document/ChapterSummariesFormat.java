package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.time.LeadingTime;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chapter summaries: a title, a standfirst, the word {@code CHAPTERS}, then for each chapter a
 * heading, a summary in a sentence or two, and bullets.
 *
 * <p>A chapter starts at the first line without a bullet behind a bullet. Where a chapter has no
 * bullets, a line with a time before it, or a short one that does not end as a sentence does,
 * starts the next. A heading may begin with a time.
 *
 * <p>A chapter becomes a moment with its summary as body; its bullets become notes under its
 * heading. The standfirst becomes the episode's description and a note, so that it is found.
 *
 * <p>Pages of this kind set the name of the show above the title, and both come out in one line
 * with nothing between ({@code Some PodcastSome title}). They are parted only where a word for a
 * show is followed by a capital at once; otherwise the line stays whole as the title.
 */
@AutoService(SourceFormat.class)
public final class ChapterSummariesFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "chapter-summaries",
          "Chapters of an episode, each with a heading, a summary and bullets",
          "a line \"CHAPTERS\", then headings with a summary and bullets below");

  private static final Set<String> MARKERS =
      Set.of("chapters", "chapter summaries", "episode chapters");

  /** What may follow the chapters in capitals, and ends them. */
  private static final Set<String> OTHER_PARTS =
      Set.of(
          "takeaways",
          "key takeaways",
          "quotes",
          "summary",
          "transcript",
          "notes",
          "show notes",
          "episode notes",
          "resources",
          "references",
          "links",
          "mentioned",
          "highlights",
          "topics");

  private static final List<String> SHOW_WORDS = List.of("Podcast", "Show", "Radio");

  /** A longer line is no heading, whatever stands around it. */
  private static final int LONGEST_HEADING = 300;

  private static final int FEWEST_SUMMARY_WORDS = 8;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    List<ProseLine> lines = Prose.sample(source);
    int marker = marker(lines);
    if (marker < 1) {
      return Recognition.NO;
    }
    int whole = 0;
    boolean doubled = false;
    for (Chapter chapter : chapters(lines.subList(marker + 1, lines.size()))) {
      boolean summed = Prose.wordCount(chapter.summary()) >= FEWEST_SUMMARY_WORDS;
      whole += chapter.heading() != null && summed && !chapter.bullets().isEmpty() ? 1 : 0;
      doubled |= chapter.bullets().stream().anyMatch(ChapterSummariesFormat::hasTwoSigns);
    }
    if (whole >= 2 && (doubled || isCapitals(lines.get(marker).text()))) {
      return Recognition.CERTAIN;
    }
    return whole >= 2 ? Recognition.LIKELY : Recognition.NO;
  }

  private static boolean hasTwoSigns(ProseLine line) {
    return line.text().startsWith("- •") || line.text().startsWith("* •");
  }

  private static boolean isCapitals(String text) {
    return text.chars().noneMatch(Character::isLowerCase);
  }

  /** The index of the line that opens the chapters; -1 if there is none. */
  private static int marker(List<ProseLine> lines) {
    for (int i = 0; i < lines.size(); i++) {
      ProseLine line = lines.get(i);
      if (!line.name().isEmpty() && MARKERS.contains(name(line))) {
        return i;
      }
    }
    return -1;
  }

  /** A line as the name of a part: without a colon or a number in parentheses. */
  private static String name(ProseLine line) {
    int open = line.text().indexOf(" (");
    return open < 0 ? line.name() : Words.fold(line.text().substring(0, open));
  }

  /**
   * A chapter as it stands in the document.
   *
   * @param heading null if it has none
   * @param line where it starts
   */
  private record Chapter(
      @Nullable String heading, List<String> sentences, List<ProseLine> bullets, int line) {

    String summary() {
      return String.join("\n", sentences);
    }
  }

  private static List<Chapter> chapters(List<ProseLine> lines) {
    List<Chapter> chapters = new ArrayList<>();
    Chapter chapter = null;
    for (int i = 0; i < lines.size(); i++) {
      ProseLine line = lines.get(i);
      if (line.isOrnament()) {
        continue;
      }
      if (line.isItem()) {
        if (chapter == null) {
          chapter = new Chapter(null, new ArrayList<>(), new ArrayList<>(), line.number());
          chapters.add(chapter);
        }
        chapter.bullets().add(line);
        continue;
      }
      ProseLine next = i + 1 < lines.size() ? lines.get(i + 1) : null;
      if (chapter == null || !chapter.bullets().isEmpty() || startsNext(chapter, line, next)) {
        boolean heading = line.text().length() <= LONGEST_HEADING;
        chapter =
            new Chapter(
                heading ? line.text() : null, new ArrayList<>(), new ArrayList<>(), line.number());
        chapters.add(chapter);
        if (heading) {
          continue;
        }
      }
      chapter.sentences().add(line.text());
    }
    return chapters;
  }

  /** Whether a line starts a chapter behind one that has a summary but no bullets. */
  private static boolean startsNext(Chapter chapter, ProseLine line, @Nullable ProseLine next) {
    return !chapter.sentences().isEmpty()
        && (line.looksLikeHeading() || LeadingTime.of(line.text()).isPresent())
        && next != null
        && (next.isItem() || Prose.wordCount(next.text()) >= FEWEST_SUMMARY_WORDS);
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<ProseLine> lines = ProseLine.of(source.text());
    int marker = marker(lines);
    int head = Math.max(marker, 0);
    EpisodeHeader header = new EpisodeHeader();
    ProseMoments moments = new ProseMoments();
    readHead(lines.subList(0, head), header, moments, problems);
    if (marker < 0) {
      problems.warning(
          "chapters-not-marked",
          1,
          "no line says \"CHAPTERS\"",
          "the whole document was read as chapters");
    }
    int from = marker + 1;
    while (from < lines.size()) {
      String part = otherPart(lines.get(from));
      int to = from + 1;
      while (to < lines.size() && otherPart(lines.get(to)) == null) {
        to++;
      }
      if (part == null) {
        readChapters(chapters(lines.subList(from, to)), moments, problems);
      } else {
        readNotes(part, lines.subList(from + 1, to), moments);
      }
      from = to;
    }
    List<Moment> read = moments.finish();
    if (read.isEmpty()) {
      throw new SourceException(0, "no chapters found; a heading, a summary and bullets make one");
    }
    return ParsedSource.ofMoments(header.fields().build(), read);
  }

  /** The name of a part other than the chapters that starts here; null if none does. */
  private static @Nullable String otherPart(ProseLine line) {
    boolean name =
        !line.isItem()
            && line.text().length() <= 40
            && isCapitals(line.text())
            && OTHER_PARTS.contains(name(line));
    return name ? line.text() : null;
  }

  private static void readHead(
      List<ProseLine> lines, EpisodeHeader header, ProseMoments moments, ProblemLog problems) {
    List<String> described = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      ProseLine line = lines.get(i);
      if (i == 0) {
        readTitle(line, header, problems);
        continue;
      }
      if (line.isOrnament()) {
        continue;
      }
      boolean labelled = EpisodeHeader.labelCount(line.text()) > 0;
      boolean held = labelled && header.read(line.text()).isEmpty();
      if (!held) {
        described.add(line.text());
        moments.paragraph(null, line.text(), line.number());
      }
    }
    header.fields().description(described.isEmpty() ? null : String.join("\n", described));
  }

  private static void readTitle(ProseLine line, EpisodeHeader header, ProblemLog problems) {
    String text = line.content();
    int seam = seam(text);
    if (seam < 0) {
      header.fields().title(text);
      return;
    }
    header.fields().show(text.substring(0, seam)).title(text.substring(seam));
    problems.notice(
        "show-and-title-run-together",
        line.number(),
        "\"" + Prose.shorten(text) + "\" has no space where the name of the show seems to end",
        "\"" + Prose.shorten(text.substring(0, seam)) + "\" was taken for the show");
  }

  /**
   * Where the name of a show ends and the title starts at once: behind a word for a show that is
   * not the first, before a capital, with a title of some words behind. -1 if there is no such
   * place.
   */
  private static int seam(String text) {
    for (String word : SHOW_WORDS) {
      int at = text.indexOf(" " + word);
      int seam = at + 1 + word.length();
      if (at > 0
          && seam < text.length()
          && Character.isUpperCase(text.codePointAt(seam))
          && Prose.wordCount(text.substring(seam)) >= 3) {
        return seam;
      }
    }
    return -1;
  }

  private static void readChapters(
      List<Chapter> chapters, ProseMoments moments, ProblemLog problems) {
    for (Chapter chapter : chapters) {
      moments.under();
      String heading = chapter.heading();
      LeadingTime time = heading == null ? null : LeadingTime.of(heading).orElse(null);
      String title = time == null || time.rest().isEmpty() ? heading : time.rest();
      Anchor anchor = time == null ? Anchor.unplaced() : Anchor.exact(time.span());
      if (heading == null) {
        problems.warning(
            "chapter-without-heading",
            chapter.line(),
            "no heading stands above \"" + Prose.shorten(firstText(chapter)) + "\"",
            "kept without one");
      } else if (chapter.sentences().isEmpty() && chapter.bullets().isEmpty()) {
        problems.notice(
            "chapter-without-text",
            chapter.line(),
            "nothing stands below the heading \"" + Prose.shorten(heading) + "\"",
            "kept as a heading");
      }
      if (title != null || !chapter.sentences().isEmpty()) {
        moments.add(
            Moment.builder(Kind.CHAPTER, chapter.summary()).title(title).anchor(anchor),
            chapter.line());
      }
      if (title != null) {
        moments.under(title);
      }
      for (ProseLine bullet : chapter.bullets()) {
        moments.add(Moment.builder(Kind.NOTE, bullet.content()), bullet.number());
      }
    }
  }

  private static String firstText(Chapter chapter) {
    return chapter.sentences().isEmpty()
        ? chapter.bullets().getFirst().content()
        : chapter.sentences().getFirst();
  }

  private static void readNotes(String part, List<ProseLine> lines, ProseMoments moments) {
    moments.under(part);
    for (ProseLine line : lines) {
      if (line.isItem()) {
        moments.add(Moment.builder(Kind.NOTE, line.content()), line.number());
      } else if (!line.isOrnament()) {
        moments.paragraph(null, line.text(), line.number());
      }
    }
  }
}
