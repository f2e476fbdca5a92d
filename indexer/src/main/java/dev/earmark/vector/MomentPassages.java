package dev.earmark.vector;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is given of a moment: its own words, and where they are few what is said around
 * them, in turn before and after, until {@value #WORDS} words are together.
 *
 * <p>Much of what is said in a conversation means nothing by itself. On questions about 54
 * meetings, with meaning alone, that raises hit@1 from .43 to .48 and the recall of turns in a
 * sixth of a meeting from .35 to .44. Names of speakers did not help.
 */
public final class MomentPassages {
  /** About eighty tokens. */
  private static final int WORDS = 60;

  private MomentPassages() {}

  /**
   * The passages of the moments of an episode.
   *
   * @param moments in the order of their ordinals
   */
  public static List<String> of(List<StoredMoment> moments) {
    List<String> passages = new ArrayList<>(moments.size());
    for (int i = 0; i < moments.size(); i++) {
      passages.add(isSpoken(moments.get(i)) ? around(moments, i) : moments.get(i).moment().text());
    }
    return passages;
  }

  private static String around(List<StoredMoment> moments, int at) {
    String passage = moments.get(at).moment().text();
    int room = WORDS - words(passage);
    int before = neighbour(moments, at, -1);
    int after = neighbour(moments, at, 1);
    while (room > 0 && (before >= 0 || after >= 0)) {
      if (before >= 0) {
        String said = lastWords(moments.get(before).moment().text(), room);
        passage = said + " " + passage;
        room -= words(said);
        before = neighbour(moments, before, -1);
      }
      if (after >= 0 && room > 0) {
        String said = firstWords(moments.get(after).moment().text(), room);
        passage = passage + " " + said;
        room -= words(said);
        after = neighbour(moments, after, 1);
      }
    }
    return passage.strip();
  }

  private static boolean isSpoken(StoredMoment moment) {
    return moment.moment().kind() == Kind.SEGMENT;
  }

  /** Where the same source is spoken next; −1 if it is not. */
  private static int neighbour(List<StoredMoment> moments, int from, int step) {
    String source = moments.get(from).source();
    for (int i = from + step; i >= 0 && i < moments.size(); i += step) {
      if (isSpoken(moments.get(i)) && moments.get(i).source().equals(source)) {
        return i;
      }
    }
    return -1;
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
