package dev.earmark.search.spoken;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of further words that the words of a query may expand to: near forms, compounds, and
 * {@code ~}.
 *
 * <p>Each expansion is read to its end, and finding it may take a pass over all words of the index.
 * So the whole query shares one limit, and no more are looked for once half of the time is up. Not
 * thread-safe; one a query.
 */
final class Expansions {
  /** The forms of some fifty words, which is more than anybody types. */
  static final int MOST = 1_024;

  private final Deadline deadline;
  private int left = MOST;
  private @Nullable String cutAt;
  private boolean late;

  Expansions(Deadline deadline) {
    this.deadline = deadline;
  }

  /** Whether others may be looked for beside a word; takes note of it if not. */
  boolean mayLook(String word) {
    if (left > 0 && !deadline.isHalfway()) {
      return true;
    }
    if (cutAt == null) {
      cutAt = word;
      late = left > 0;
    }
    return false;
  }

  /** As many of the words found beside a word as there is room for, the first first. */
  <T> List<T> take(String word, List<T> found) {
    if (found.size() > left && cutAt == null) {
      cutAt = word;
    }
    List<T> taken = found.subList(0, Math.min(left, found.size()));
    left -= taken.size();
    return taken;
  }

  /** The first word that got fewer than there are; null if none did. */
  @Nullable String cutAt() {
    return cutAt;
  }

  /** What was cut, as a message. */
  String message() {
    return late
        ? "finding the words that are like others took too long; from here on only the words"
            + " themselves were searched"
        : "a query is widened by at most "
            + MOST
            + " words that are like others or made of them; from here on only the words themselves"
            + " were searched";
  }
}
