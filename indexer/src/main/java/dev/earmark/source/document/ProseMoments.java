package dev.earmark.source.document;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.text.Quotations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the moments of a written document.
 *
 * <p>Successive paragraphs under one heading are one running text: each but the first continues the
 * one before it, so that a phrase may run over the break. For that they must be neighbours; so the
 * quotations found inside them come behind the last of them.
 *
 * <p>Not thread-safe.
 */
final class ProseMoments {
  private final List<Moment> moments = new ArrayList<>();
  private final List<Moment> quotations = new ArrayList<>();
  private List<String> section = List.of();
  private boolean running;
  private @Nullable ProseTimes times;

  /** Takes the times that the lines give for those of the moments they become. */
  void timedBy(ProseTimes given) {
    times = given;
  }

  private @Nullable Anchor time(int line) {
    return times == null ? null : times.of(line);
  }

  private Moment built(Moment.Builder moment, int line) {
    Anchor time = time(line);
    return (time == null ? moment : moment.anchor(time)).section(section).line(line).build();
  }

  /** Under which headings what follows stands, outermost first. */
  void under(String... headings) {
    endOfText();
    section = List.of(headings);
  }

  List<String> section() {
    return section;
  }

  int size() {
    return moments.size();
  }

  /** Adds a moment that stands alone, under the present headings. */
  void add(Moment.Builder moment, int line) {
    endOfText();
    moments.add(built(moment, line));
  }

  /** Adds the heading of a part, under the headings given. */
  void chapter(String title, int line, String... headings) {
    under(headings);
    add(Moment.builder(Kind.CHAPTER, "").title(title), line);
  }

  /**
   * Adds a paragraph of running text.
   *
   * @param lead its first words, if they are set off from the rest as a title
   */
  void paragraph(@Nullable String lead, String body, int line) {
    Moment.Builder moment = Moment.builder(Kind.NOTE, body).title(lead);
    paragraph(moment, line);
  }

  /** Adds a paragraph of running text. */
  void paragraph(Moment.Builder moment, int line) {
    moments.add(built(moment.continues(running), line));
    running = true;
  }

  /**
   * Adds what is said in quotation marks in a text of the present section, as moments of their own.
   * Nobody is named as the speaker: the text may quote anybody.
   *
   * @param within the heading or term the text belongs to; null if there is none
   */
  void quotationsIn(String text, @Nullable String within, int line) {
    for (Quotations.Quotation quotation : Quotations.saidIn(text)) {
      String words = quotation.in(text);
      // The comma of the sentence around it stands inside the marks, as American printers set it.
      String clean = words.endsWith(",") ? words.substring(0, words.length() - 1) : words;
      quotations.add(built(Moment.builder(Kind.QUOTE, clean).detail("within", within), line));
    }
  }

  private void endOfText() {
    moments.addAll(quotations);
    quotations.clear();
    running = false;
  }

  /** All of them, in the order of the document. */
  List<Moment> finish() {
    endOfText();
    return moments;
  }
}
