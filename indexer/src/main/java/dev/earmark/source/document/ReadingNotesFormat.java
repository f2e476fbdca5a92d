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
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reading notes of the kind M. J. Adler's questions give: what is it about, how is it argued, is it
 * true, what of it; then a glossary; then the claims, under the headings of the episode itself.
 *
 * <p>The marks of the form are {@code Q1 — question? answer}, {@code • term — explanation}, and
 * headings that begin with {@code §}. Other short lines that do not end as a sentence does are the
 * headings of the notes' own frame.
 *
 * <p>An answer becomes a note with the question as title, a term a term, a {@code §} heading a
 * chapter with its paragraphs as running text. Quotations of four words or more become quotes of
 * their own as well, see {@link Quotations}; who said them the notes leave to the reader, so no
 * speaker is given. References such as {@code See AI Diffusion.} stay in the text and are named in
 * the details ({@code see}). The title often stands there several times; it is kept once.
 */
@AutoService(SourceFormat.class)
public final class ReadingNotesFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "reading-notes",
          "Reading notes: four questions, a glossary, claims by section",
          "questions \"Q1 — …?\", a glossary, headings that begin with \"§\"");

  private static final Set<String> LABELS =
      Set.of("reading notes", "literature notes", "listening notes", "notes");
  private static final Set<String> GLOSSARY_WORDS =
      Set.of("glossary", "terms", "vocabulary", "definitions", "concepts", "terminology");
  private static final Set<String> REFERENCE_WORDS =
      Set.of("also", "related", "references", "reading");
  private static final List<String> DASHES = List.of(" — ", " – ", " - ", ": ");
  private static final int LONGEST_TERM = 160;
  private static final int LONGEST_QUESTION = 160;
  private static final int LONGEST_REFERENCE = 300;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    boolean label = false;
    int questions = 0;
    int terms = 0;
    int sections = 0;
    boolean glossary = false;
    boolean first = true;
    for (ProseLine line : Prose.sample(source)) {
      label |= first && isLabel(line);
      first = false;
      questions += Question.of(line) == null ? 0 : 1;
      sections += isSection(line) ? 1 : 0;
      glossary |= line.looksLikeHeading() && isGlossary(line.text());
      terms += line.isItem() && endOfTerm(line.content()) > 0 ? 1 : 0;
    }
    int marks = (label ? 1 : 0) + (questions >= 2 ? 1 : 0) + (sections >= 1 ? 1 : 0);
    marks += glossary && terms >= 1 ? 1 : 0;
    if (marks >= 3) {
      return Recognition.CERTAIN;
    }
    return marks == 2 && (sections >= 1 || questions >= 2) ? Recognition.LIKELY : Recognition.NO;
  }

  private static boolean isLabel(ProseLine line) {
    return LABELS.contains(line.name());
  }

  private static boolean isSection(ProseLine line) {
    return line.text().startsWith("§") && line.text().length() > 1 && line.text().length() <= 200;
  }

  private static boolean isGlossary(String heading) {
    return anyWord(heading, GLOSSARY_WORDS);
  }

  private static boolean anyWord(String heading, Set<String> words) {
    for (String word : Words.of(heading).folded()) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Where the term of a glossary entry ends; -1 if nothing parts it from an explanation. */
  private static int endOfTerm(String entry) {
    for (String dash : DASHES) {
      int at = entry.indexOf(dash);
      if (at > 0 && at <= LONGEST_TERM) {
        return at;
      }
    }
    return -1;
  }

  /** A question of the frame with its answer: {@code Q1 — What is it about? An interview …}. */
  private record Question(String title, String answer) {

    /** Null if the line does not begin with a number such as {@code Q1}. */
    static @Nullable Question of(ProseLine line) {
      String text = line.content();
      int at = 1;
      while (at < text.length() && at <= 2 && Character.isDigit(text.charAt(at))) {
        at++;
      }
      boolean number = (text.charAt(0) == 'Q' || text.charAt(0) == 'q') && at > 1;
      if (!number || at == text.length() || Character.isLetterOrDigit(text.charAt(at))) {
        return null;
      }
      int mark = text.indexOf('?', at);
      int end = mark >= 0 && mark <= LONGEST_QUESTION ? mark + 1 : at;
      while (end < text.length() && "”’\"')".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      String answer = text.substring(end).strip();
      while (!answer.isEmpty() && "—–-:.".indexOf(answer.charAt(0)) >= 0) {
        answer = answer.substring(1).strip();
      }
      return new Question(text.substring(0, end).strip(), answer);
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
      throw new SourceException(
          0, "no notes found; reading notes have questions (\"Q1 — …?\"), terms or § sections");
    }
    return ParsedSource.ofMoments(reader.header.fields().build(), moments);
  }

  /** Reads one document. */
  private static final class Reader {
    private final List<ProseLine> lines;
    private final ProblemLog problems;
    private final EpisodeHeader header = new EpisodeHeader();
    private final ProseMoments moments = new ProseMoments();
    private @Nullable String frame;
    private @Nullable String part;

    Reader(List<ProseLine> lines, ProblemLog problems) {
      this.lines = lines;
      this.problems = problems;
    }

    void read() {
      int start = readHead();
      for (int i = start; i < lines.size(); i++) {
        ProseLine line = lines.get(i);
        if (line.isOrnament()) {
          continue;
        }
        Question question = Question.of(line);
        if (isSection(line)) {
          section(line);
        } else if (question != null) {
          question(question, line);
        } else if (line.isItem()) {
          item(line);
        } else if (line.looksLikeHeading()) {
          heading(line, i + 1 < lines.size() ? lines.get(i + 1) : null);
        } else {
          paragraph(line);
        }
      }
    }

    /** Reads up to the first heading of the frame, and returns its index. */
    private int readHead() {
      int at = !lines.isEmpty() && isLabel(lines.getFirst()) ? 1 : 0;
      String title = null;
      while (at < lines.size() && !startsBody(at)) {
        ProseLine line = lines.get(at++);
        String text = line.text();
        if (text.startsWith("Source:")) {
          String named = text.substring("Source:".length()).strip();
          boolean address = header.read(text).isEmpty();
          if (title == null && !address) {
            title = named;
            header.fields().title(named);
          } else if (!address && !repeats(named, title)) {
            note(line);
          }
        } else if (EpisodeHeader.labelCount(text) > 0 && title != null) {
          if (!header.read(text).isEmpty()) {
            note(line);
          }
        } else if (title == null && (line.looksLikeHeading() || at == 1)) {
          title = text;
          header.fields().title(text);
        } else if (!repeats(text, title)) {
          note(line);
        }
      }
      return at;
    }

    /** Whether a line says the title again, perhaps with the word "notes". */
    private static boolean repeats(String text, @Nullable String title) {
      if (title == null || text.length() > title.length() + 20) {
        return false;
      }
      String again = Words.fold(text);
      String known = Words.fold(title);
      return again.equals(known) || LABELS.stream().anyMatch(l -> again.equals(known + " " + l));
    }

    private void note(ProseLine line) {
      moments.paragraph(null, line.text(), line.number());
    }

    /** Whether the notes proper start at a line: with their marks, or a heading above such. */
    private boolean startsBody(int at) {
      ProseLine line = lines.get(at);
      if (isMarked(line)) {
        return true;
      }
      return line.looksLikeHeading() && at + 1 < lines.size() && isMarked(lines.get(at + 1));
    }

    private static boolean isMarked(ProseLine line) {
      return line.isItem() || isSection(line) || Question.of(line) != null;
    }

    private void section(ProseLine line) {
      String title = line.text().substring(1).strip();
      if (title.isEmpty()) {
        return;
      }
      if (frame == null) {
        moments.chapter(title, line.number());
        moments.under(title);
      } else {
        moments.chapter(title, line.number(), frame);
        moments.under(frame, title);
      }
      part = title;
    }

    private void question(Question question, ProseLine line) {
      if (question.answer().isEmpty()) {
        problems.notice(
            "question-without-answer",
            line.number(),
            "nothing follows \"" + Prose.shorten(question.title()) + "\" in its line",
            "what comes below is kept as notes");
      }
      moments.add(
          Moment.builder(Kind.NOTE, question.answer())
              .title(question.title())
              .detail("see", references(question.answer())),
          line.number());
      moments.quotationsIn(question.answer(), question.title(), line.number());
    }

    private void item(ProseLine line) {
      String text = line.content();
      boolean glossary = part == null && frame != null && isGlossary(frame);
      if (!glossary) {
        boolean related = part == null && frame != null && anyWord(frame, REFERENCE_WORDS);
        moments.add(
            Moment.builder(related ? Kind.MENTION : Kind.NOTE, text)
                .detail("see", references(text)),
            line.number());
        moments.quotationsIn(text, part == null ? frame : part, line.number());
        return;
      }
      int end = endOfTerm(text);
      if (end < 0) {
        problems.warning(
            "term-without-explanation",
            line.number(),
            "no dash parts the term from its explanation in \"" + Prose.shorten(text) + "\"",
            "kept whole as a term; write it as \"term — explanation\"");
        moments.add(Moment.builder(Kind.TERM, text), line.number());
        return;
      }
      String term = text.substring(0, end).strip();
      String explanation = text.substring(end).strip();
      explanation = explanation.substring(1).strip();
      moments.add(
          Moment.builder(Kind.TERM, explanation).title(term).detail("see", references(explanation)),
          line.number());
      moments.quotationsIn(explanation, term, line.number());
    }

    private void heading(ProseLine line, @Nullable ProseLine next) {
      if (next == null || (next.looksLikeHeading() && !isMarked(next))) {
        // With nothing below, no other moment would carry these words.
        moments.under();
        moments.add(Moment.builder(Kind.NOTE, "").title(line.text()), line.number());
        return;
      }
      frame = line.text();
      part = null;
      moments.under(line.text());
    }

    private void paragraph(ProseLine line) {
      moments.paragraph(
          Moment.builder(Kind.NOTE, line.text()).detail("see", references(line.text())),
          line.number());
      moments.quotationsIn(line.text(), part == null ? frame : part, line.number());
    }

    /**
     * What the sentences that begin with {@code See} point to, with a semicolon between them; null
     * if there are none.
     */
    private static @Nullable String references(String text) {
      List<String> references = new ArrayList<>();
      for (int at = text.indexOf("See "); at >= 0; at = text.indexOf("See ", at + 4)) {
        boolean start = at == 0 || endsSentence(text, at);
        boolean name = at + 4 < text.length() && Character.isUpperCase(text.charAt(at + 4));
        if (start && name) {
          int end = at + 4;
          while (end < text.length() && !stops(text, end) && end - at < LONGEST_REFERENCE) {
            end++;
          }
          references.add(text.substring(at + 4, end).strip());
        }
      }
      return references.isEmpty() ? null : String.join("; ", references);
    }

    private static boolean endsSentence(String text, int at) {
      int before = at - 1;
      while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
        before--;
      }
      while (before >= 0 && "”’\"')".indexOf(text.charAt(before)) >= 0) {
        before--;
      }
      return before >= 0 && before < at - 1 && ".?!…".indexOf(text.charAt(before)) >= 0;
    }

    private static boolean stops(String text, int at) {
      return ".?!".indexOf(text.charAt(at)) >= 0
          && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
    }
  }
}
