package dev.earmark.source.cue;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captions of which each is a token of a recogniser: a word with the space before it, the rest of a
 * word, or a mark. They are joined again by those spaces.
 */
final class TokenCues {
  private static final int FEWEST = 6;

  /** Tokens have no space inside; so many in a hundred of the cues must have none. */
  private static final int SINGLE_PERCENT = 95;

  /** So many in a hundred begin with a space: most tokens are whole words. */
  private static final int SPACED_PERCENT = 30;

  /** Tokens of scripts without spaces are this long, in characters and in time. */
  private static final int LONGEST_UNSPACED = 4;

  private static final long LONGEST_TOKEN_MS = 1_000;

  private TokenCues() {}

  /**
   * The cues joined to captions with timed words; null if they are no tokens.
   *
   * @param spaced which of the cues begin with a space
   */
  static @Nullable List<Cue> joined(List<Cue> cues, BitSet spaced, ProblemLog problems) {
    int count = cues.size();
    if (count < FEWEST) {
      return null;
    }
    int begins = spaced.cardinality();
    // The first token of all, and of a sentence, may lack its space; without any other the spaces
    // are an indent.
    boolean bySpaces = begins * 100L >= (long) count * SPACED_PERCENT && begins < count;
    if (!bySpaces && !SpokenWords.isUnspaced(cues.getFirst().text().charAt(0))) {
      return null;
    }
    int single = 0;
    for (Cue cue : cues) {
      single += (bySpaces ? isSingle(cue.text()) : isUnspacedToken(cue)) ? 1 : 0;
    }
    if (single * 100L < (long) count * SINGLE_PERCENT) {
      return null;
    }
    CueBuilder joined = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(joined);
    for (int i = 0; i < count; i++) {
      Cue cue = cues.get(i);
      long start = cue.span().startMs();
      long end = cue.span().end() == null ? start : cue.span().endMs();
      words.piece((spaced.get(i) ? " " : "") + cue.text(), start, end, cue.speaker(), cue.line());
    }
    words.flush();
    problems.notice(
        "tokens-joined",
        cues.getFirst().line(),
        "the captions are single tokens, many of them parts of words",
        bySpaces ? "joined to words by the spaces before them" : "joined to sentences");
    return joined.built();
  }

  /**
   * Whether a cue is a token of a script without spaces: few characters, said faster than anybody's
   * caption stands on a screen.
   */
  private static boolean isUnspacedToken(Cue cue) {
    String text = cue.text();
    if (text.length() > LONGEST_UNSPACED) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!SpokenWords.isUnspaced(text.charAt(i))) {
        return false;
      }
    }
    return cue.span().end() == null
        || cue.span().endMs() - cue.span().startMs() <= LONGEST_TOKEN_MS;
  }

  private static boolean isSingle(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
