package dev.earmark.vector;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is given of a moment: its own words, and around what is spoken so many words of what
 * is said before and after that {@value #WORDS} come together. A model reads the beginning of a
 * long text only, so a moment's own words never give way to those around it by more than what
 * stands before them.
 */
public final class MomentPassages {
  /** About as many words as a model of 128 tokens sees. */
  private static final int WORDS = 90;

  private MomentPassages() {}

  /**
   * The passages of the moments of an episode.
   *
   * @param moments in the order of their ordinals
   */
  public static List<String> of(List<StoredMoment> moments) {
    List<String> passages = new ArrayList<>(moments.size());
    for (int i = 0; i < moments.size(); i++) {
      StoredMoment moment = moments.get(i);
      String own = moment.moment().text();
      int room = WORDS - words(own);
      if (!isSpoken(moment) || room <= 0) {
        passages.add(own);
        continue;
      }
      String before = neighbour(moments, i, -1);
      String after = neighbour(moments, i, 1);
      String end = lastWords(before, room / 2);
      String start = firstWords(after, room - words(end));
      passages.add((end + " " + own + " " + start).strip());
    }
    return passages;
  }

  private static boolean isSpoken(StoredMoment moment) {
    return moment.moment().kind() == Kind.SEGMENT;
  }

  /** What is spoken next in the same source; empty if nothing is. */
  private static String neighbour(List<StoredMoment> moments, int from, int step) {
    StoredMoment moment = moments.get(from);
    for (int i = from + step; i >= 0 && i < moments.size(); i += step) {
      StoredMoment other = moments.get(i);
      if (isSpoken(other) && other.source().equals(moment.source())) {
        return other.moment().text();
      }
    }
    return "";
  }

  private static int words(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (startsWord(text, i)) {
        count++;
      }
    }
    return count;
  }

  private static boolean startsWord(String text, int at) {
    return !Character.isWhitespace(text.charAt(at))
        && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
  }

  private static String firstWords(String text, int most) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (startsWord(text, i) && count++ == most) {
        return text.substring(0, i).strip();
      }
    }
    return text.strip();
  }

  private static String lastWords(String text, int most) {
    int count = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      if (count == most) {
        return text.substring(i + 1).strip();
      }
      if (startsWord(text, i) && ++count == most) {
        return text.substring(i).strip();
      }
    }
    return text.strip();
  }
}
