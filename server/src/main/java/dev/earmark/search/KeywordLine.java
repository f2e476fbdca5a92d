package dev.earmark.search;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of what is looked for, with the words on either side of it: a line of a
 * concordance, as corpus linguists and librarians read them ("keyword in context").
 *
 * @param moment where it stands
 * @param episode the recording
 * @param atMs when it is spoken, in milliseconds; null if that is not known
 * @param left the words before it, within the moment, on one line; may be empty
 * @param match the words found
 * @param right the words after it
 */
public record KeywordLine(
    StoredMoment moment,
    Episode episode,
    @Nullable Long atMs,
    String left,
    String match,
    String right) {
  private static final int CONTEXT = 90;

  /** The lines of a hit, in the order of its text; a match that is not found there is alone. */
  public static List<KeywordLine> of(Hit hit) {
    String text = hit.moment().moment().text();
    Words words = Words.of(text);
    String[] folded = words.folded();
    List<KeywordLine> lines = new ArrayList<>();
    int from = 0;
    for (Hit.Match match : hit.matches()) {
      String[] wanted = Words.of(match.text()).folded();
      int first = find(folded, wanted, from);
      Long at = match.atMs() == null ? hit.atMs() : match.atMs();
      if (first < 0) {
        lines.add(new KeywordLine(hit.moment(), hit.episode(), at, "", flat(match.text()), ""));
        continue;
      }
      int last = Math.min(folded.length, first + wanted.length) - 1;
      from = last + 1;
      lines.add(
          new KeywordLine(
              hit.moment(),
              hit.episode(),
              at,
              before(text, words.start(first)),
              flat(match.text()),
              after(text, words.end(last))));
    }
    return lines;
  }

  /** The first word from which on the wanted ones stand, up to the end of the text; -1 if none. */
  private static int find(String[] words, String[] wanted, int from) {
    for (int first = from; wanted.length > 0 && first < words.length; first++) {
      int same = 0;
      while (same < wanted.length
          && first + same < words.length
          && words[first + same].equals(wanted[same])) {
        same++;
      }
      if (same == wanted.length || first + same == words.length) {
        return first;
      }
    }
    return -1;
  }

  private static String before(String text, int end) {
    int from = Math.max(0, end - CONTEXT);
    int space = from == 0 ? 0 : text.indexOf(' ', from) + 1;
    return flat(text.substring(space > 0 && space < end ? space : from, end));
  }

  private static String after(String text, int start) {
    int to = Math.min(text.length(), start + CONTEXT);
    int space = to == text.length() ? to : text.lastIndexOf(' ', to);
    return flat(text.substring(start, space > start ? space : to));
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
