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

  private TokenCues() {}

  /**
   * The cues joined to captions with timed words; null if they are no tokens.
   *
   * @param spaced which of the cues begin with a space
   */
  static @Nullable List<Cue> joined(List<Cue> cues, BitSet spaced, ProblemLog problems) {
    int count = cues.size();
    int begins = spaced.cardinality();
    // The first token of all, and of a sentence, may lack its space; without any other the spaces
    // are an indent.
    if (count < FEWEST || begins * 100L < (long) count * SPACED_PERCENT || begins > count - 1) {
      return null;
    }
    long single = cues.stream().filter(cue -> isSingle(cue.text())).count();
    if (single * 100 < (long) count * SINGLE_PERCENT) {
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
        "joined to words by the spaces before them");
    return joined.built();
  }

  private static boolean isSingle(String text) {
    return text.chars().noneMatch(Character::isWhitespace);
  }
}
